import { existsSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ToolError } from '../tool.ts';
import { type ExtractAnswer, type ExtractedText, extractLimits } from './extract/document.ts';

/** Two at once, so that a flood of documents neither fills the memory nor starves the chat. */
const mostWorkers = 2;
const measureEveryMs = 50;
const waiting: (() => void)[] = [];
let running = 0;

/** A document, and how it is read. */
export interface ExtractBytesRequest {
  bytes: Uint8Array<ArrayBuffer>;
  kind: 'pdf' | 'archive';
  firstPage: number;
  /** What messages call it: a virtual path, or an address. */
  path: string;
  signal: AbortSignal;
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
  return inTurn(request.signal, async () => {
    const bytes = new Uint8Array(request.size);
    const { bytesRead } = await request.handle.read(bytes, 0, bytes.length, 0);
    return runWorker({ ...request, bytes: bytes.subarray(0, bytesRead) });
  });
}

/** The same for a document that is in memory already, which its bytes leave. */
export async function extractBytes(request: ExtractBytesRequest): Promise<ExtractedText> {
  return inTurn(request.signal, () => runWorker(request));
}

async function inTurn<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  await takeTurn(signal);
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function takeTurn(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  while (running >= mostWorkers) {
    await new Promise<void>((resolve) => {
      const leave = () => {
        const index = waiting.indexOf(proceed);
        if (index >= 0) waiting.splice(index, 1);
        resolve();
      };
      const proceed = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      waiting.push(proceed);
      signal.addEventListener('abort', leave, { once: true });
    });
    if (signal.aborted) {
      // Whoever is woken and leaves passes the turn on.
      if (running < mostWorkers) waiting.shift()?.();
      signal.throwIfAborted();
    }
  }
  running += 1;
}

function runWorker(request: ExtractBytesRequest): Promise<ExtractedText> {
  const { bytes } = request;
  const { promise, resolve, reject } = Promise.withResolvers<ExtractedText>();
  const hardTime = request.hardTime ?? extractLimits.hardTime;
  const worker = new Worker(workerFile(), {
    workerData: { kind: request.kind, bytes, firstPage: request.firstPage },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    // Nothing of the server's environment or flags reaches code that parses hostile input; its output is dropped.
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
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
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const reason = isMemory ? 'needs too much memory to read' : 'is damaged and cannot be read';
    reject(new ToolError(`${request.path} ${reason}.`, { cause: error }));
  });
  // The limits above are those of V8's heap; what a document inflates to lies outside of it.
  const measuring = setInterval(() => {
    worker.getHeapStatistics().then(
      ({ external_memory: held }) => {
        if (held > extractLimits.bufferBytes) reject(new ToolError(`${request.path} needs too much memory to read.`));
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

/** The worker beside this file: its source in development and tests, its own bundle beside or above the server's bundle. */
function workerFile(): string {
  const candidates = ['./extract-worker.ts', './extract-worker.js', '../extract-worker.js'];
  const files = candidates.map((name) => fileURLToPath(new URL(name, import.meta.url)));
  const file = files.find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw new Error('The worker that reads documents (extract-worker.js) is missing from the build.');
  return file;
}
