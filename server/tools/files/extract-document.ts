import type { FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { personKey } from '../../http/asker.ts';
import { AppError } from '../../platform/errors.ts';
import { createFairQueue } from '../../platform/fair-queue.ts';
import { ToolError } from '../tool.ts';
import { type DocumentKind, type ExtractAnswer, type ExtractedText, extractLimits } from './extract/document.ts';
import { workerFile } from '../../platform/worker-file.ts';

const measureEveryMs = 50;
const megabyte = 1024 * 1024;
/** MB of V8's heap beyond what a worker is to use, half of it for what it takes between two measurements. */
const heapReserve = 128;

/**
 * Two at once, so that a flood of documents neither fills the memory nor starves the chat; one of them for each person
 * at most. They take turns by size.
 */
export const documentQueue = createFairQueue({
  name: 'documents',
  running: 2,
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

/** Documents are read with this at first, and begun anew as heavy ones when it does not do. */
const quick = {
  /** Milliseconds of the processor, once somebody else waits: on a busy machine a page of text takes no more of it. */
  time: 1_500,
  /** MB of V8's heap. */
  heap: 192,
  /** Bytes outside of it. */
  buffers: 192 * 1024 * 1024,
};
const full = { time: Infinity, heap: 512, buffers: extractLimits.bufferBytes };
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
 * Turns a document into text in a worker thread of its own, with limits on memory and time: the event loop never waits for a
 * parser, and a runaway is terminated. Throws ToolError with the reason, or the signal's reason when aborted.
 */
export async function extractDocument(request: ExtractDocumentRequest): Promise<ExtractedText> {
  if (request.size > extractLimits.fileBytes) {
    throw new ToolError(
      `${request.path} has ${Math.ceil(request.size / 2 ** 20)} MB; documents can be read up to 50 MB.`,
    );
  }
  return inTurn(request, async () => {
    const bytes = new Uint8Array(request.size);
    const { bytesRead } = await request.handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  });
}

/** The same for a document that is in memory already. */
export async function extractBytes({ bytes, ...request }: ExtractBytesRequest): Promise<ExtractedText> {
  // Its own copy for each attempt: a worker takes the bytes away.
  return inTurn({ ...request, size: bytes.byteLength }, async () => new Uint8Array(bytes));
}

type Extraction = Omit<ExtractBytesRequest, 'bytes'> & { size: number };

async function inTurn(request: Extraction, read: () => Promise<Uint8Array<ArrayBuffer>>): Promise<ExtractedText> {
  const { signal, size } = request;
  const turn = { key: personKey(request.userId), signal };
  const weight = request.isBackground ? backgroundWeight : 1;
  const attempt = (limits: typeof quick) => async () => runWorker({ ...request, bytes: await read() }, limits);
  const inFull = () => heavyQueue.run(turn, () => documentQueue.run({ ...turn, cost: heavyCost }, attempt(full)));
  try {
    // Whatever is recognised takes seconds.
    if (request.recogniseScans === true) return await inFull();
    try {
      return await documentQueue.run({ ...turn, cost: (1 + size / bytesPerCost) * weight }, attempt(quick));
    } catch (error) {
      if (!(error instanceof TooHeavy)) throw error;
      return await inFull();
    }
  } catch (error) {
    throw error instanceof AppError ? new ToolError(error.message, { cause: error }) : error;
  }
}

/** The document needs more than documents have at first. */
class TooHeavy extends Error {
  override name = 'TooHeavy';
}

function runWorker(request: ExtractBytesRequest, limits: typeof quick): Promise<ExtractedText> {
  const { bytes } = request;
  const { promise, resolve, reject } = Promise.withResolvers<ExtractedText>();
  const { recogniseScans = false } = request;
  const hardTime = request.hardTime ?? (recogniseScans ? extractLimits.recognitionTime : extractLimits.hardTime);
  const worker = new Worker(workerFile(import.meta.url, 'extract-worker'), {
    workerData: {
      kind: request.kind,
      bytes,
      firstPage: request.firstPage,
      isBackground: request.isBackground,
      recogniseScans,
    },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: limits.heap + heapReserve, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    // Nothing of the server's environment or flags reaches code that parses hostile input; its output is dropped.
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  const tooHeavy = (otherwise: string, cause?: Error) =>
    reject(limits === quick ? new TooHeavy() : new ToolError(`${request.path} ${otherwise}.`, { cause }));
  const timer = setTimeout(() => {
    reject(new ToolError(`${request.path} could not be read within ${Math.round(hardTime / 1000)} seconds.`));
  }, hardTime);
  const onAbort = () => reject(request.signal.reason);
  request.signal.addEventListener('abort', onAbort, { once: true });
  if (request.signal.aborted) onAbort();
  worker.on('message', (answer: ExtractAnswer) => {
    if ('result' in answer) resolve(answer.result);
    else reject(new ToolError(`${request.path} ${answer.problem}.`));
  });
  worker.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooHeavy(needsTooMuch, error);
    else reject(new ToolError(`${request.path} is damaged and cannot be read.`, { cause: error }));
  });
  // The limits above are those of V8's heap; what a document inflates to lies outside of it. And V8 ends the whole process when
  // one step of a parser goes far beyond its limit, so that the worker is ended before.
  const measuring = setInterval(() => {
    if (documentQueue.doOthersWait(personKey(request.userId))) {
      worker.cpuUsage().then(
        ({ user, system }) => {
          if ((user + system) / 1_000 > limits.time) reject(new TooHeavy());
        },
        () => {},
      );
    }
    worker.getHeapStatistics().then(
      ({ external_memory: held, used_heap_size: used }) => {
        if (held > limits.buffers || used > (limits.heap + heapReserve / 2) * megabyte) tooHeavy(needsTooMuch);
      },
      () => {}, // It has ended meanwhile.
    );
  }, measureEveryMs);
  worker.on('exit', () => reject(new ToolError(`${request.path} is damaged and cannot be read.`)));
  return promise.finally(async () => {
    clearTimeout(timer);
    clearInterval(measuring);
    request.signal.removeEventListener('abort', onAbort);
    await worker.terminate();
  });
}

const needsTooMuch = 'needs too much memory to read';
