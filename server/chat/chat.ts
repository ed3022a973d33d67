import type { WritableDatabase } from '../db/client.ts';
import type { StorageQuota } from '../db/storage-quota.ts';
import type { Signal, Signals } from '../db/signals.ts';
import type { FairQueue } from '../platform/fair-queue.ts';
import type { Precedence } from '../platform/precedence.ts';
import type { Logger } from '../platform/logger.ts';
import type { AgentRuntime } from '../runtime/agent-runtime.ts';
import type { RateLimiter } from '../db/rate-limiter.ts';
import type { ToolGate } from '../tools/tool-gate.ts';
import { createAccessWatch } from './sockets/access-watch.ts';
import { createSocketAcceptor, type AcceptSocket } from './sockets/accept-socket.ts';
import { createHistoryAnswer } from './sockets/answer-history.ts';
import { type Approvals, createApprovals } from './runs/approvals.ts';
import { answerRun } from './runs/answer-run.ts';
import { changedFrame } from './conversations/conversation-reference.ts';
import type { SaidUploads } from './conversations/remove-conversation.ts';
import { createFollower } from './replicas/run-follower.ts';
import { createChannelAccess, type ChannelAccess } from './channel-access.ts';
import { createFrameHandler } from './sockets/handle-frame.ts';
import { createOpenSockets, type Seat } from './sockets/open-sockets.ts';
import { createPageNews } from './sockets/page-news.ts';
import { createConversationTitles } from './runs/conversation-titles.ts';
import { createMessageRate } from './runs/message-rate.ts';
import { createMessageWriter } from './runs/message-writer.ts';
import {
  defaultChatLimits,
  defaultChatTimings,
  type ChatAgents,
  type ChatAudit,
  type ChatLimits,
  type ChatSessions,
  type ChatSpending,
  type ChatTimings,
  type PriceUsage,
} from './ports.ts';
import { createOnDemandTimers } from './runs/on-demand-timers.ts';
import { createRunTakeover, type HeldClient } from './replicas/run-takeover.ts';
import { createLocalRuns } from './runs/local-runs.ts';
import { buildRunRequest } from './runs/run-request.ts';
import { createRunStore } from './runs/run-store.ts';
import { createBranchConversation } from './runs/branch-conversation.ts';
import { createSayMessage } from './runs/say-message.ts';
import { createConversationChanges } from './conversations/conversation-changes.ts';
import { systemAuthority } from '../db/authority.ts';

export interface ChatOptions {
  signals: Signals;
  db: WritableDatabase;
  audit: ChatAudit;
  runtime: AgentRuntime;
  agents: ChatAgents;
  sessions: ChatSessions;
  priceUsage: PriceUsage;
  spending: ChatSpending;
  /** Makes calls that a person approved. */
  tools: Pick<ToolGate, 'callApproved'>;
  /** Counts what each person says. */
  messageLimiter: Pick<RateLimiter, 'consume'>;
  /** Told of everybody who says something, over whatever channel. */
  onSaid(userId: string): void;
  /** `<provider>/<model id>` of a model that is offered now. */
  resolveModel: (reference: string) => Promise<string | undefined>;
  /** What a person says takes of the room that their files and conversations have. */
  quota: StorageQuota;
  /** Files that were attached, which go with their conversation. */
  uploads: SaidUploads;
  reading: FairQueue;
  /** How conversations are named by models. */
  titles: Pick<Parameters<typeof createConversationTitles>[0], 'isSwitchedOn' | 'writeTitle' | 'queue'>;
  /** Accepting a message and asking the model for it go before answers that grow: see `Precedence`. */
  beginUrgent: Precedence['begin'];
  /** A UUID of this process, new at each start. */
  replicaId: string;
  /** A connection of the chat's own to keep, such as `() => pool.connect()`: others see by it that this process lives. */
  connect: () => Promise<HeldClient>;
  log: Logger;
  limits?: Partial<ChatLimits>;
  timings?: Partial<ChatTimings>;
}

export interface Chat {
  /** A place for one more socket of the user, asked before the upgrade; undefined: answer 429. */
  reserveSocket(userId: string): Seat | undefined;
  countSockets(userId?: string): number;
  /** Takes over an upgraded socket of a signed-in person. */
  acceptSocket: AcceptSocket;
  /** The same conversations for channels such as Telegram. */
  channels: ChannelAccess;
  /** Calls that wait for people, in all their conversations. */
  approvals: Pick<Approvals, 'listWaiting' | 'decide' | 'takeBack'>;
  /** Runs that are being answered here. */
  countRuns(): number;
  /** Registers this replica, ends what dead ones left, goes on with what waited. Call once, before sockets come in. */
  start(): Promise<void>;
  /** No new work; running answers end within the time or are kept as interrupted; then sockets are closed. */
  stop(graceMs: number): Promise<void>;
}

export function createChat(options: ChatOptions): Chat {
  const { signals, db, audit, runtime, agents, sessions, priceUsage, spending, tools, replicaId, log } = options;
  const limits = { ...defaultChatLimits, ...options.limits };
  const timings = { ...defaultChatTimings, ...options.timings };
  const announced = new WeakSet<Signal>();
  const changes = createConversationChanges();
  const titles = createConversationTitles({
    ...options.titles,
    ...{ db, signals, audit, agents, priceUsage, spending, log },
  });
  const openSockets = createOpenSockets(limits);
  const store = createRunStore({
    ...{ db, signals, audit, priceUsage, spending, replicaId },
    runtimeMode: () => runtime.health().mode,
  });
  const localRuns = createLocalRuns({
    signals,
    replicaId,
    log,
    loadWaiting: store.loadWaiting,
    onResume: (conversationId) => follower.handOver(conversationId),
    answer: (live, progress) =>
      answerRun(live, {
        runtime,
        tools,
        pollMs: timings.approvals,
        progress,
        store,
        log,
        buildRequest: (run) => buildRunRequest({ db, agents }, run),
        beginUrgent: options.beginUrgent,
        onInterrupted: () => markTold(live.conversation.id, live.runId),
        onAnswered: () => titles.offer(live),
      }),
    publish: openSockets.publish,
    onChange,
    catchUp: (conversationId) => follower.poll(conversationId),
  });
  const follower = createFollower({
    db,
    log,
    replicaId,
    thinkingMs: timings.thinking,
    isLive: (conversationId) => localRuns.live(conversationId) !== undefined,
    publish: openSockets.publish,
    onChange,
    onInterrupted: markTold,
    sayFollowed: (conversationIds) =>
      signals.transaction(systemAuthority, async (tx) => {
        for (const conversationId of conversationIds) signals.signal(tx, { kind: 'run-followed', conversationId });
      }),
  });
  const writer = createMessageWriter({
    db,
    log,
    growing: localRuns.growing,
    onLost: (message) => localRuns.abort(message, 'lost'),
  });
  const takeover = createRunTakeover({
    signals,
    db,
    audit,
    spending,
    replicaId,
    localRuns,
    timings,
    log,
    connect: options.connect,
  });
  const rate = createMessageRate(options.messageLimiter);
  const catchUp = async (conversationId: string) => {
    if (follower.snapshot(conversationId)) await follower.poll(conversationId);
  };
  const accepting = {
    ...{ db, signals, audit, agents, replicaId, localRuns, rate, catchUp },
    quota: options.quota,
    messageCharacters: limits.messageCharacters,
  };
  const say = createSayMessage({
    ...accepting,
    onSaid: options.onSaid,
    beginUrgent: options.beginUrgent,
    announce: openSockets.announce,
    announced,
  });
  const branches = createBranchConversation({
    ...accepting,
    resolveModel: options.resolveModel,
  });
  const approvals = createApprovals({ db, signals, audit, agents });
  const handleFrame = createFrameHandler({
    uploads: options.uploads,
    db,
    signals,
    audit,
    agents,
    openSockets,
    localRuns,
    follower,
    say,
    branches,
    approvals,
    answerHistory: createHistoryAnswer({
      db,
      replicaId,
      openSockets,
      localRuns,
      follower,
      changes,
      reading: options.reading,
    }),
  });
  const acceptSocket = createSocketAcceptor({
    openSockets,
    sessions,
    handleFrame,
    limits,
    log,
    pingMs: timings.socketPing,
  });
  const access = createAccessWatch({ openSockets, localRuns, agents, sessions, log });
  const isAnswering = () => !localRuns.runs()[Symbol.iterator]().next().done;
  let doApprovalsWait = true;
  const whileAnswering = createOnDemandTimers({
    isNeeded: () => follower.isBusy() || isAnswering(),
    beats: [
      { every: timings.persist, work: writer.flushInTurn },
      { every: timings.follow, work: writer.flushFollowed },
      { every: timings.follow, work: follower.tick },
    ],
  });
  const whileConnected = createOnDemandTimers({
    isNeeded: () => openSockets.countSockets() > 0 || isAnswering(),
    beats: [{ every: Math.min(500, timings.thinking / 4), work: keepAlive }],
  });
  const whileApprovalsWait = createOnDemandTimers({
    isNeeded: () => doApprovalsWait || isAnswering(),
    beats: [{ every: timings.approvals, work: sweepApprovals }],
  });
  const onDemandTimers = [whileAnswering, whileConnected, whileApprovalsWait];
  const timers: NodeJS.Timeout[] = [];
  const unsubscribe: (() => void)[] = [];
  let runtimeConnected: boolean | undefined;

  const shareNews = createPageNews({ openSockets }, 'shares');

  openSockets.onDeserted((conversationId) => follower.unfollow(conversationId));

  /** Every run that begins, here or elsewhere, is a turn of its conversation. */
  function onChange(conversationId: string): void {
    changes.note(conversationId);
    for (const onDemand of onDemandTimers) onDemand.wake();
  }

  /** Sockets that saw the interruption happen are not told of it again with the history. */
  function markTold(conversationId: string, runId: string): void {
    for (const socket of openSockets.subscribersOf(conversationId)) socket.toldInterrupted.add(runId);
  }

  function hear(signal: Signal): void {
    access.hear(signal);
    if (signal.kind === 'approval') localRuns.wake(signal.runId);
    if (signal.kind === 'waiting')
      for (const socket of openSockets.ofUser(signal.userId)) socket.sendFrame({ type: 'waiting' });
    if (signal.kind === 'shares') shareNews.tell(signal.userId ?? undefined);
    if (signal.kind === 'waiting') whileApprovalsWait.wake();
    if (signal.kind === 'run-abort') localRuns.abort(signal, 'user');
    if (signal.kind === 'run-followed' && localRuns.live(signal.conversationId)) {
      writer.noteFollowed(signal.conversationId);
    }
    if (signal.kind === 'conversation') hearConversation(signal);
    // What runs elsewhere may wait for a person.
    if (signal.kind === 'conversation') whileApprovalsWait.wake();
  }

  function hearConversation(signal: Extract<Signal, { kind: 'conversation' }>): void {
    const { conversationId, agentId, userId, isDefault, temporary, change } = signal;
    // Said here: its own sockets were told, and what follows is under way.
    if (announced.has(signal)) return;
    const silent = change === 'message' || change === 'run' ? undefined : change;
    const frame = changedFrame({ id: conversationId, agentId, userId, isDefault, temporary }, silent);
    // Sockets that follow a run see it end; what else moved is news to them as well.
    openSockets.announce(userId, { id: conversationId, frame, temporary }, { subscribed: change !== 'run' });
    void follower
      .poll(conversationId)
      .catch((error: unknown) => log.warn({ error }, 'a conversation could not be followed'))
      .then(() => localRuns.claimNext(conversationId));
  }

  function hearAfterSilence(): void {
    access.checkAll();
    localRuns.wake();
    whileApprovalsWait.wake();
    for (const conversationId of localRuns.queued()) void localRuns.claimNext(conversationId);
    void follower.pollAll();
  }

  function keepAlive(): void {
    for (const run of localRuns.runs()) {
      if (!run.waiting && performance.now() - run.lastFrameAt >= timings.thinking) run.think();
    }
    const { connected } = runtime.health();
    if (runtimeConnected !== undefined && runtimeConnected !== connected) {
      const frame = JSON.stringify({ type: 'status', runtime: { connected } });
      for (const socket of openSockets.all()) socket.send(frame);
    }
    runtimeConnected = connected;
  }

  async function sweepApprovals(): Promise<void> {
    try {
      doApprovalsWait = await approvals.sweep();
    } catch (error) {
      doApprovalsWait = true;
      log.warn({ error }, 'overdue approvals could not be ended');
    }
    // It may have gone to rest before the answer was there.
    if (doApprovalsWait) whileApprovalsWait.wake();
  }

  function every(milliseconds: number, work: () => unknown): void {
    timers.push(setInterval(() => void work(), milliseconds).unref());
  }

  return {
    reserveSocket: openSockets.reserve,
    countSockets: openSockets.countSockets,
    approvals,
    acceptSocket(...accepted) {
      acceptSocket(...accepted);
      runtime.prepare?.();
      whileConnected.wake();
    },
    channels: createChannelAccess({ db, signals, audit, agents, localRuns, say, approvals }),
    countRuns: () => [...localRuns.runs()].length,
    async start() {
      unsubscribe.push(signals.onSignal(hear), signals.onReset(hearAfterSilence));
      await takeover.start();
      whileApprovalsWait.wake();
      every(timings.sessionPoll, () => access.checkSessions(openSockets.all()));
    },
    async stop(graceMs) {
      await localRuns.stop(graceMs);
      await titles.stop();
      for (const timer of timers) clearInterval(timer);
      for (const onDemand of onDemandTimers) onDemand.stop();
      for (const end of unsubscribe) end();
      for (const socket of [...openSockets.all()]) socket.close(1001, 'The server is stopping; connect again.');
      await writer.flush();
      await takeover.stop();
    },
  };
}
