import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { User } from '../../../../contract/users.ts';
import { focusOnMount } from '../../../ui/focus-on-mount.ts';
import { Pages, usePages } from '../../../ui/pages.tsx';
import { useCopy } from '../../../ui/use-copy.ts';
import { inviteLink } from './invite-link.ts';
import { downloadCsv, type InviteOutcome, type InviteRequest, linksCsv } from './links-csv.ts';
import { OutcomeList } from './outcome-list.tsx';
import { useReactivate } from './use-reactivate.ts';
import { usersQuery } from './user-queries.ts';

interface InviteResultsProps {
  outcomes: readonly InviteOutcome[];
  /** How many were not asked for, because somebody stopped it. */
  stopped?: number;
  /** How many of a list have to be corrected first. */
  leftOut?: number;
  /** All links were copied or downloaded. */
  onKept: () => void;
  /** Goes back to whom to invite, with those who were refused. */
  onCorrect: (refused: readonly InviteRequest[]) => void;
  onClose: () => void;
}

/** A link for each invited address, or why there is none. */
export function InviteResults({ outcomes, stopped = 0, leftOut = 0, onKept, onCorrect, onClose }: InviteResultsProps) {
  const { t } = useTranslation();
  const links = outcomes.flatMap(({ subject, result }) =>
    result ? [{ address: subject.email, link: inviteLink(result.token) }] : [],
  );
  const { data: people = [] } = useQuery(usersQuery);
  /** Those that got their accounts back instead, by address. */
  const [back, setBack] = useState<ReadonlyMap<string, string>>(new Map());
  const [copied, setCopied] = useState<ReadonlySet<string>>(new Set());
  const refused = outcomes
    .filter(({ subject, result }) => result === undefined && !back.has(subject.email))
    .map(({ subject }) => subject);
  const noteCopied = (address: string) => {
    const all = new Set(copied).add(address);
    setCopied(all);
    if (all.size === links.length) onKept();
  };
  // Those that need something to be done come first.
  const pages = usePages(outcomes.toSorted((left, right) => Number(!!left.result) - Number(!!right.result)));
  const offerFor = (address: string) => {
    const user = people.find(({ banned, email }) => banned && email.toLowerCase() === address.toLowerCase());
    return user && <Reactivate user={user} onReactivated={() => setBack(new Map(back).set(address, user.name))} />;
  };
  return (
    <Stack>
      <Text size="sm" role="status">
        {t('people.invited', { count: links.length })}{' '}
        {refused.length > 0 && t('people.refused', { count: refused.length })}{' '}
        {stopped > 0 && t('people.notAsked', { count: stopped })}{' '}
        {leftOut > 0 && t('people.leftOut', { count: leftOut })}
      </Text>
      {links.length > 0 && <Text size="sm">{t('settings.users.linksHint')}</Text>}
      <div>
        <OutcomeList
          label={t('settings.users.linksTitle')}
          rows={pages.shown.map(({ subject: { email, name }, result, problem }) => ({
            name: name ? `${name} (${email})` : email,
            problem: back.has(email) ? undefined : problem,
            done: result ? (
              <CopyText
                text={inviteLink(result.token)}
                label={t('settings.users.copyLinkOf', { email })}
                onCopied={() => noteCopied(email)}
              />
            ) : (
              <Text size="sm">{t('settings.users.isReactivated', { name: back.get(email) ?? '' })}</Text>
            ),
            offer: result === undefined && offerFor(email),
          }))}
        />
        <Pages {...pages} />
      </div>
      <Group justify="flex-end">
        {(refused.length > 0 || leftOut > 0) && (
          <Button variant="default" size="sm" onClick={() => onCorrect(refused)}>
            {t(leftOut > 0 ? 'people.correctOthers' : 'settings.users.correctRefused')}
          </Button>
        )}
        <Button variant="default" size="sm" onClick={onClose}>
          {t('common.close')}
        </Button>
        {links.length > 0 && (
          <>
            <CopyText
              text={links.map(({ address, link }) => `${address}\t${link}`).join('\n')}
              label={t('settings.users.copyAllLinks')}
              onCopied={onKept}
              isNamed
            />
            <Button
              size="sm"
              leftSection={<Download size={15} aria-hidden />}
              ref={focusOnMount}
              onClick={() => {
                downloadCsv(linksCsv(outcomes), 'invitations.csv');
                onKept();
              }}
            >
              {t('people.downloadLinks')}
            </Button>
          </>
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

interface CopyTextProps {
  text: string;
  /** Names the link for those who cannot see beside what the button stands. */
  label: string;
  onCopied: () => void;
  /** Whether the label is what the button shows. */
  isNamed?: boolean;
}

function CopyText({ text, label, onCopied, isNamed = false }: CopyTextProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <Button
      size="sm"
      variant="default"
      onClick={async () => {
        if (await copy(text)) onCopied();
      }}
      aria-label={copied ? t('common.copied') : label}
      leftSection={copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
    >
      {copied ? t('common.copied') : isNamed ? label : t('common.copy')}
    </Button>
  );
}
