import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Lock, LockOpen } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import type { AnswerOf } from '../../../api/client.ts';
import { call } from '../../../api/client.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { askToConfirm } from '../../../ui/confirm.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { TextWithCode } from '../../../ui/text-with-code.tsx';
import classes from '../settings.module.css';

const domainKey = ['domain'];

/** The domain lock: what it does, what would change, and how to get back in. */
export function SecuritySection() {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: domainKey, queryFn: ({ signal }) => call('getDomain', { signal }) });
  return (
    <>
      <Section title={t('settings.security.title')} description={t('settings.security.hint')}>
        <QueryState query={query}>{(status) => <DomainLock status={status} />}</QueryState>
      </Section>
      <Text size="sm" c="dimmed" mt="md">
        {t('sharing.setting.moved')}{' '}
        <TextLink to="/settings" search={{ section: 'conversations' }}>
          {t('settings.names.conversations')}
        </TextLink>
      </Text>
    </>
  );
}

function DomainLock({ status: { lockedDomain } }: { status: AnswerOf<'getDomain'> }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const save = useMutation({
    mutationFn: (domain: string | null) => call('putDomain', { body: { lockedDomain: domain } }),
    onSuccess: (status) => {
      queryClient.setQueryData(domainKey, status);
      notifyDone(t(status.lockedDomain ? 'settings.security.nowLocked' : 'settings.security.nowUnlocked'));
    },
  });
  const { host, protocol } = location;
  const isSecure = protocol === 'https:';
  const lock = () =>
    askToConfirm({
      title: t('settings.security.lockQuestion', { host }),
      body: t('settings.security.lockBody', { host }),
      confirm: t('settings.security.lock', { host }),
      danger: false,
      action: async () => {
        await save.mutateAsync(host);
      },
    });
  const unlock = () =>
    askToConfirm({
      title: t('settings.security.unlockQuestion'),
      body: t('settings.security.unlockBody'),
      confirm: t('settings.security.unlock'),
      action: async () => {
        await save.mutateAsync(null);
      },
    });

  return (
    <Stack>
      <Alert
        variant="light"
        color={lockedDomain ? 'teal' : 'gray'}
        icon={lockedDomain ? <Lock size={18} aria-hidden /> : <LockOpen size={18} aria-hidden />}
        title={
          lockedDomain
            ? t('settings.security.lockedTo', { domain: lockedDomain })
            : t('settings.security.unlockedTitle')
        }
      >
        {t(lockedDomain ? 'settings.security.lockedBody' : 'settings.security.unlockedBody')}
      </Alert>
      <Text size="sm">
        <TextWithCode text={t('settings.security.current', { host, protocol: isSecure ? 'HTTPS' : 'HTTP' })} />
      </Text>
      {!lockedDomain && (
        <div>
          <Text size="sm" fw={550} mb={4}>
            {t('settings.security.changesTitle')}
          </Text>
          <ul className={classes.steps}>
            <li>
              <Text size="sm">{t('settings.security.changesHost', { host })}</Text>
            </li>
            <li>
              <Text size="sm">{t('settings.security.changesCookies')}</Text>
            </li>
            <li>
              <Text size="sm">{t('settings.security.changesSocket')}</Text>
            </li>
          </ul>
        </div>
      )}
      <Text size="sm" c="dimmed">
        <TextWithCode text={t('settings.security.recover')} />
      </Text>
      {!lockedDomain && !isSecure && (
        <Alert variant="light" color="yellow">
          {t('settings.security.needsHttps')}
        </Alert>
      )}
      <FormAlert message={save.isError ? messageOf(save.error) : null} />
      <Group>
        {lockedDomain ? (
          <Button variant="default" onClick={unlock} loading={save.isPending}>
            {t('settings.security.unlock')}
          </Button>
        ) : (
          <Button onClick={lock} loading={save.isPending} disabled={!isSecure}>
            {t('settings.security.lock', { host })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
