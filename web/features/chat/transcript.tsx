import { Button, Loader } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { type RefObject, Suspense, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import type { Agent } from '../../../contract/agents.ts';
import type { Rating } from '../../../contract/socket.ts';
import { answerAround } from './answer-around.ts';
import { BranchActionsContext, useBranchActions } from './branches/branch-actions.ts';
import type { ConversationAddress } from './conversation-address.ts';
import { useChatSession } from './chat-socket-provider.tsx';
import type { Choice, ConversationState, OutgoingMessage } from './conversation-types.ts';
import { daysAgo, fullDay } from './formats.ts';
import { Greeting } from './greeting.tsx';
import { AnswerRow, OutgoingRow, SaidRow } from './message-row.tsx';
import { RatingsContext } from './ratings/ratings-context.ts';
import { SourceOpener } from './sources/source-opener.tsx';
import classes from './transcript.module.css';
import { lazyPart } from '../../ui/import-part.ts';
import { usePlace } from './use-place.ts';
import { type TranscriptRow, transcriptRows } from './transcript-rows.ts';
import { TranscriptSkeleton } from './transcript-skeleton.tsx';

// Most answers need neither.
const loadNotices = () => import('./notice-row.tsx');
const NoticeRow = lazyPart(async () => ({ default: (await loadNotices()).NoticeRow }));
const EndedRow = lazyPart(async () => ({ default: (await loadNotices()).EndedRow }));

interface TranscriptProps {
  agent: Agent;
  address: ConversationAddress;
  state: ConversationState;
  connected: boolean;
  isAdmin: boolean;
  /** Answers can be rated. */
  rates: boolean;
  onSay: (words: string) => void;
  onEdit: (message: OutgoingMessage) => void;
  onDiscard: (message: OutgoingMessage) => void;
}

/** How near to the end, in pixels, still counts as reading along. */
const endThreshold = 32;

export function Transcript(props: TranscriptProps) {
  const { agent, state } = props;
  const rows = useMemo(() => transcriptRows(state), [state]);
  if (!state.loaded && state.outgoing.length === 0) return <TranscriptSkeleton />;
  if (rows.length === 0) return <Greeting agent={agent} onSay={props.onSay} />;
  return <MessageList {...props} rows={rows} />;
}

function MessageList({ rows, ...props }: TranscriptProps & { rows: TranscriptRow[] }) {
  const { agent, address, state } = props;
  const { t } = useTranslation();
  const session = useChatSession();
  const scroller = useRef<HTMLElement>(null);
  const [away, setAway] = useState(false);
  // oxlint-disable-next-line react/incompatible-library -- the React Compiler, which it does not get along with, is not used
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'message' ? 110 : 44),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: endThreshold,
    paddingStart: 24,
    paddingEnd: 24,
    onChange: (instance) => setAway(!instance.isAtEnd(endThreshold)),
  });
  useStartAtEnd(virtualizer);
  const handleScroll = useFollowedEnd(scroller);
  useEndInSight(virtualizer, scroller);

  // What a person says is what they want to see, wherever they were reading.
  const lastSaid = state.outgoing.at(-1)?.clientMessageId;
  useEffect(() => {
    if (lastSaid) virtualizer.scrollToEnd();
  }, [lastSaid, virtualizer]);

  const branchActions = useBranchActions(address, state, {
    connected: props.connected,
    choosesModel: agent.abilities.edit,
  });
  const rate = useCallback(
    (messageId: string, rating: Rating | undefined) => session.rate(address, messageId, rating),
    [session, address],
  );
  const place = usePlace(address, state, rows, virtualizer);
  const items = virtualizer.getVirtualItems();
  const nearStart = items[0] !== undefined && items[0].index < 5;
  useEffect(() => {
    if (nearStart && state.hasMore) session.loadOlder(address);
  }, [nearStart, state.hasMore, state.requested, session, address]);

  return (
    <div className={classes.frame}>
      <BranchActionsContext value={branchActions}>
        <RatingsContext value={props.rates ? rate : undefined}>
          <section
            ref={scroller}
            className={classes.scroller}
            aria-label={t('chat.transcript', { agent: agent.name })}
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
            tabIndex={0}
            onScroll={handleScroll}
          >
            <SourceOpener>
              <div className={classes.column} style={{ height: virtualizer.getTotalSize() }}>
                {items.map((item) => (
                  <div
                    key={item.key}
                    ref={virtualizer.measureElement}
                    data-index={item.index}
                    className={classes.row}
                    data-place={holds(rows[item.index], place) || undefined}
                    style={{ transform: `translateY(${item.start}px)` }}
                  >
                    <Row {...props} row={rows[item.index]!} />
                  </div>
                ))}
              </div>
            </SourceOpener>
          </section>
        </RatingsContext>
      </BranchActionsContext>
      {state.requested?.before && (
        <output className={classes.older}>
          <Loader size="xs" aria-hidden />
          <span className="visually-hidden">{t('chat.loadingOlder')}</span>
        </output>
      )}
      {away && (
        <Button
          className={classes.jump}
          size="xs"
          radius="xl"
          variant="default"
          leftSection={<ArrowDown size={14} aria-hidden />}
          onClick={() => virtualizer.scrollToEnd()}
        >
          {t('chat.jumpToLatest')}
        </Button>
      )}
    </div>
  );
}

/** Heights are estimates until rows are measured, so the first jump to the end is repeated once they are. */
function useStartAtEnd(virtualizer: { scrollToEnd: () => void }) {
  useLayoutEffect(() => {
    virtualizer.scrollToEnd();
    const frame = requestAnimationFrame(() => virtualizer.scrollToEnd());
    return () => cancelAnimationFrame(frame);
  }, [virtualizer]);
}

/** The virtualizer keeps the distance to the end; whoever reads along stays at the very end, whatever grows below. */
function useFollowedEnd(scroller: RefObject<HTMLElement | null>) {
  const following = useRef(true);
  const lastTop = useRef(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // Scrolled back since the last event: the event is still on its way.
    if (element.scrollTop < lastTop.current - 2) following.current = false;
    if (following.current) element.scrollTo({ top: element.scrollHeight });
    lastTop.current = element.scrollTop;
  });
  return () => {
    const element = scroller.current;
    if (!element) return;
    following.current = element.scrollHeight - element.scrollTop - element.clientHeight <= endThreshold;
    lastTop.current = element.scrollTop;
  };
}

/** Whoever reads the end still sees it when the composer grows or a phone's keyboard opens. */
function useEndInSight(
  virtualizer: { scrollToEnd: () => void; isAtEnd: (threshold: number) => boolean },
  scroller: RefObject<HTMLElement | null>,
) {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const shrunk = height - element.clientHeight;
      height = element.clientHeight;
      if (shrunk > 0 && virtualizer.isAtEnd(endThreshold + shrunk)) virtualizer.scrollToEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [virtualizer, scroller]);
}

function Row({ row, agent, address, state, connected, isAdmin, ...props }: TranscriptProps & { row: TranscriptRow }) {
  const { t } = useTranslation();
  const session = useChatSession();
  const messageId = row.kind === 'message' ? row.message.id : '';
  const answer = useCallback(
    () => answerAround(session.state(address).messages, messageId),
    [session, address, messageId],
  );
  const decide = useCallback(
    (approvalId: string, choice: Choice) => session.decide(address, approvalId, choice),
    [session, address],
  );
  switch (row.kind) {
    case 'day':
      return <div className={classes.day}>{dayLabel(row.day, t)}</div>;
    case 'thinking':
      return (
        <div className={classes.thinking} data-first={row.first || undefined}>
          <span className={classes.dots} aria-hidden>
            <i />
            <i />
            <i />
          </span>
          <span>{t('chat.thinking', { agent: agent.name })}</span>
        </div>
      );
    case 'outgoing':
      return (
        <OutgoingRow
          message={row.message}
          agentId={agent.id}
          connected={connected}
          onRetry={() => session.retry(address, row.message.clientMessageId)}
          onEdit={() => props.onEdit(row.message)}
          onDiscard={() => props.onDiscard(row.message)}
        />
      );
    case 'notice':
      return (
        <Suspense>
          <NoticeRow notice={row.notice} agent={agent} address={address} isAdmin={isAdmin} />
        </Suspense>
      );
    case 'ended':
      return (
        <Suspense>
          <EndedRow message={row.message} reason={row.reason} address={address} />
        </Suspense>
      );
    case 'message':
      if (row.message.role === 'user') {
        const queued = row.message.awaiting && state.run !== undefined;
        // The last one says so below, with what to do about it.
        const unanswered = row.message.id !== state.messages.at(-1)?.id ? row.message.finishReason : undefined;
        return <SaidRow message={row.message} agentId={agent.id} queued={queued} unanswered={unanswered} />;
      }
      return (
        <AnswerRow
          agent={agent}
          message={row.message}
          steps={row.steps}
          first={row.first}
          last={row.last}
          running={state.run !== undefined && row.steps.at(-1)?.id === lastAnswerId(state)}
          answer={answer}
          questionId={questionBefore(state, row.message.id)}
          decisions={state.decisions}
          onDecide={connected ? decide : undefined}
          showUsage={isAdmin}
        />
      );
  }
}

function questionBefore({ messages }: ConversationState, answerId: string): string | undefined {
  const index = messages.findIndex(({ id }) => id === answerId);
  return messages.slice(0, index).findLast(({ role }) => role === 'user')?.id;
}

const holds = (row: TranscriptRow | undefined, messageId: string | undefined) =>
  messageId !== undefined && row?.kind === 'message' && row.steps.some(({ id }) => id === messageId);

const lastAnswerId = (state: ConversationState) =>
  state.messages.findLast((message) => message.role === 'assistant')?.id;

function dayLabel(day: string, t: ReturnType<typeof useTranslation>['t']): string {
  const days = daysAgo(day);
  if (days === 0) return t('chat.today');
  return days === 1 ? t('chat.yesterday') : fullDay(day);
}
