import type { ActiveRun } from '../../../contract/socket.ts';
import type { Database } from '../../db/client.ts';
import type { StoredToolCall } from '../../db/schema/conversations.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ConversationReference } from '../conversations/conversation-reference.ts';
import { readRunMessages, readRunsAfter, type FollowedMessageRow, type FollowedRunRow } from './follow.queries.ts';
import { followedMs } from '../runs/message-writer.ts';
import { presentToolCall } from '../conversations/present-tool-call.ts';
import { createRunFrames, type RunFrames } from '../runs/run-frames.ts';
import { interruption } from '../conversations/interruption.ts';

/**
 * Follows answers that other replicas write, for sockets that are connected here: what they persist is read and sent
 * on as frames, in coarser chunks. What was read twice or out of order says nothing new and is dropped.
 */
export interface Follower {
  /** Begins with the runs after a position; goes on where it is when the conversation is followed already. */
  follow(conversation: ConversationReference, after: number): void;
  unfollow(conversationId: string): void;
  /** The run that was followed is answered here from now on. */
  handOver(conversationId: string): void;
  isFollowing(conversationId: string): boolean;
  /**
   * Takes what was read of a run, in the same turn as it is sent as history. The sockets that follow already get what
   * is new of it as frames; a conversation that nobody followed begins with it in silence.
   */
  adopt(conversation: ConversationReference, run: FollowedRunRow, messages: FollowedMessageRow[]): void;
  snapshot(conversationId: string): Omit<ActiveRun, 'approvals' | 'queued'> | undefined;
  /** Runs moved elsewhere: looks at once. */
  poll(conversationId: string): Promise<void>;
  /** The same for all, after signals may have been missed. */
  pollAll(): Promise<void>;
  /** Looks at everything that is being written elsewhere. */
  tick(): Promise<void>;
  /** Whether anything is followed that is being written. */
  isBusy(): boolean;
}

interface FollowedMessage {
  id: string;
  content: string;
  /** Code points of `content`: PostgreSQL counts them, JavaScript does not. */
  length: number;
  seq: number;
  tools: Map<string, string>;
  toolCalls: StoredToolCall[];
  stored: boolean;
}

interface FollowedRun {
  id: string;
  position: number;
  frames: RunFrames;
  messages: Map<string, FollowedMessage>;
  lastFrameAt: number;
  /** When its process was told that somebody reads along. */
  saidAt: number;
  /** For a person's decision: it is not said meanwhile that the run lives. */
  waiting: boolean;
}

interface Followed {
  conversation: ConversationReference;
  after: number;
  run: FollowedRun | undefined;
}

export function createFollower(options: {
  db: Database;
  log: Logger;
  thinkingMs: number;
  replicaId: string;
  /** This process answers in the conversation itself; its frames come from there. */
  isLive: (conversationId: string) => boolean;
  publish: (conversationId: string, frame: string) => void;
  onChange: (conversationId: string) => void;
  onInterrupted: (conversationId: string, runId: string) => void;
  /** Tells the processes that answer in these conversations that somebody reads along. */
  sayFollowed: (conversationIds: string[]) => Promise<void>;
}): Follower {
  const { db, log, thinkingMs, replicaId, isLive, publish, onChange, onInterrupted, sayFollowed } = options;
  let ticking = false;
  const followed = new Map<string, Followed>();

  function send(entry: Followed, frame: string): void {
    if (entry.run) entry.run.lastFrameAt = performance.now();
    publish(entry.conversation.id, frame);
  }

  function begin(entry: Followed, row: FollowedRunRow): FollowedRun {
    const frames = createRunFrames(entry.conversation, row.id);
    entry.run = {
      id: row.id,
      position: row.position,
      frames,
      messages: new Map(),
      lastFrameAt: performance.now(),
      saidAt: -Infinity,
      waiting: false,
    };
    onChange(entry.conversation.id);
    return entry.run;
  }

  function apply(entry: Followed, row: FollowedRunRow, rows: FollowedMessageRow[]): void {
    if (row.position <= entry.after) return;
    const isOpen = row.state === 'running' || row.state === 'waiting';
    if (row.replicaId === replicaId && row.started && entry.run?.id !== row.id) {
      // Our own: its frames were sent as it was answered.
      if (!isOpen) entry.after = row.position;
      return;
    }
    let run = entry.run;
    if (run && run.id !== row.id) return;
    if (!run) {
      run = begin(entry, row);
      if (row.state === 'running') send(entry, run.frames.thinking());
    }
    run.waiting = row.state === 'waiting';
    for (const message of rows) if (message.runId === row.id) applyMessage(entry, run, message);
    if (isOpen) return;
    if (row.state === 'failed' && row.errorCode !== null) {
      const code = row.errorCode;
      const retryable = row.errorRetryable ?? false;
      const details = row.errorDetails && { details: row.errorDetails };
      const failure = { code, message: row.errorMessage ?? 'The answer failed.', retryable, ...details };
      send(entry, run.frames.error(failure));
    } else if (row.state === 'interrupted') {
      onInterrupted(entry.conversation.id, row.id);
      send(entry, run.frames.error(interruption));
    }
    send(entry, run.frames.complete());
    entry.after = row.position;
    entry.run = undefined;
    onChange(entry.conversation.id);
  }

  function applyMessage(entry: Followed, run: FollowedRun, row: FollowedMessageRow): void {
    let message = run.messages.get(row.id);
    if (!message) {
      message = { id: row.id, content: '', length: 0, seq: -1, tools: new Map(), toolCalls: [], stored: false };
      run.messages.set(row.id, message);
      onChange(entry.conversation.id);
    }
    if (message.stored) return;
    const text = newText(row, message.length);
    const grown = text.length > 0;
    if (grown) {
      message.content += text.join('');
      message.length += text.length;
      message.seq += 1;
      send(entry, run.frames.chunk(message.id, message.seq, text.join('')));
    }
    applyTools(entry, run, message, row.toolCalls);
    if (row.state === 'streaming') return;
    message.stored = true;
    const { usage, finishReason, fallbackModel, sources } = row;
    send(entry, run.frames.done(message.id, { usage, finishReason: finishReason ?? 'stop', fallbackModel, sources }));
    onChange(entry.conversation.id);
  }

  function applyTools(entry: Followed, run: FollowedRun, message: FollowedMessage, calls: StoredToolCall[]): void {
    for (const call of calls) {
      const before = message.tools.get(call.toolCallId);
      if (before === call.state || (before !== undefined && isEnded(before))) continue;
      if (before === undefined && isEnded(call.state)) {
        send(entry, run.frames.tool(message.id, runningForm(call)));
      }
      message.tools.set(call.toolCallId, call.state);
      message.toolCalls = calls;
      send(entry, run.frames.tool(message.id, call));
    }
  }

  async function pollRuns(entries: Followed[]): Promise<void> {
    const watched = entries.filter((entry) => !isLive(entry.conversation.id));
    if (watched.length === 0) return;
    const found = await readRunsAfter(
      db,
      watched.map((entry) => ({ id: entry.conversation.id, after: entry.after })),
    );
    const elsewhere = found.filter((row) => row.started && (row.replicaId !== replicaId || isFollowedRun(row)));
    const rows =
      elsewhere.length === 0
        ? []
        : await readRunMessages(
            db,
            elsewhere.map((row) => ({ runId: row.id, known: knownOf(row) })),
          );
    for (const row of found) {
      // One that was left and entered again meanwhile knows other things than this was read for.
      const entry = watched.find((candidate) => candidate.conversation.id === row.conversationId);
      if (!entry || followed.get(row.conversationId) !== entry || isLive(row.conversationId)) continue;
      apply(entry, row, rows);
    }
  }

  async function pollQuietly(entries: Followed[]): Promise<void> {
    try {
      await pollRuns(entries);
    } catch (error) {
      log.warn({ error }, 'answers of other replicas could not be read');
    }
  }

  async function askForMore(busy: Followed[]): Promise<void> {
    const now = performance.now();
    const due = busy.flatMap(({ conversation, run }) =>
      run && now - run.saidAt > followedMs / 2 ? [{ conversation, run }] : [],
    );
    if (due.length === 0) return;
    for (const { run } of due) run.saidAt = now;
    await sayFollowed(due.map(({ conversation }) => conversation.id)).catch((error: unknown) =>
      log.debug({ error }, 'the process that answers was not told that somebody reads along'),
    );
  }

  const isFollowedRun = (row: FollowedRunRow) => followed.get(row.conversationId)?.run?.id === row.id;

  function knownOf(row: FollowedRunRow): { id: string; length: number }[] {
    const run = followed.get(row.conversationId)?.run;
    return run?.id === row.id ? [...run.messages.values()].map(({ id, length }) => ({ id, length })) : [];
  }

  return {
    follow(conversation, after) {
      if (!followed.has(conversation.id)) followed.set(conversation.id, { conversation, after, run: undefined });
    },
    unfollow: (conversationId) => void followed.delete(conversationId),
    handOver(conversationId) {
      const entry = followed.get(conversationId);
      if (entry) entry.run = undefined;
    },
    isFollowing: (conversationId) => followed.has(conversationId),
    adopt(conversation, row, rows) {
      const existing = followed.get(conversation.id);
      if (existing) {
        apply(existing, row, rows);
        return;
      }
      const entry: Followed = { conversation, after: row.position - 1, run: undefined };
      const run = begin(entry, row);
      followed.set(conversation.id, entry);
      for (const message of rows) {
        const text = [...message.growth];
        run.messages.set(message.id, {
          id: message.id,
          content: message.growth,
          length: text.length,
          seq: message.seq,
          tools: new Map(message.toolCalls.map((call) => [call.toolCallId, call.state])),
          toolCalls: message.toolCalls,
          stored: message.state !== 'streaming',
        });
      }
    },
    snapshot(conversationId) {
      const run = followed.get(conversationId)?.run;
      if (!run) return undefined;
      const message = [...run.messages.values()].find((candidate) => !candidate.stored);
      return {
        runId: run.id,
        messageId: message?.id ?? null,
        content: message?.content ?? '',
        seq: message?.seq ?? -1,
        tools: message?.toolCalls.map(presentToolCall) ?? [],
      };
    },
    async poll(conversationId) {
      const entry = followed.get(conversationId);
      if (entry) await pollRuns([entry]);
    },
    pollAll: () => pollQuietly([...followed.values()]),
    isBusy: () => [...followed.values()].some((entry) => entry.run),
    async tick() {
      // A slow database must not be asked ever more at once.
      if (ticking) return;
      ticking = true;
      try {
        const busy = [...followed.values()].filter((entry) => entry.run);
        await askForMore(busy);
        await pollQuietly(busy);
        for (const entry of busy) {
          if (entry.run && !entry.run.waiting && performance.now() - entry.run.lastFrameAt >= thinkingMs)
            send(entry, entry.run.frames.thinking());
        }
      } finally {
        ticking = false;
      }
    },
  };
}

const isEnded = (state: string) => state === 'done' || state === 'denied' || state === 'failed';

/** How a call that was first seen when it had ended looked before. */
function runningForm({ toolCallId, name, input }: StoredToolCall): StoredToolCall {
  return { toolCallId, name, input, state: 'running' };
}

/** The code points after the known ones; none when the row was read before what is known. */
function newText(row: FollowedMessageRow, known: number): string[] {
  return [...row.growth].slice(Math.max(0, known - row.base));
}
