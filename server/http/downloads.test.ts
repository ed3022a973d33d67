import Fastify, { type FastifyInstance } from 'fastify';
import compress from '@fastify/compress';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLogger } from '../platform/logger.ts';
import { createDownloads } from './downloads.ts';
import { installErrorHandler } from './error-handler.ts';

let app: FastifyInstance;
let address: string;
const downloads = createDownloads(300);
let made = 0;
let ended = 0;
let aborted = 0;
let pauseMs = 0;

beforeAll(async () => {
  app = Fastify();
  installErrorHandler(app, createLogger('silent'));
  await app.register(compress, { global: true, threshold: 1024 });
  app.get('/:size', (request, reply) => {
    const { size } = request.params as { size: string };
    downloads.begin(reply, 'somebody').addEventListener('abort', () => (aborted += 1));
    async function* pieces() {
      try {
        for (let bytes = 0; bytes < Number(size); bytes += 65_536) {
          made += 65_536;
          if (pauseMs > 0) await sleep(pauseMs);
          yield Buffer.from(randomBytes(32_768).toString('hex'));
        }
      } finally {
        ended += 1;
      }
    }
    return reply.type('text/plain').send(Readable.from(pieces(), { objectMode: false }));
  });
  address = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app?.close());
beforeEach(() => void ([made, ended, aborted, pauseMs] = [0, 0, 0, 0]));

async function start(size: number, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const [answer] = (await once(get(`${address}/${size}`, { headers, agent: false }), 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  return answer;
}

async function lengthOf(answer: IncomingMessage): Promise<number> {
  let length = 0;
  for await (const chunk of answer) length += (chunk as Buffer).length;
  return length;
}

const huge = 1024 ** 3;

test.each<Record<string, string>>([{}, { 'accept-encoding': 'gzip' }])(
  'what nobody reads is ended, and most of it was never made',
  async (headers) => {
    const unread = [await start(huge, headers), await start(huge, headers), await start(huge, headers)];
    expect((await start(100_000)).statusCode).toBe(429);
    await expect.poll(() => [ended, aborted]).toEqual([3, 3]);
    expect(made).toBeLessThan(100 * 1024 ** 2);
    expect((await start(100_000)).statusCode).toBe(200);
    for (const answer of unread) answer.destroy();
  },
);

test('a reader who goes away ends it at once', async () => {
  const answer = await start(huge);
  answer.destroy();
  await expect.poll(() => [ended, aborted]).toEqual([1, 1]);
});

test('a slow reader and a slow server are waited for', async () => {
  const slow = await start(20 * 1024 ** 2);
  let length = 0;
  for await (const chunk of slow) {
    length += (chunk as Buffer).length;
    if (length % 1024 ** 2 < 65_536) await sleep(40);
  }
  expect(length).toBe(20 * 1024 ** 2);
  pauseMs = 700;
  expect(await lengthOf(await start(131_072))).toBe(131_072);
});
