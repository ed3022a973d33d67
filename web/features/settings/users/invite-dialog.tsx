import { Button, Group, Modal, MultiSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Role } from '../../../../contract/common.ts';
import type { CreatedInvite } from '../../../../contract/users.ts';
import { call } from '../../../api/client.ts';
import { CopyLink } from '../../../ui/copy-link.tsx';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { groupsQuery } from '../groups/group-queries.ts';
import { licenceKeys } from '../licence/licence-queries.ts';
import { inviteLink } from './invite-link.ts';
import { userKeys } from './user-queries.ts';

interface InviteDialogProps {
  opened: boolean;
  onClose: () => void;
  isLicensed: boolean;
}

/** Asks whom to invite, then shows the link, which is there only now. */
export function InviteDialog({ opened, onClose, isLicensed }: InviteDialogProps) {
  const { t } = useTranslation();
  const [invite, setInvite] = useState<CreatedInvite | null>(null);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t(invite ? 'settings.users.linkTitle' : 'settings.users.inviteTitle')}
      closeOnClickOutside={invite === null}
      onExitTransitionEnd={() => setInvite(null)}
    >
      {invite ? (
        <Stack>
          <CopyLink
            hint={
              invite.email ? t('settings.users.linkHintFor', { email: invite.email }) : t('settings.users.linkHint')
            }
            link={inviteLink(invite.token)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.close')}
            </Button>
          </Group>
        </Stack>
      ) : (
        <InviteForm onInvited={setInvite} onCancel={onClose} isLicensed={isLicensed} />
      )}
    </Modal>
  );
}

interface InviteFormProps {
  onInvited: (invite: CreatedInvite) => void;
  onCancel: () => void;
  isLicensed: boolean;
}

function InviteForm({ onInvited, onCancel, isLicensed }: InviteFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const { data: groups = [] } = useQuery({ ...groupsQuery, enabled: isLicensed });
  const form = useForm({ initialValues: { email: '', role: 'member' as Role, groupIds: [] as string[] } });
  const submit = form.onSubmit(async ({ email, role, groupIds }) => {
    setProblem(null);
    try {
      const invite = await call('inviteUser', {
        body: {
          role,
          ...(email.trim() === '' ? {} : { email: email.trim() }),
          ...(groupIds.length > 0 ? { groupIds } : {}),
        },
      });
      onInvited(invite);
      await queryClient.invalidateQueries({ queryKey: userKeys.invites });
      await queryClient.invalidateQueries({ queryKey: licenceKeys.status });
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert message={problem} />
        <TextInput
          label={`${t('common.email')} (${t('common.optional')})`}
          description={t('settings.users.inviteEmailHint')}
          type="email"
          data-autofocus
          {...form.getInputProps('email')}
        />
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
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting}>
            {t('settings.users.createInvite')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
