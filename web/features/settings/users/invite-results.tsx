import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { CreatedInvite, User } from '../../../../contract/users.ts';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import { inviteLink } from './invite-link.ts';
import { OutcomeList } from './outcome-list.tsx';
import type { Outcome } from './outcomes.ts';
import { useReactivate } from './use-reactivate.ts';
import { usersQuery } from './user-queries.ts';

interface InviteResultsProps {
  outcomes: readonly Outcome<string, CreatedInvite>[];
  /** Goes back to the form with the addresses that were refused. */
  onCorrect: (addresses: readonly string[]) => void;
  onClose: () => void;
}

/** A link for each invited address, or why there is none. */
export function InviteResults({ outcomes, onCorrect, onClose }: InviteResultsProps) {
  const { t } = useTranslation();
  const links = outcomes.flatMap(({ subject, result }) =>
    result ? [{ address: subject, link: inviteLink(result.token) }] : [],
  );
  const { data: people = [] } = useQuery(usersQuery);
  /** Those that got their accounts back instead, by address. */
  const [back, setBack] = useState<ReadonlyMap<string, string>>(new Map());
  const refused = outcomes
    .filter(({ subject, result }) => result === undefined && !back.has(subject))
    .map(({ subject }) => subject);
  const deactivated = (address: string) =>
    people.find(({ banned, email }) => banned && email.toLowerCase() === address.toLowerCase());
  const offerFor = (address: string) => {
    const user = deactivated(address);
    return user && <Reactivate user={user} onReactivated={() => setBack(new Map(back).set(address, user.name))} />;
  };
  return (
    <Stack>
      {links.length > 0 && <Text size="sm">{t('settings.users.linksHint')}</Text>}
      <OutcomeList
        label={t('settings.users.linksTitle')}
        rows={outcomes.map(({ subject, result, problem }) => ({
          name: subject,
          problem: back.has(subject) ? undefined : problem,
          done: result ? (
            <CopyText text={inviteLink(result.token)} label={t('settings.users.copyLinkOf', { email: subject })} />
          ) : (
            <Text size="sm">{t('settings.users.isReactivated', { name: back.get(subject) ?? '' })}</Text>
          ),
          offer: result === undefined && offerFor(subject),
        }))}
      />
      <Group justify="flex-end">
        {refused.length > 0 && (
          <Button variant="default" onClick={() => onCorrect(refused)}>
            {t('settings.users.correctRefused')}
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          {t('common.close')}
        </Button>
        {links.length > 0 && (
          <CopyText
            isMain
            text={links.map(({ address, link }) => `${address}\t${link}`).join('\n')}
            label={t('settings.users.copyAllLinks')}
          />
        )}
      </Group>
    </Stack>
  );
}

/** Who was deactivated needs no invitation: their account is still there. */
function Reactivate({ user, onReactivated }: { user: User; onReactivated: () => void }) {
  const { t } = useTranslation();
  const { isBusy, problem, reactivate } = useReactivate(user, onReactivated);
  return (
    <Stack gap={4} align="flex-start">
      <Button
        size="sm"
        variant="default"
        loading={isBusy}
        aria-label={t('settings.users.reactivateName', { name: user.name })}
        onClick={() => void reactivate()}
      >
        {t('settings.users.reactivate')}
      </Button>
      {problem !== null && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
    </Stack>
  );
}

/** The label names the link for those who cannot see beside what the button stands. */
function CopyText({ text, label, isMain = false }: { text: string; label: string; isMain?: boolean }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text} timeout={2_500}>
      {({ copied, copy }) => (
        <Button
          size="sm"
          variant={isMain ? 'filled' : 'default'}
          onClick={copy}
          aria-label={copied ? t('common.copied') : label}
          leftSection={copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          {...(isMain && { ref: focusOnMount })}
        >
          {copied ? t('common.copied') : isMain ? label : t('common.copy')}
        </Button>
      )}
    </CopyButton>
  );
}
