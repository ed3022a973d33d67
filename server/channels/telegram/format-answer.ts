import { Worker } from 'node:worker_threads';
import { createFairQueue } from '../../platform/fair-queue.ts';
import type { FormatAnswer, FormatRequest } from './format-worker.ts';
import { plainParts, type MessagePart } from './split-html.ts';
import { workerFile } from '../../platform/worker-file.ts';

/** Answers are formatted one at a time, each chat in its turn. */
export const formattingQueue = createFairQueue({
  name: 'telegram formatting',
  running: 1,
  waitingPerKey: 10,
  waiting: 1_000,
  refusal: 'Too many answers are being formatted at the moment. Try again in a moment.',
});

/** An installation without Telegram, or a quiet one, has no thread for it and none of the parser's 17 MB. */
const idleMs = 30_000;
/** Markdown is hostile input too: what takes longer is sent as it was written. */
const maxMs = 10_000;
/** Characters; longer answers come as they were written: V8 ends the whole process when a parser goes far beyond its heap. */
const maxFormatted = 500_000;
/** So many characters cost as much as starting does. */
const charactersPerCost = 2_000;

/** Makes Markdown into messages, in a thread of its own. */
export interface AnswerFormatter {
  /** Never throws but the signal's reason. */
  format(markdown: string, turn: { key: string; signal: AbortSignal }): Promise<MessagePart[]>;
  close(): Promise<void>;
}

export function createAnswerFormatter(): AnswerFormatter {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    clearTimeout(idle);
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  }

  async function ask(markdown: string): Promise<MessagePart[]> {
    clearTimeout(idle);
    worker ??= startWorker();
    const asked = worker;
    const { promise, resolve, reject } = Promise.withResolvers<MessagePart[]>();
    const answer = (message: FormatAnswer) => resolve(message.parts);
    const fail = () => reject(new Error('The answer could not be formatted.'));
    const timer = setTimeout(fail, maxMs);
    asked.on('message', answer).on('error', fail).on('exit', fail);
    try {
      asked.postMessage({ markdown } satisfies FormatRequest);
      return await promise;
    } catch (error) {
      await end();
      throw error;
    } finally {
      clearTimeout(timer);
      asked.off('message', answer).off('error', fail).off('exit', fail);
      idle = setTimeout(() => void end(), idleMs).unref();
    }
  }

  return {
    async format(markdown, { key, signal }) {
      if (markdown.length > maxFormatted) return plainParts(markdown);
      if (markdown === '') return [];
      const turn = { key, signal, cost: 1 + markdown.length / charactersPerCost };
      try {
        return await formattingQueue.run(turn, () => ask(markdown));
      } catch (error) {
        if (signal.aborted) throw error;
        return plainParts(markdown);
      }
    },
    close: end,
  };
}

function startWorker(): Worker {
  const worker = new Worker(workerFile(import.meta.url, 'format-worker'), {
    resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
    // Nothing of the server's environment or flags reaches code that parses hostile input; its output is dropped.
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  worker.unref();
  // Without a listener an error would end the process; whoever waits hears of it.
  return worker.on('error', () => {});
}
