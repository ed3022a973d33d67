import type { WritableDatabase } from '../db/client.ts';
import type { StorageQuota } from '../db/storage-quota.ts';
import type { Signal, Signals } from '../db/signals.ts';
import type { FairQueue } from '../platform/fair-queue.ts';
import type { Logger } from '../platform/logger.ts';
import type { AgentRuntime } from '../runtime/agent-runtime.ts';
import type { RateLimiter } from '../db/rate-limiter.ts';
import type { ToolGateway } from '../tools/tool-gateway.ts';
import { createAccessWatch } from './access-watch.ts';
import { createSocketAcceptor, type AcceptSocket } from './accept-socket.ts';
import { createHistoryAnswer } from './answer-history.ts';
import { createApprovals } from './approvals.ts';
import { answerRun } from './answer-run.ts';
import { changedFrame } from './conversation-reference.ts';
import { createFollower } from './follower.ts';
import { createChannelAccess, type ChannelAccess } from './channel-access.ts';
import { createFrameHandler } from './frame-handler.ts';
import { createHub, type Seat } from './hub.ts';
import { createMessageRate } from './message-rate.ts';
import { createMessageWriter } from './message-writer.ts';
import {
  defaultChatLimits,
  defaultChatTimings,
  type ChatAgents,
  type ChatAudit,
  type ChatLimits,
  type ChatSessions,
  type ChatTimings,
  type PriceUsage,
} from './ports.ts';
import { createPulse } from './pulse.ts';
import { createReplica, type HeldConnection } from './replica.ts';
import { createRunRegistry } from './run-registry.ts';
import { buildRunRequest } from './run-request.ts';
import { createRunStore } from './run-store.ts';
import { createSayMessage } from './say-message.ts';
import { createTurns } from './turns.ts';
import { systemAuthority } from '../db/authority.ts';

export interface ChatOptions {
  signals: Signals;
  db: WritableDatabase;
  audit: ChatAudit;
  runtime: AgentRuntime;
  agents: ChatAgents;
  sessions: ChatSessions;
  priceUsage: PriceUsage;
  /** Makes calls that a person approved. */
  tools: Pick<ToolGateway, 'callApproved'>;
  /** Counts what each person says. */
  messageLimiter: Pick<RateLimiter, 'take'>;
  /** What a person says takes of the room that their files and conversations have. */
  quota: StorageQuota;
  reading: FairQueue;
  /** A UUID of this process, new at each start. */
  replicaId: string;
  /** A connection of the chat's own to keep, such as `() => pool.connect()`: others see by it that this process lives. */
  connect: () => Promise<HeldConnection>;
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
  /** Runs that are being answered here. */
  countRuns(): number;
  /** Registers this replica, ends what dead ones left, goes on with what waited. Call once, before sockets come in. */
  start(): Promise<void>;
  /** No new work; running answers end within the time or are kept as interrupted; then sockets are closed. */
  stop(graceMs: number): Promise<void>;
}

export function createChat(options: ChatOptions): Chat {
  const { signals, db, audit, runtime, agents, sessions, priceUsage, tools, replicaId, log } = options;
  const limits = { ...defaultChatLimits, ...options.limits };
  const timings = { ...defaultChatTimings, ...options.timings };
  const announced = new WeakSet<Signal>();
  const turns = createTurns();
  const hub = createHub(limits);
  const store = createRunStore({ db, signals, audit, priceUsage, replicaId, runtimeMode: () => runtime.health().mode });
  const registry = createRunRegistry({
    signals,
    replicaId,
    log,
    loadWaiting: store.loadWaiting,
    onResume: (conversationId) => follower.handOver(conversationId),
    answer: (live, progress) =>
      answerRun(live, {
        runtime,
        tools,
        lookMs: timings.approvals,
        progress,
        store,
        log,
        buildRequest: (run) => buildRunRequest({ db, agents }, run),
        onInterrupted: () => markTold(live.conversation.id, live.runId),
      }),
    publish: hub.publish,
    onTurn,
    catchUp: (conversationId) => follower.poll(conversationId),
  });
  const follower = createFollower({
    db,
    log,
    replicaId,
    thinkingMs: timings.thinking,
    isLive: (conversationId) => registry.live(conversationId) !== undefined,
    publish: hub.publish,
    onTurn,
    onInterrupted: markTold,
    sayFollowed: (conversationIds) =>
      signals.transaction(systemAuthority, async (tx) => {
        for (const conversationId of conversationIds) signals.signal(tx, { kind: 'run-followed', conversationId });
      }),
  });
  const writer = createMessageWriter({
    db,
    log,
    growing: registry.growing,
    onLost: (message) => registry.abort(message, 'lost'),
  });
  const replica = createReplica({ signals, db, audit, replicaId, registry, timings, log, connect: options.connect });
  const say = createSayMessage({
    db,
    signals,
    audit,
    agents,
    quota: options.quota,
    replicaId,
    messageCharacters: limits.messageCharacters,
    hub,
    registry,
    rate: createMessageRate(options.messageLimiter),
    follower,
    announced,
  });
  const approvals = createApprovals({ db, signals, audit, agents });
  const handleFrame = createFrameHandler({
    db,
    signals,
    audit,
    agents,
    hub,
    registry,
    follower,
    say,
    approvals,
    answerHistory: createHistoryAnswer({ db, replicaId, hub, registry, follower, turns, reading: options.reading }),
  });
  const acceptSocket = createSocketAcceptor({ hub, sessions, handleFrame, limits, log, pingMs: timings.socketPing });
  const access = createAccessWatch({ hub, registry, agents, sessions, log });
  const pulse = createPulse({
    isNeeded: () => follower.isBusy() || !registry.runs()[Symbol.iterator]().next().done,
    beats: [
      { every: timings.persist, work: writer.flush },
      { every: timings.follow, work: writer.flushFollowed },
      { every: timings.follow, work: follower.tick },
    ],
  });
  const timers: NodeJS.Timeout[] = [];
  const unsubscribe: (() => void)[] = [];
  let runtimeConnected: boolean | undefined;

  hub.onDeserted((conversationId) => follower.unfollow(conversationId));

  /** Every run that begins, here or elsewhere, is a turn of its conversation. */
  function onTurn(conversationId: string): void {
    turns.touch(conversationId);
    pulse.wake();
  }

  /** Sockets that saw the interruption happen are not told of it again with the history. */
  function markTold(conversationId: string, runId: string): void {
    for (const connection of hub.subscribersOf(conversationId)) connection.toldInterrupted.add(runId);
  }

  function hear(signal: Signal): void {
    access.hear(signal);
    if (signal.kind === 'approval') registry.wake(signal.runId);
    if (signal.kind === 'run-abort') registry.abort(signal, 'user');
    if (signal.kind === 'run-followed' && registry.live(signal.conversationId)) {
      writer.noteFollowed(signal.conversationId);
    }
    if (signal.kind === 'conversation') hearConversation(signal);
  }

  function hearConversation(signal: Extract<Signal, { kind: 'conversation' }>): void {
    const { conversationId, agentId, userId, isDefault, change } = signal;
    // Said here: its own sockets were told, and what follows is under way.
    if (announced.has(signal)) return;
    const silent = change === 'renamed' || change === 'deleted' ? change : undefined;
    const frame = changedFrame({ id: conversationId, agentId, userId, isDefault }, silent);
    // Sockets that follow a run see it end; what else moved is news to them as well.
    hub.announce(userId, { id: conversationId, frame }, { subscribed: change !== 'run' });
    void follower
      .poll(conversationId)
      .catch((error: unknown) => log.warn({ error }, 'a conversation could not be followed'))
      .then(() => registry.claimNext(conversationId));
  }

  function hearAfterSilence(): void {
    access.checkAll();
    registry.wake();
    for (const conversationId of registry.queued()) void registry.claimNext(conversationId);
    void follower.pollAll();
  }

  function keepAlive(): void {
    for (const run of registry.runs()) {
      if (!run.waiting && performance.now() - run.lastFrameAt >= timings.thinking) run.think();
    }
    const { connected } = runtime.health();
    if (runtimeConnected !== undefined && runtimeConnected !== connected) {
      const frame = JSON.stringify({ type: 'status', runtime: { connected } });
      for (const connection of hub.all()) connection.send(frame);
    }
    runtimeConnected = connected;
  }

  function sweepApprovals(): Promise<void> {
    return approvals.sweep().catch((error: unknown) => log.warn({ error }, 'overdue approvals could not be ended'));
  }

  function every(milliseconds: number, work: () => unknown): void {
    timers.push(setInterval(() => void work(), milliseconds).unref());
  }

  return {
    reserveSocket: hub.reserve,
    countSockets: hub.countSockets,
    acceptSocket,
    channels: createChannelAccess({ db, signals, audit, agents, registry, say, approvals }),
    countRuns: () => [...registry.runs()].length,
    async start() {
      unsubscribe.push(signals.onSignal(hear), signals.onReset(hearAfterSilence));
      await replica.start();
      every(Math.min(500, timings.thinking / 4), keepAlive);
      every(timings.approvals, sweepApprovals);
      every(timings.sessionPoll, () => access.checkSessions(hub.all()));
    },
    async stop(graceMs) {
      await registry.stop(graceMs);
      for (const timer of timers) clearInterval(timer);
      pulse.stop();
      for (const end of unsubscribe) end();
      for (const connection of [...hub.all()]) connection.close(1001, 'The server is stopping; connect again.');
      await writer.flush();
      await replica.stop();
    },
  };
}
