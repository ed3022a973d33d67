import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from '../platform/logger.ts';
import { workerFile } from '../platform/worker-file.ts';
import type { ProviderRoots } from '../providers/provider.ts';
import type {
  EmbeddingRequest,
  EmbeddingSummary,
  EmbeddingWorkerMessage,
  PricedTarget,
  TargetAnswer,
} from './semantic/messages.ts';

export interface Embedder {
  /** From now on passages without a vector get one, while an admin wants them to. */
  start(): void;
  stop(): Promise<void>;
  /** There may be passages without a vector. */
  request(): void;
  /** Another model was chosen, or its provider changed: what is being asked is not answered any more. */
  restart(): void;
  /** Ends when a pass has; for tests and benchmarks. */
  runPass(): Promise<EmbeddingSummary>;
}

const settleMs = 500;
/** Another process embeds, or this one failed. */
const retryMs = 30_000;
/** After a provider's fault the next pass comes later and later. */
const afterProblemMs = [60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000];
const maxHeap = 256;
const endMs = 3_000;

const nothing: EmbeddingSummary = { hadLock: true, embedded: 0, isOutdated: false, problem: undefined };

/** Has vectors made in a worker thread of its own, one pass at a time; an idle server holds nothing of it. */
export function createEmbedder(options: {
  databaseUrl: string;
  roots: ProviderRoots;
  findTarget(): Promise<PricedTarget | undefined>;
  log: Logger;
}): Embedder {
  const { databaseUrl, roots, findTarget, log } = options;
  const stopping = new AbortController();
  let restarting = new AbortController();
  let isStarted = false;
  let isWanted = false;
  let problems = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  function plan(delay: number): void {
    isWanted = true;
    if (!isStarted || stopping.signal.aborted || running) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isWanted = false;
      running = runPlanned().then((again) => {
        running = undefined;
        if (isWanted) plan(settleMs);
        else if (again !== undefined) plan(again);
      });
    }, delay);
    timer.unref();
  }

  /** Returns after how many milliseconds to try again. */
  async function runPlanned(): Promise<number | undefined> {
    try {
      const { embedded, hadLock, isOutdated, problem } = await runPass();
      if (embedded > 0) log.info({ embedded }, 'passages were embedded');
      if (problem !== undefined) {
        log.warn({ reason: problem }, 'embedding stopped and goes on later');
        return afterProblemMs[Math.min(problems++, afterProblemMs.length - 1)];
      }
      problems = 0;
      if (isOutdated) return settleMs;
      return hadLock ? undefined : retryMs;
    } catch (error) {
      if (stopping.signal.aborted) return undefined;
      if (restarting.signal.aborted) return settleMs;
      log.warn({ error }, 'embedding stopped and goes on later');
      return retryMs;
    }
  }

  async function runPass(): Promise<EmbeddingSummary> {
    stopping.signal.throwIfAborted();
    if ((await findTarget()) === undefined) return nothing;
    restarting = new AbortController();
    const ending = AbortSignal.any([stopping.signal, restarting.signal]);
    const { promise, resolve, reject } = Promise.withResolvers<EmbeddingSummary>();
    const workerData: EmbeddingRequest = { databaseUrl, roots };
    const worker = new Worker(workerFile(import.meta.url, 'embedding-worker'), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: maxHeap },
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    worker.on('message', (message: EmbeddingWorkerMessage) => {
      if ('summary' in message) resolve(message.summary);
      else findTarget().then((target) => answer({ question: message.question, target }), reject);
    });
    const answer = (message: TargetAnswer) => worker.postMessage(message);
    worker.on('error', reject);
    const ended = once(worker, 'exit').then(
      () => reject(new Error('The thread that embeds ended before its pass.')),
      reject,
    );
    const onEnd = () => reject(ending.reason);
    ending.addEventListener('abort', onEnd, { once: true });
    return promise.finally(async () => {
      ending.removeEventListener('abort', onEnd);
      if (!ending.aborted) await Promise.race([ended, sleep(endMs, undefined, { ref: false })]);
      await worker.terminate();
    });
  }

  return {
    start() {
      isStarted = true;
      plan(settleMs);
    },
    async stop() {
      stopping.abort(new Error('The server stops.'));
      clearTimeout(timer);
      await running;
    },
    request() {
      // After a provider's fault its time comes by itself.
      if (problems === 0) plan(settleMs);
    },
    restart() {
      problems = 0;
      restarting.abort(new Error('Another model was chosen.'));
      plan(settleMs);
    },
    runPass,
  };
}
