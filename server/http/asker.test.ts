import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { createLogger } from '../platform/logger.ts';
import { goneSignal } from './asker.ts';
import { installErrorHandler } from './error-handler.ts';

test('who leaves before their turn comes is no fault of the server', async () => {
  const lines: { level: number; msg: string }[] = [];
  const log = createLogger('trace', { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]) });
  const app = Fastify();
  installErrorHandler(app, log);
  app.get('/api/waits', async (_request, reply) => {
    const signal = goneSignal(reply);
    await once(signal, 'abort');
    signal.throwIfAborted();
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET /api/waits HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  await once(app.server, 'request');
  socket.destroy();
  await expect.poll(() => lines.map(({ msg }) => msg), { timeout: 30_000 }).toContain('whoever asked is gone');
  expect(lines.filter(({ level }) => level >= 40)).toEqual([]);
  await app.close();
});
