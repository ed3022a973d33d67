import { Badge, Button, Group, List, Progress, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { EnterpriseStatus } from '../../../../contract/enterprise.ts';
import { call } from '../../../api/client.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { useFormats } from '../../../ui/formats.ts';
import { notifyDone } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { licenceKeys, licenceQuery } from './licence-queries.ts';

export function LicenceSection() {
  const { t } = useTranslation();
  const query = useQuery(licenceQuery);
  return (
    <>
      <Section title={t('settings.licence.title')}>
        <QueryState query={query}>{(status) => <LicenceStatus status={status} />}</QueryState>
      </Section>
      {query.data && (
        <Section title={t('settings.licence.keyTitle')} description={t('settings.licence.keyHint')}>
          {query.data.managedByEnv ? <Text size="sm">{t('settings.licence.managed')}</Text> : <KeyForm />}
        </Section>
      )}
    </>
  );
}

function LicenceStatus({ status }: { status: EnterpriseStatus }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isExpired = !status.enterprise && status.expiresAt !== null;
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Badge variant="light" color={status.enterprise ? 'teal' : isExpired ? 'red' : 'gray'} size="lg">
          {status.enterprise
            ? t(status.type === 'trial' ? 'settings.licence.trial' : 'settings.licence.paid')
            : t(isExpired ? 'settings.licence.expired' : 'settings.licence.none')}
        </Badge>
        {status.org && <Text fw={550}>{status.org}</Text>}
      </Group>
      {status.expiresAt && (
        <Text size="sm">
          {isExpired
            ? t('settings.licence.expiredOn', { date: formats.date(status.expiresAt) })
            : t('settings.licence.validUntil', {
                date: formats.date(status.expiresAt),
                count: status.daysRemaining ?? 0,
              })}
        </Text>
      )}
      <Seats used={status.seatsUsed} maximum={status.maxUsers} />
      {!status.enterprise && (
        <div>
          <Text size="sm" mb={6}>
            {t('settings.licence.adds')}
          </Text>
          <List size="sm" c="dimmed" spacing={4}>
            <List.Item>{t('settings.licence.addsGroups')}</List.Item>
            <List.Item>{t('settings.licence.addsRestricted')}</List.Item>
            <List.Item>{t('settings.licence.addsUsage')}</List.Item>
          </List>
          <Text size="sm" c="dimmed" mt={6}>
            {t('settings.licence.restStays')}
          </Text>
        </div>
      )}
    </Stack>
  );
}

function Seats({ used, maximum }: { used: number; maximum: number }) {
  const { t } = useTranslation();
  if (maximum === 0) return <Text size="sm">{t('settings.licence.seatsUnlimited', { count: used })}</Text>;
  return (
    <div>
      <Text size="sm" mb={6}>
        {t('settings.licence.seats', { used, maximum })}
      </Text>
      <Progress
        value={Math.min(100, (used / maximum) * 100)}
        {...(used >= maximum && { color: 'orange' })}
        aria-label={t('settings.licence.seats', { used, maximum })}
      />
    </div>
  );
}

function KeyForm() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({ initialValues: { key: '' } });
  const submit = form.onSubmit(async ({ key }) => {
    setProblem(null);
    try {
      const status = await call('putEnterpriseKey', { body: { key: key.trim() } });
      queryClient.setQueryData(licenceKeys.status, status);
      form.reset();
      notifyDone(t('settings.licence.installed'));
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert message={problem} />
        <Textarea
          label={t('settings.licence.key')}
          autosize
          minRows={3}
          maxRows={8}
          autoComplete="off"
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          {...form.getInputProps('key')}
        />
        <Group>
          <Button type="submit" loading={form.submitting} disabled={form.values.key.trim() === ''}>
            {t('settings.licence.install')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
