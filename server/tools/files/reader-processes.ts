import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { lowerPriority, startChild } from '../../platform/child-process.ts';
import { type ProcessUsage, readUsage } from '../../platform/process-usage.ts';
import { resourcePath } from '../../platform/resources.ts';
import { workerFile } from '../../platform/worker-file.ts';
import type { ExtractAnswer, ExtractRequest } from './extract/document.ts';

export interface ReadingLimits {
  /** MB of V8's heap. */
  heap: number;
  /** Bytes of the process altogether. */
  memory: number;
  /** Milliseconds of the processor, once somebody else waits. */
  processor: number;
}

/**
 * What a document may take that does not wait for its turn. A page of text takes a few milliseconds in a process that has read
 * one before.
 */
const outOfTurn: Omit<ReadingLimits, 'heap'> = { memory: 120 * 1024 * 1024, processor: 100 };

export interface ReadingJob {
  /** Whose document it is: a process sees those of one account only. */
  account: string;
  limits: ReadingLimits;
  /** Reads in a process that waits for more of its account, while all others may be at work. */
  isOutOfTurn?: boolean;
  isBackground: boolean;
  request: Omit<ExtractRequest, 'bytes'>;
  /** As many bytes as `size` says. */
  bytes: Readable;
  size: number;
  /** Milliseconds. */
  time: number;
  signal: AbortSignal;
  /** Whether somebody else waits for a process. */
  doOthersWait(): boolean;
}

/** Why a process ended, or was ended, before it had an answer. */
export type ReadingFault = 'memory' | 'time' | 'processor' | 'crash';

interface Reader {
  child: ChildProcess;
  account: string;
  limits: ReadingLimits;
  isBackground: boolean;
  /** Milliseconds of the processor that it took before its present document. */
  spent: number;
  documents: number;
  /** Bytes, after its latest document. */
  memory: number;
  /** When it began to wait for more, by `performance.now()`. */
  idleSince: number;
  isPrompt: boolean;
  isWorking: boolean;
  isOutOfTurn: boolean;
  idle?: NodeJS.Timeout;
}

/** As many as read at once in their turns; beside them one that is small may wait for more. */
const maxReaders = 2;
/** One that has nothing to do ends: an idle server has none. */
const idleMs = 10_000;
const measureEveryMs = 50;
/**
 * Milliseconds of the processor for one document, and for all of an account in a minute, a tenth of a core: what takes more
 * is none of the short documents that come as promptly as a click.
 */
const prompt = { document: 150, account: 6_000 };
/** Milliseconds of the processor that a process takes to start and to load a parser. */
const startMs = 450;
/** So long after a document that took long or ended its process, those of its account come behind the server from the start. */
const demandingForMs = 60_000;
/** A process is replaced after so many documents, so much of the processor or with so much memory. */
const maxDocuments = 200;
const maxSpent = 120_000;
const maxKept = 160 * 1024 * 1024;
/** Signals by which V8, or the system for it, ends a process that has no memory left. */
const memorySignals = new Set<NodeJS.Signals | null>(['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGKILL', 'SIGBUS']);

/** Where the reader's code is, for tests that put another one in its place. */
export const readerEntry = { file: () => workerFile(import.meta.url, 'extract-worker') };

const readers = new Set<Reader>();
const demanding = new LRUCache<string, true>({ max: 10_000, ttl: demandingForMs });
/** Milliseconds of the processor that the documents of an account have taken since the first of a minute. */
const spentLately = new LRUCache<string, number>({ max: 10_000, ttl: 60_000, noUpdateTTL: true });

/** Whether a short document of the account could be read at once, whoever else has theirs read. */
export const canReadOutOfTurn = (account: string, limits: ReadingLimits): boolean =>
  !demanding.has(account) &&
  [...readers].every((reader) => !reader.isWorking || (reader.account !== account && !reader.isOutOfTurn)) &&
  [...readers].some((reader) => isSpare(reader) && reader.account === account && reader.limits === limits);

/** Waits for more, of somebody who waits for it too, and is small enough to stay while others read. */
const isSpare = (reader: Reader): boolean =>
  !reader.isWorking && reader.isPrompt && !reader.isBackground && reader.memory < outOfTurn.memory;

/**
 * Has a process read a document: one that has read for this account before and waits for more, or a new one. Rejects with
 * `ReadingEnded` when it ended, or with the signal's reason.
 */
export async function readInProcess(job: ReadingJob): Promise<ExtractAnswer> {
  job.signal.throwIfAborted();
  const reader = findReader(job) ?? startReader(job);
  clearTimeout(reader.idle);
  reader.isWorking = true;
  reader.isOutOfTurn = job.isOutOfTurn === true;
  hold(reader, true);
  let isKept = false;
  try {
    const answer = await read(reader, job);
    isKept = 'result' in answer || answer.isUnderstood === true;
    return answer;
  } finally {
    reader.documents += 1;
    const usage = usageOf(reader);
    const spent = (usage?.processor ?? reader.spent) - reader.spent;
    spentLately.set(reader.account, (spentLately.get(reader.account) ?? 0) + spent);
    reader.isWorking = false;
    reader.isOutOfTurn = false;
    if (!isKept && !job.isBackground && !job.signal.aborted) demanding.set(reader.account, true);
    if (isKept && reader.documents < maxDocuments && isModest(usage)) keep(reader, usage);
    else end(reader);
  }
}

export class ReadingEnded extends Error {
  override name = 'ReadingEnded';
  readonly fault: ReadingFault;
  constructor(fault: ReadingFault) {
    super(`The process that read a document was ended: ${fault}.`);
    this.fault = fault;
  }
}

const isModest = (usage: ProcessUsage | undefined): boolean =>
  usage === undefined || (usage.memory < maxKept && usage.processor < maxSpent);

function findReader(job: ReadingJob): Reader | undefined {
  return [...readers].find(
    (reader) =>
      !reader.isWorking &&
      reader.account === job.account &&
      reader.limits === job.limits &&
      reader.isBackground === job.isBackground,
  );
}

function startReader({ account, limits, isBackground }: ReadingJob): Reader {
  if (isBackground) endIdleOf(account);
  makeRoom();
  // Where it is not known what a process takes, it comes behind from the start.
  const isPrompt = !isBackground && !demanding.has(account) && process.platform === 'linux';
  const child = startChild({
    file: readerEntry.file(),
    maxHeap: limits.heap,
    maxCpuSeconds: (maxSpent / 1_000) * 2,
    ...(!isPrompt && { priority: isBackground ? 'background' : 'awaited' }),
    mayRead: [resourcePath()],
  });
  const reader: Reader = {
    ...{ child, account, limits, isBackground, isPrompt },
    ...{ spent: 0, documents: 0, memory: 0, idleSince: 0, isWorking: false, isOutOfTurn: false },
  };
  readers.add(reader);
  child.once('exit', () => readers.delete(reader));
  return reader;
}

/** Nobody waits for what is read in the background: its account needs no other process beside it. */
function endIdleOf(account: string): void {
  for (const reader of readers) if (!reader.isWorking && reader.account === account) end(reader);
}

/** Ends what waits for more, but for the latest of the small ones and as many as the others leave room for. */
function makeRoom(): void {
  const idle = [...readers].filter((reader) => !reader.isWorking);
  idle.sort((one, other) => Number(isSpare(one)) - Number(isSpare(other)) || one.idleSince - other.idleSince);
  const room = () => maxReaders - 1 - [...readers].filter((reader) => !reader.isOutOfTurn).length;
  for (const reader of idle) {
    const isLast = reader === idle.at(-1);
    if (room() >= 0 || (isLast && isSpare(reader) && room() === -1)) return;
    end(reader);
  }
}

function keep(reader: Reader, usage: ProcessUsage | undefined): void {
  reader.spent = usage?.processor ?? 0;
  reader.memory = usage?.memory ?? 0;
  reader.idleSince = performance.now();
  hold(reader, false);
  reader.idle = setTimeout(() => end(reader), idleMs).unref();
}

/** @param spent milliseconds of the processor for its present document */
function isShort({ account, documents }: Reader, spent: number): boolean {
  const forDocument = prompt.document + (documents === 0 ? startMs : 0);
  return spent <= forDocument && (spentLately.get(account) ?? 0) + spent <= prompt.account;
}

/** A priority that was given up is not had back. */
function fallBehind(reader: Reader): void {
  if (!reader.isPrompt) return;
  reader.isPrompt = false;
  demanding.set(reader.account, true);
  lowerPriority(reader.child, 'awaited');
}

/** Ends early where the child has ended, which is told by itself. */
async function write(bytes: Readable, into: Writable): Promise<void> {
  for await (const chunk of bytes) {
    if (into.destroyed) return;
    await new Promise<void>((resolve) => into.write(chunk, () => resolve()));
  }
}

/** Whether the server's process stays for it. */
function hold({ child }: Reader, isHeld: boolean): void {
  const handles = [child, child.channel, child.stdin instanceof Socket ? child.stdin : undefined];
  for (const handle of handles) {
    if (isHeld) handle?.ref();
    else handle?.unref();
  }
}

function end(reader: Reader): void {
  clearTimeout(reader.idle);
  readers.delete(reader);
  reader.child.kill('SIGKILL');
}

const usageOf = ({ child }: Reader): ProcessUsage | undefined =>
  child.pid === undefined ? undefined : readUsage(child.pid);

async function read(reader: Reader, job: ReadingJob): Promise<ExtractAnswer> {
  const { child } = reader;
  const { signal, isOutOfTurn = false } = job;
  const limits = isOutOfTurn ? outOfTurn : job.limits;
  const { promise, resolve, reject } = Promise.withResolvers<ExtractAnswer>();
  const fail = (fault: ReadingFault) => reject(new ReadingEnded(fault));
  const onExit = (_code: number | null, by: NodeJS.Signals | null) => fail(memorySignals.has(by) ? 'memory' : 'crash');
  const onError = () => fail('crash');
  const onAbort = () => reject(signal.reason);
  const timer = setTimeout(() => fail('time'), job.time);
  // V8's limit does not hold what a document inflates to, nor what native code takes.
  const measuring = setInterval(() => {
    const usage = usageOf(reader);
    if (!usage) return;
    const spent = usage.processor - reader.spent;
    if (!isShort(reader, spent)) fallBehind(reader);
    if (usage.memory > limits.memory) fail('memory');
    if (spent > limits.processor && (isOutOfTurn || job.doOthersWait())) fail('processor');
  }, measureEveryMs);
  child.on('message', resolve).on('exit', onExit).on('error', onError);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (child.exitCode !== null || child.signalCode !== null || !child.stdin) throw new ReadingEnded('crash');
    child.send({ ...job.request, size: job.size }, () => {});
    void write(job.bytes, child.stdin).catch(reject);
    return await promise;
  } finally {
    clearTimeout(timer);
    clearInterval(measuring);
    child.off('message', resolve).off('exit', onExit).off('error', onError);
    signal.removeEventListener('abort', onAbort);
    job.bytes.destroy();
  }
}
