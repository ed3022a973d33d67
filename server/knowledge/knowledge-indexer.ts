import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { startChild } from '../platform/child-process.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../platform/errors.ts';
import { DocumentGone, extractBytes, extractDocument } from '../tools/files/extract-document.ts';
import { OpenFailure } from '../tools/files/open-inside.ts';
import { ToolError } from '../tools/tool.ts';
import { createDirectoryWatch } from './directory-watch.ts';
import type {
  PassRequest,
  PassScope,
  PassSummary,
  ReadingAnswer,
  ReadingRequest,
  WorkerMessage,
} from './index/messages.ts';
import { openDocument } from './index/open-document.ts';
import { workerFile } from '../platform/worker-file.ts';

export interface KnowledgeIndexer {
  /** From now on changes below the data root are noticed and indexed. */
  start(): void;
  stop(): Promise<void>;
  /** Looks through everything, or these directories, as soon as what runs has ended. */
  request(scope: PassScope): void;
  /** Ends when a pass over everything has; for tests and benchmarks. */
  runPass(scope?: PassScope): Promise<PassSummary>;
}

/** What changes at once is looked at together, in milliseconds. */
const settleMs = 1_500;
/** Another process indexes, this one failed, or documents had to wait for those of people. */
const retryMs = 15_000;
/** Megabytes of V8's heap. */
const maxHeap = 224;
/** Seconds of the processor that a pass may take: a million documents, and no endless loop. */
const maxCpuSeconds = 7 * 24 * 60 * 60;
/** For a process to end by itself once it has told what it did, in milliseconds. */
const endMs = 3_000;
/** On whose account documents are read: nobody's. */
const indexAccount = 'knowledge index';

/**
 * Keeps the index as the directories are. Each pass is a process of its own, so that an idle server holds nothing of
 * it, and nothing that happens in it ends the server; documents are read in the queues that people's documents stand in.
 */
export function createKnowledgeIndexer(options: {
  databaseUrl: string;
  dataRoot: string;
  log: Logger;
  /** After each pass, which may have brought new passages. */
  onPass?: () => void;
}): KnowledgeIndexer {
  const { databaseUrl, dataRoot, log } = options;
  const stopping = new AbortController();
  const watch = createDirectoryWatch({ dataRoot, log, onChange: request });
  let wanted: Set<string> | 'all' | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> | undefined;

  function request(scope: PassScope): void {
    if (scope === 'all' || wanted === 'all') wanted = 'all';
    else wanted = new Set([...(wanted ?? []), ...scope]);
    plan(settleMs);
  }

  function plan(delay: number): void {
    if (stopping.signal.aborted || timer || running) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = runWanted().then((succeeded) => {
        running = undefined;
        if (wanted !== undefined) plan(succeeded ? settleMs : retryMs);
      });
    }, delay);
    timer.unref();
  }

  /** Returns whether there was a pass; otherwise it is wanted again. */
  async function runWanted(): Promise<boolean> {
    const scope = wanted === 'all' || wanted === undefined ? 'all' : [...wanted];
    wanted = undefined;
    try {
      const summary = await runPass(scope);
      if (!summary.hadLock) {
        request(scope);
        return false;
      }
      watch.watch(summary.directories);
      options.onPass?.();
      if (summary.read > 0) log.info({ ...summary, directories: summary.directories.length }, 'documents were indexed');
      if (summary.left === 0) return true;
      request([]);
      return false;
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ error }, 'indexing stopped and goes on later');
      request(scope);
      return false;
    }
  }

  function runPass(scope: PassScope = 'all'): Promise<PassSummary> {
    stopping.signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<PassSummary>();
    const ending = new AbortController();
    const child = startChild({
      ...{ file: workerFile(import.meta.url, 'index-worker'), maxHeap, maxCpuSeconds, priority: 'background' },
      // Documents are opened as descriptors, wherever they lie.
      mayRead: ['*'],
    });
    child.on('message', (message: WorkerMessage) => {
      if ('summary' in message) resolve(message.summary);
      else void answer(message.reading, ending.signal).then((reading) => child.send(reading, () => {}));
    });
    const ended = once(child, 'exit').then(
      () => reject(new Error('The process that indexes ended before its pass.')),
      reject,
    );
    child.send({ databaseUrl, dataRoot, scope } satisfies PassRequest, () => {});
    const onStop = () => reject(stopping.signal.reason);
    stopping.signal.addEventListener('abort', onStop, { once: true });
    return promise.finally(async () => {
      stopping.signal.removeEventListener('abort', onStop);
      ending.abort();
      if (!stopping.signal.aborted) await Promise.race([ended, sleep(endMs, undefined, { ref: false })]);
      child.kill('SIGKILL');
    });
  }

  /** Never throws. */
  async function answer({ id, ...reading }: ReadingRequest, signal: AbortSignal): Promise<ReadingAnswer> {
    try {
      return { id, result: await extract(reading, signal) };
    } catch (error) {
      const isBusy = error instanceof ToolError && error.cause instanceof AppError;
      const isGone = error instanceof OpenFailure || error instanceof DocumentGone;
      if (isBusy || isGone || signal.aborted) return { id, later: true };
      return { id, problem: error instanceof ToolError ? error.message.trim() : 'is damaged and cannot be read' };
    }
  }

  async function extract({ path, bytes, ...reading }: Omit<ReadingRequest, 'id'>, signal: AbortSignal) {
    const extraction = { ...reading, path: '', userId: indexAccount, signal, isBackground: true };
    if (bytes) return extractBytes({ ...extraction, bytes });
    const { handle, stats } = await openDocument(dataRoot, path, 'file');
    try {
      return await extractDocument({ ...extraction, handle, size: stats.size });
    } finally {
      await handle.close();
    }
  }

  return {
    start() {
      request('all');
      watch.start();
    },
    async stop() {
      stopping.abort(new Error('The server stops.'));
      clearTimeout(timer);
      watch.stop();
      await running;
    },
    request,
    runPass,
  };
}
