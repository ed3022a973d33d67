import { Button, Group, MultiSelect, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Role } from '../../../../contract/common.ts';
import type { CreatedInvite } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { groupsQuery } from '../groups/group-queries.ts';
import { licenceKeys } from '../licence/licence-queries.ts';
import type { InviteOutcome } from './links-csv.ts';
import { doForEach } from './outcomes.ts';
import { parseAddresses } from './parse-addresses.ts';
import { ReactivateOffer } from './reactivate-offer.tsx';
import { userKeys, usersQuery } from './user-queries.ts';

/** Well below what a session may ask of the server in a minute. */
const maxAtOnce = 100;

export interface InviteValues {
  email: string;
  role: Role;
  groupIds: string[];
}

interface InviteFormProps {
  initialValues: InviteValues;
  onInvited: (invite: CreatedInvite) => void;
  /** With how it went for each address, and what was asked for. */
  onSeveralInvited: (outcomes: InviteOutcome[], values: InviteValues) => void;
  onCancel: () => void;
  onImport: () => void;
  /** While links are on their way. */
  onMaking: (isMaking: boolean) => void;
  isLicensed: boolean;
}

/** Whom to invite: nobody in particular, somebody, or several people at once. */
export function InviteForm(props: InviteFormProps) {
  const { initialValues, onInvited, onSeveralInvited, onCancel, onImport, onMaking, isLicensed } = props;
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { data: groups = [] } = useQuery({ ...groupsQuery, enabled: isLicensed });
  const form = useForm({ initialValues });
  const { data: people = [] } = useQuery(usersQuery);
  const [asked, setAsked] = useState<string | null>(null);
  const deactivated = people.find(({ banned, email }) => banned && email.toLowerCase() === asked);
  const refresh = async () => {
    await queryClient.invalidateQueries({ queryKey: userKeys.invites });
    await queryClient.invalidateQueries({ queryKey: licenceKeys.status });
  };
  const submit = form.onSubmit(async (values) => {
    setProblem(null);
    setAsked(null);
    const { role, groupIds } = values;
    const invite = (email?: string) =>
      call('inviteUser', {
        body: { role, ...(email !== undefined && { email }), ...(groupIds.length > 0 && { groupIds }) },
      });
    const addresses = parseAddresses(values.email);
    if (addresses.length > maxAtOnce) {
      form.setFieldError('email', t('settings.users.tooManyAddresses', { maximum: maxAtOnce }));
      return;
    }
    onMaking(true);
    try {
      if (addresses.length > 1) {
        const chosen = groups.filter(({ id }) => groupIds.includes(id)).map(({ id, name }) => ({ id, name }));
        const requests = addresses.map((email) => ({ email, role, groups: chosen }));
        onSeveralInvited(await doForEach(requests, ({ email }) => invite(email)), values);
      } else {
        onInvited(await invite(addresses[0]));
      }
      await refresh();
    } catch (error) {
      setProblem(showFieldErrors(form, error));
      setAsked(addresses[0]?.toLowerCase() ?? null);
    } finally {
      onMaking(false);
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert message={problem} />
        <Textarea
          label={`${t('common.email')} (${t('common.optional')})`}
          description={t('settings.users.inviteEmailHint')}
          inputMode="email"
          autoCapitalize="off"
          spellCheck={false}
          autosize
          minRows={1}
          maxRows={8}
          data-autofocus
          {...form.getInputProps('email')}
        />
        {deactivated && <ReactivateOffer user={deactivated} onReactivated={onCancel} />}
        <div>
          <Text size="sm" fw={500} mb={4} id="invite-role">
            {t('common.role')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="invite-role"
            data={[
              { value: 'member', label: t('common.member') },
              { value: 'admin', label: t('common.admin') },
            ]}
            {...form.getInputProps('role')}
          />
          <Text size="sm" c="dimmed" mt={6}>
            {t(form.values.role === 'admin' ? 'settings.users.adminMeans' : 'settings.users.memberMeans')}
          </Text>
        </div>
        {groups.length > 0 && (
          <MultiSelect
            label={t('settings.groups.title')}
            data={groups.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            {...form.getInputProps('groupIds')}
          />
        )}
        <Group justify="space-between">
          <Button variant="subtle" px={6} onClick={onImport}>
            {t('people.import.open')}
          </Button>
          <Group>
            <Button variant="default" onClick={onCancel} disabled={form.submitting}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={form.submitting}>
              {t('settings.users.createInvite')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
