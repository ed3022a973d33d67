import { Alert, Button, Group, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useRef } from 'react';
import type { SharedConversation } from '../../../contract/sharing.ts';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { useFormats } from '../../ui/formats.ts';
import { notifyDone, notifyError } from '../../ui/notify.ts';
import { Page } from '../../ui/page.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { RetryButton, StatePage } from '../../ui/state-page.tsx';
import { SharedMessageRow } from './shared-message.tsx';
import classes from './sharing.module.css';
import { sharedQuery, sharedWithMeQuery } from './sharing-queries.ts';

/** A conversation that somebody shares with the person: to read, and to copy. */
export function SharedPage() {
  const { t } = useTranslation();
  const { shareId = '' } = useParams({ strict: false });
  const query = useInfiniteQuery(sharedQuery(shareId));
  useEndOfShare(shareId, query.refetch);
  const { error } = query;
  const isGone = error instanceof ApiError && (error.status === 404 || error.status === 400);
  // It may have been taken away while it was open.
  if (isGone)
    return (
      <StatePage
        illustration={<Lock size={40} strokeWidth={1.5} color="var(--mantine-color-dimmed)" aria-hidden />}
        title={t('sharing.gone')}
        actions={<ButtonLink to="/">{t('errors.goHome')}</ButtonLink>}
      >
        {t('sharing.goneBody')}
      </StatePage>
    );
  const [first] = query.data?.pages ?? [];
  if (!first) {
    if (!error) return <div role="group" aria-busy="true" aria-label={t('common.loading')} />;
    return (
      <StatePage
        illustration={<Lock size={40} strokeWidth={1.5} color="var(--mantine-color-dimmed)" aria-hidden />}
        title={error.message}
        actions={<RetryButton label={t('common.retry')} onClick={() => void query.refetch()} />}
      >
        {null}
      </StatePage>
    );
  }
  const messages = query.data?.pages.flatMap((page) => page.messages) ?? [];
  const left = first.total - messages.length;
  return (
    <Shared shared={first}>
      <section className={classes.messages} aria-label={t('sharing.transcript')}>
        <Suspense fallback={<div aria-busy="true" />}>
          {messages.map((message) => (
            <SharedMessageRow key={message.id} message={message} shared={first} />
          ))}
        </Suspense>
      </section>
      {query.hasNextPage && (
        <Group justify="center" mt="md">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('sharing.more', { count: left })}
          </Button>
        </Group>
      )}
    </Shared>
  );
}

/** Asks anew once it is no longer among what is shared with the person; each reading is recorded, so not while it is listed. */
function useEndOfShare(shareId: string, askAnew: () => unknown): void {
  const { data, dataUpdatedAt } = useInfiniteQuery(sharedWithMeQuery);
  const isListed = data?.pages.some(({ shares }) => shares.some(({ id }) => id === shareId));
  const askedAt = useRef(0);
  useEffect(() => {
    // What it was opened with has just been answered.
    if (isListed === false && askedAt.current !== 0 && dataUpdatedAt > askedAt.current) void askAnew();
    if (dataUpdatedAt > 0) askedAt.current = dataUpdatedAt;
  }, [isListed, dataUpdatedAt, askAnew]);
}

function Shared({ shared, children }: { shared: SharedConversation; children: ReactNode }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const navigate = useNavigate();
  const { owner, agent } = shared;
  const copy = useMutation({
    mutationFn: () => call('copyShare', { params: { shareId: shared.id } }),
    onSuccess: ({ id, agentId }) => {
      notifyDone(t('sharing.copied'));
      return navigate({ to: '/chat/$agentId/$chatId', params: { agentId, chatId: id } });
    },
    onError: notifyError,
  });
  const values = { owner, agent: agent.name, date: dateTime(shared.sharedAt) };
  return (
    <Page
      title={shared.title ?? t('sharing.pageTitle')}
      description={t('sharing.by', values)}
      actions={
        <Button loading={copy.isPending} onClick={() => copy.mutate()} aria-describedby="copy-hint">
          {t('sharing.copy')}
        </Button>
      }
    >
      <Alert variant="light" color="gray" mb="md">
        {t('sharing.aiNotice', values)}
        <Text size="sm" c="dimmed" mt={4} id="copy-hint">
          {t('sharing.copyHint')}
        </Text>
      </Alert>
      {children}
    </Page>
  );
}
