import type { Failure, MessageUsage } from '../../../contract/socket.ts';
import type { AgentRuntime, RunRequest, RuntimeEvent } from '../../runtime/agent-runtime.ts';
import { explainDatabaseFault } from '../../db/database-fault.ts';
import type { Logger } from '../../platform/logger.ts';
import type { Precedence } from '../../platform/precedence.ts';
import { awaitApprovals, type AwaitApprovalsOptions } from './await-approvals.ts';
import { ChatError } from '../chat-error.ts';
import { agentStopped } from '../require-agent.ts';
import type { AbortCause, LiveMessage, LiveRun } from './live-run.ts';
import { persistently } from './persistently.ts';
import { RunLost, type RunStore } from './run-store.ts';
import { interruption } from '../conversations/interruption.ts';
import { unknownOutcome } from '../../tools/tool-gate.ts';
import { finishReasonOf, type RunOutcome, type RunProgress, type StoredStep } from './run-outcome.ts';

export interface AnswerOptions extends Pick<AwaitApprovalsOptions, 'tools' | 'pollMs'> {
  runtime: AgentRuntime;
  store: RunStore;
  log: Logger;
  buildRequest: (live: LiveRun) => Promise<RunRequest>;
  beginUrgent: Precedence['begin'];
  /** The sockets that follow are about to be told that the answer broke off. */
  onInterrupted: () => void;
  /** It is whole, and stored. */
  onAnswered: () => void;
  /** Of a run that waits already. */
  progress?: RunProgress | undefined;
}

/** Lets the runtime answer and tells everyone; ends with exactly one `complete`, wherever the run ends. Never throws. */
export async function answerRun(live: LiveRun, options: AnswerOptions): Promise<void> {
  const { store, log } = options;
  if (!options.progress) live.think();
  const outcome = await produce(live, options);
  if (outcome === 'released') return live.release();
  const message = live.endMessage();
  await cite(message, store).catch((error: unknown) => log.warn({ error }, 'the sources of an answer were not found'));
  let lost = outcome.state === 'aborted' && outcome.cause === 'lost';
  let usage: MessageUsage | null = null;
  try {
    if (!lost) usage = await persistently(() => store.finish(live, message, outcome));
  } catch (error) {
    if (!(error instanceof RunLost)) log.error({ error, runId: live.runId }, 'the end of a run could not be stored');
    lost = true;
  }
  if (lost) await store.chargeLost(live);
  store.forget(live);
  live.unended = lost;
  live.messageStored(lost ? undefined : { usage, finishReason: finishReasonOf(outcome) });
  // What was deleted with its conversation has not failed anybody.
  const isDeleted = lost && !(await store.hasConversation(live).catch(() => true));
  const failure = isDeleted ? undefined : failureOf(outcome, lost);
  if (failure === interruption) options.onInterrupted();
  live.complete(failure);
  if (!lost && outcome.state === 'completed') options.onAnswered();
}

/** `released`: the run waits for a person, and another process goes on with it. */
async function produce(live: LiveRun, options: AnswerOptions): Promise<RunOutcome | 'released'> {
  const { log, store } = options;
  const progress = { steps: 0, continuation: undefined, ...options.progress };
  let isWaiting = options.progress !== undefined;
  try {
    for (;;) {
      if (isWaiting) {
        await awaitApprovals(live, options);
        if (live.abortCause) break;
        await resumeAfterApproval(live, store);
      }
      const outcome = await runOnce(live, progress, options);
      if (outcome !== 'waiting') return outcome;
      isWaiting = true;
    }
  } catch (error) {
    if (error instanceof RunLost) live.abort('lost');
    else if (!live.abortCause) {
      if (error instanceof ChatError) return { state: 'failed', error };
      log.error({ error, runId: live.runId }, 'a run failed');
      const sentence = explainDatabaseFault(error) ?? 'Something went wrong on the server while answering. Try again.';
      return { state: 'failed', error: new ChatError('internal', sentence, true) };
    }
  }
  const cause = live.abortCause ?? 'lost';
  // A run that waits survives its process. One that was lost is someone else's, unless it was deleted.
  if (cause === 'shutdown' && live.message?.usage) return 'released';
  if (cause === 'lost' && live.message?.usage && (await store.hasConversation(live).catch(() => true)))
    return 'released';
  return outcomeOfAbort(cause);
}

/** Every call of the step has its outcome now. */
async function resumeAfterApproval(live: LiveRun, store: RunStore): Promise<void> {
  const message = live.endMessage();
  await cite(message, store);
  if (message) await persistently(() => store.storeDecided(live, message));
  live.messageStored({ usage: message?.usage ?? null, finishReason: 'stop' });
  live.think();
}

/** Finds what an ended message rests on. */
async function cite(message: LiveMessage | undefined, store: RunStore): Promise<void> {
  if (message) message.sources = await persistently(() => store.findSources(message));
}

interface Progress extends RunProgress {
  model?: string;
  /** The step whose calls wait. */
  held?: StoredStep | undefined;
}

/** Lets the runtime answer until the run ends or waits. */
async function runOnce(live: LiveRun, progress: Progress, options: AnswerOptions): Promise<RunOutcome | 'waiting'> {
  const endUrgent = options.beginUrgent();
  // By then the model is asked.
  const asked = () => setImmediate(endUrgent);
  const built = await options.buildRequest(live).finally(asked);
  const request = { ...built, stepsUsed: progress.steps };
  if (progress.continuation !== undefined) request.continuation = progress.continuation;
  progress.model = request.model;
  live.writeBy(null);
  for await (const event of untilAborted(options.runtime.run(request, live.signal), live.signal)) {
    if (live.signal.aborted) break;
    const outcome = await applyEvent(live, event, progress, options);
    if (outcome) return outcome;
  }
  if (live.abortCause) return outcomeOfAbort(live.abortCause);
  throw new Error('The runtime ended without saying how.');
}

function outcomeOfAbort(cause: AbortCause): RunOutcome {
  if (cause === 'stopped') return { state: 'failed', error: agentStopped() };
  if (cause !== 'revoked') return { state: 'aborted', cause };
  return { state: 'failed', error: new ChatError('not_found', 'You cannot use this agent any more.') };
}

/** Returns how the run ended, or that it waits, once it does. */
async function applyEvent(
  live: LiveRun,
  event: RuntimeEvent,
  progress: Progress,
  { store }: AnswerOptions,
): Promise<RunOutcome | 'waiting' | undefined> {
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
      await showWaiting(live, event, store);
      return undefined;
    case 'step-end': {
      progress.steps += 1;
      progress.model = event.model;
      const step = { ...event.usage, model: event.model, number: progress.steps };
      if (live.openCalls().some((call) => call.state === 'approval')) {
        progress.held = step;
        return undefined;
      }
      const finishReason = event.reason ?? 'stop';
      // Cut off before its first word, the answer is not nothing: it says what happened.
      if (finishReason !== 'stop' && finishReason !== 'error') live.requireMessage();
      if (event.isLast) {
        const { steps, model } = progress;
        return { state: 'completed', steps, model, reason: finishReason, lastStep: step };
      }
      const message = live.endMessage();
      await cite(message, store);
      const usage = await persistently(() => store.storeStep(live, message, { ...step, finishReason }));
      live.messageStored({ usage, finishReason });
      return undefined;
    }
    case 'fallback':
      await persistently(() => store.storeFallback(live, event));
      live.writeBy(event.fallbackModel);
      return undefined;
    case 'compacted':
      await persistently(() => store.storeSummary(live, event));
      return undefined;
    case 'finish':
      if (event.reason === 'approval') return wait(live, progress, event.continuation, store);
      return { state: 'completed', steps: progress.steps, model: progress.model ?? '', reason: event.reason };
    case 'error':
      return { state: 'failed', error: new ChatError(event.code, event.message, event.retryable, event.details) };
  }
}

/** A runtime may be another program: what a person is shown is what the tool gate stored, and nothing that stands between. */
async function showWaiting(
  live: LiveRun,
  { toolCallId, approvalId }: Extract<RuntimeEvent, { type: 'tool-approval' }>,
  store: RunStore,
): Promise<void> {
  const approvals = await persistently(() => store.listApprovals(live));
  const approval = approvals.find(({ id }) => id === approvalId);
  if (approval) live.awaitApproval(toolCallId, approval);
  else live.endTool({ toolCallId, ...unknownOutcome });
}

async function wait(live: LiveRun, progress: Progress, continuation: unknown, store: RunStore): Promise<'waiting'> {
  const message = live.holdMessage();
  const step = progress.held;
  if (!message || !step) throw new Error('The runtime waits for an approval that it did not name.');
  message.usage = await persistently(() => store.storeWaiting(live, message, { ...step, continuation }));
  message.stored = { inserted: true, seq: message.seq, length: message.content.length, toolsChanged: true };
  progress.held = undefined;
  progress.continuation = continuation ?? undefined;
  return 'waiting';
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

function failureOf(outcome: RunOutcome, lost: boolean): Failure | undefined {
  if (outcome.state === 'failed') {
    const { code, message, retryable, details } = outcome.error;
    return { code, message, retryable, ...(details && { details }) };
  }
  // One that the user stopped has not failed them.
  if (outcome.state === 'aborted') return outcome.cause === 'user' ? undefined : interruption;
  return lost ? interruption : undefined;
}
