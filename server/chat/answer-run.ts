import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentRuntime, RunRequest, RuntimeEvent } from '../runtime/agent-runtime.ts';
import type { Logger } from '../platform/logger.ts';
import { ChatError } from './chat-error.ts';
import type { AbortCause, LiveRun } from './live-run.ts';
import { RunLost, type RunOutcome, type RunStore } from './run-store.ts';

/** How often a write is tried again while the database is away, in milliseconds: about half a minute in all. */
const retryDelays = [50, 200, 500, 1_000, 2_000, 4_000, 8_000, 15_000];

export interface AnswerOptions {
  runtime: AgentRuntime;
  store: RunStore;
  log: Logger;
  buildRequest: (live: LiveRun) => Promise<RunRequest>;
  /** The sockets that follow are about to be told that the answer broke off. */
  onInterrupted: () => void;
}

/** Lets the runtime answer and tells everyone; ends with exactly one `complete`. Never throws. */
export async function answerRun(live: LiveRun, options: AnswerOptions): Promise<void> {
  const { store, log } = options;
  live.think();
  const outcome = await produce(live, options);
  const message = live.sealMessage();
  let lost = outcome.state === 'aborted' && outcome.cause === 'lost';
  try {
    if (!lost) await persistently(() => store.finish(live, message, outcome));
  } catch (error) {
    if (!(error instanceof RunLost)) log.error({ error, runId: live.runId }, 'the end of a run could not be stored');
    lost = true;
  }
  live.messageStored(undefined);
  // What was deleted with its conversation has not failed anybody.
  const isDeleted = lost && !(await store.hasConversation(live).catch(() => true));
  const failure = isDeleted ? undefined : failureOf(outcome, lost);
  if (failure === interruption) options.onInterrupted();
  live.complete(failure);
}

/** Tries again while the database is away. @throws RunLost, or the last error */
export async function persistently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const delay of retryDelays) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RunLost) throw error;
      // The conversation's row is gone, and everything below it.
      if (databaseCode(error) === '23503') throw new RunLost('The conversation was deleted.');
      if (!isConnectionFault(error)) throw error;
      await sleep(delay);
    }
  }
  return work();
}

function databaseCode(error: unknown): string | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = (current as NodeJS.ErrnoException).code;
    if (code !== undefined) return code;
  }
  return undefined;
}

function isConnectionFault(error: unknown): boolean {
  const code = databaseCode(error);
  // Connection, shutdown and resource faults, deadlocks; without a code: the connection broke under the query.
  return code === undefined || /^(08|53|57P|40)/.test(code) || /^E[A-Z]+$/.test(code);
}

async function produce(live: LiveRun, options: AnswerOptions): Promise<RunOutcome> {
  const { runtime, log } = options;
  try {
    const request = await options.buildRequest(live);
    let outcome: RunOutcome | undefined;
    const state = { steps: 0, model: request.model };
    for await (const event of untilAborted(runtime.run(request, live.signal), live.signal)) {
      if (live.signal.aborted) break;
      outcome = await take(live, event, state, options);
      if (outcome) break;
    }
    if (live.abortCause) return endOfAborted(live.abortCause);
    if (outcome) return outcome;
    throw new Error('The runtime ended without saying how.');
  } catch (error) {
    if (error instanceof RunLost) live.abort('lost');
    if (live.abortCause) return endOfAborted(live.abortCause);
    if (error instanceof ChatError) return { state: 'failed', error };
    log.error({ error, runId: live.runId }, 'a run failed');
    const sentence = 'Something went wrong on the server while answering. Try again.';
    return { state: 'failed', error: new ChatError('internal', sentence, true) };
  }
}

function endOfAborted(cause: AbortCause): RunOutcome {
  if (cause !== 'revoked') return { state: 'aborted', cause };
  return { state: 'failed', error: new ChatError('not_found', 'You cannot use this agent any more.') };
}

/** Returns how the run ended, once it has. */
async function take(
  live: LiveRun,
  event: RuntimeEvent,
  state: { steps: number; model: string },
  { store }: AnswerOptions,
): Promise<RunOutcome | undefined> {
  switch (event.type) {
    case 'text-delta':
      live.addText(event.text);
      return undefined;
    case 'tool-start':
      live.startTool(event);
      return undefined;
    case 'tool-end':
      live.endTool(event);
      return undefined;
    case 'tool-approval':
      live.awaitApproval(event);
      return undefined;
    case 'step-end': {
      state.steps += 1;
      state.model = event.model;
      const message = live.sealMessage();
      live.messageStored(
        await persistently(() => store.storeStep(live, message, { ...event.usage, model: event.model })),
      );
      return undefined;
    }
    case 'compacted':
      await persistently(() => store.storeSummary(live, event));
      return undefined;
    case 'finish':
      return { state: 'completed', ...state };
    case 'error':
      return { state: 'failed', error: new ChatError(event.code, event.message, event.retryable) };
  }
}

/** Ends at once on an abort, also when the runtime does not; what it says later is not heard any more. */
async function* untilAborted<Value>(source: AsyncIterable<Value>, signal: AbortSignal): AsyncGenerator<Value> {
  const iterator = source[Symbol.asyncIterator]();
  let stop = () => {};
  const onAbort = () => stop();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal.aborted) {
      const next = await new Promise<IteratorResult<Value> | undefined>((resolve, reject) => {
        stop = () => resolve(undefined);
        iterator.next().then(resolve, reject);
      });
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    iterator.return?.(undefined).catch(() => undefined);
  }
}

function failureOf(outcome: RunOutcome, lost: boolean) {
  if (outcome.state === 'failed') {
    const { code, message, retryable } = outcome.error;
    return { code, message, retryable };
  }
  // One that the user stopped has not failed them.
  if (outcome.state === 'aborted') return outcome.cause === 'user' ? undefined : interruption;
  return lost ? interruption : undefined;
}

export const interruption = {
  code: 'interrupted',
  message: 'The server stopped while it was answering. Ask again to get the whole answer.',
  retryable: true,
} as const;
