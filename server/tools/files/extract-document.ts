import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { LRUCache } from 'lru-cache';
import { personKey } from '../../http/asker.ts';
import { AppError } from '../../platform/errors.ts';
import { createFairQueue } from '../../platform/fair-queue.ts';
import { machineMemory } from '../../platform/machine-memory.ts';
import { ToolError } from '../tool.ts';
import { type DocumentKind, type ExtractedText, extractLimits } from './extract/document.ts';
import { canReadOutOfTurn, readInProcess, ReadingEnded, type ReadingLimits } from './reader-processes.ts';

const megabyte = 1024 * 1024;
const chunkBytes = megabyte;
const lookEveryMs = 1_000;

const readingAtOnce = 2;
/**
 * Two at once, so that a flood of documents neither fills the memory nor starves the chat; one of them for each person
 * at most. They take turns by size.
 */
export const documentQueue = createFairQueue({
  name: 'documents',
  running: readingAtOnce,
  runningPerKey: 1,
  waitingPerKey: 20,
  waiting: 200,
  refusal: 'Too many documents are being read at the moment. Try again in a moment.',
});

/** Documents that turned out heavy have one of the workers at most, whoever they belong to. */
export const heavyQueue = createFairQueue({
  name: 'heavy documents',
  running: 1,
  waitingPerKey: 20,
  waiting: 200,
  refusal: 'Too many large documents are being read at the moment. Try again in a moment.',
});

/**
 * What documents are read with: `quick` at first, and `full` for those that are begun anew as heavy ones when it does not do.
 * On a busy machine a page of text takes no more of the processor. Both together leave a server of 1 GiB more than half.
 */
export function readingLimits(machineBytes: number): { quick: ReadingLimits; full: ReadingLimits } {
  const share = (part: number, least: number, most: number) =>
    Math.round(Math.min(most, Math.max(least, (machineBytes / megabyte) * part)));
  const [quickMemory, fullMemory] = [share(0.17, 160, 384), share(0.28, 256, 704)];
  return {
    quick: { processor: 700, heap: Math.min(192, quickMemory), memory: quickMemory * megabyte },
    full: { processor: Infinity, heap: Math.min(512, fullMemory), memory: fullMemory * megabyte },
  };
}
const { quick, full } = readingLimits(machineMemory());
/** What nobody waits for ends as soon as somebody does, and is begun anew another time. */
const yielding: ReadingLimits = { ...full, processor: 0 };
/** In the lowest share of a busy machine the same takes longer. */
const backgroundPatience = 5;
/** So long after a heavy document of somebody's, their next ones are taken for heavy too. */
const heavyForMs = 30_000;
/**
 * The accounts of those people. Tries in vain, one after the other, would keep those with light documents waiting as long as
 * the heavy ones themselves.
 */
const hadHeavy = new LRUCache<string, true>({ max: 10_000, ttl: heavyForMs });
/** Of a heavy document, or of an attempt in vain; a page costs 1. */
const heavyCost = 10;
/** A document that nobody waits for costs as much as so many. */
const backgroundWeight = 4;
/** So many bytes cost as much as reading a page does anyway. */
const bytesPerCost = 2 * 1024 * 1024;

/** A document, and how it is read. */
export interface ExtractBytesRequest {
  bytes: Uint8Array<ArrayBuffer>;
  kind: DocumentKind;
  firstPage: number;
  /** Scans are read too, as far as the time allows. */
  recogniseScans?: boolean;
  /** For whom: each person has their turn. */
  userId: string;
  /** What messages call it: a virtual path, or an address. */
  path: string;
  signal: AbortSignal;
  /** Nobody waits for it: people come first. */
  isBackground?: boolean;
  /** Milliseconds; tests shorten it. */
  hardTime?: number;
}

export interface ExtractDocumentRequest extends Omit<ExtractBytesRequest, 'bytes'> {
  handle: FileHandle;
  /** Bytes, of the opened file. */
  size: number;
}

/**
 * Turns a document into text in a process of its own kind, with limits on memory and time: the event loop never waits for a
 * parser, and whatever becomes of the process, the server lives. Throws ToolError with the reason, or the signal's reason
 * when aborted.
 */
export async function extractDocument(request: ExtractDocumentRequest): Promise<ExtractedText> {
  const { handle, size, path } = request;
  if (size > extractLimits.fileBytes) {
    throw new ToolError(`${path} has ${Math.ceil(size / 2 ** 20)} MB; documents can be read up to 50 MB.`);
  }
  const open = () => Readable.from(chunksOf(handle, size), { objectMode: false });
  return whileThere(request, (signal) => inTurn({ ...request, signal, open }));
}

/** It is not where it was opened any more. */
export class DocumentGone extends ToolError {}

/** A document that is removed or replaced meanwhile is not read any further, nor waited for. */
async function whileThere<Value>(
  { handle, path, signal }: ExtractDocumentRequest,
  read: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const gone = new AbortController();
  const looking = setInterval(() => {
    const missing = handle.stat().then(
      (stats) => stats.nlink === 0,
      () => false,
    );
    void missing.then((isMissing) => {
      if (isMissing) gone.abort(new DocumentGone(`${path} was removed while it was read.`));
    });
  }, lookEveryMs).unref();
  try {
    return await read(AbortSignal.any([signal, gone.signal]));
  } finally {
    clearInterval(looking);
  }
}

/** As many bytes as the file had; a file that has shrunk meanwhile ends in zeros. */
async function* chunksOf(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let position = 0; position < size;) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, size - position));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    const length = bytesRead === 0 ? chunk.length : bytesRead;
    yield chunk.subarray(0, length);
    position += length;
  }
}

/** The same for a document that is in memory already. */
export async function extractBytes({ bytes, ...request }: ExtractBytesRequest): Promise<ExtractedText> {
  return inTurn({ ...request, size: bytes.byteLength, open: () => Readable.from([bytes], { objectMode: false }) });
}

type Source = Omit<ExtractBytesRequest, 'bytes'> & { size: number; open: () => Readable };

async function inTurn(request: Source): Promise<ExtractedText> {
  const { signal, size } = request;
  const turn = { key: personKey(request.userId), signal };
  const weight = request.isBackground ? backgroundWeight : 1;
  const attempt = (limits: ReadingLimits) => () => run(request, limits);
  // What waits for its turn learns from what was read meanwhile.
  const attemptLight = () => {
    if (hadHeavy.has(turn.key)) throw new TooHeavy();
    return run(request, quick);
  };
  const inFull = () => {
    const limits = request.isBackground ? yielding : full;
    const heavyTurn = { ...turn, cost: weight };
    return heavyQueue.run(heavyTurn, () => documentQueue.run({ ...turn, cost: heavyCost * weight }, attempt(limits)));
  };
  try {
    // Whatever is recognised takes seconds.
    if (request.recogniseScans === true || hadHeavy.has(turn.key)) return await inFull();
    const prompt = await readOutOfTurn(request);
    if (prompt) return prompt;
    try {
      return await documentQueue.run({ ...turn, cost: (1 + size / bytesPerCost) * weight }, attemptLight);
    } catch (error) {
      if (!(error instanceof TooHeavy)) throw error;
      return await inFull();
    }
  } catch (error) {
    throw error instanceof AppError ? new ToolError(error.message, { cause: error }) : error;
  }
}

/**
 * A short document of somebody who has just had one read does not wait for other people's. Undefined when it has to take its
 * turn.
 */
async function readOutOfTurn(request: Source): Promise<ExtractedText | undefined> {
  const areAllBusy = documentQueue.running === readingAtOnce;
  if (!areAllBusy || request.isBackground || request.size > bytesPerCost) return undefined;
  if (!canReadOutOfTurn(personKey(request.userId), quick)) return undefined;
  try {
    return await run(request, quick, true);
  } catch (error) {
    if (error instanceof TooHeavy) return undefined;
    throw error;
  }
}

/** The document needs more than documents have at first. */
class TooHeavy extends Error {
  override name = 'TooHeavy';
}

async function run(request: Source, limits: ReadingLimits, isOutOfTurn = false): Promise<ExtractedText> {
  const { kind, firstPage, recogniseScans = false, isBackground = false, path, signal, size } = request;
  const account = personKey(request.userId);
  const usual = request.hardTime ?? (recogniseScans ? extractLimits.recognitionTime : extractLimits.hardTime);
  const time = isBackground ? usual * backgroundPatience : usual;
  const queue = limits === quick ? documentQueue : heavyQueue;
  try {
    const answer = await readInProcess({
      ...{ account, limits, isOutOfTurn, isBackground, size, time, signal, bytes: request.open() },
      request: { kind, firstPage, recogniseScans },
      doOthersWait: () => queue.doOthersWait(account),
    });
    if ('result' in answer) return answer.result;
    throw new ToolError(`${path} ${answer.problem}.`);
  } catch (error) {
    if (!(error instanceof ReadingEnded)) throw error;
    if (error.fault === 'time') {
      throw new ToolError(`${path} could not be read within ${Math.round(time / 1000)} seconds.`, { cause: error });
    }
    if (limits === quick) {
      if (!isBackground && !isOutOfTurn) hadHeavy.set(account, true);
      throw new TooHeavy();
    }
    if (error.fault === 'processor')
      throw new AppError('rate_limited', 'Others wait for a document.', { cause: error });
    const problem = error.fault === 'crash' ? 'is damaged and cannot be read' : 'needs too much memory to read';
    throw new ToolError(`${path} ${problem}.`, { cause: error });
  }
}
