import { once } from 'node:events';
import { Client } from 'pg';
import type { PassRequest, ReadingAnswer, ReadingRequest, WorkerMessage } from './index/messages.ts';
import { runPass } from './index/run-pass.ts';

/** The entry of a process that does one pass of indexing and then ends. Built as its own file. */

function tell(message: WorkerMessage): void {
  process.send?.(message);
}

let questions = 0;
const waiting = new Map<number, (answer: ReadingAnswer) => void>();

function extract(request: Omit<ReadingRequest, 'id'>): Promise<ReadingAnswer> {
  const { promise, resolve } = Promise.withResolvers<ReadingAnswer>();
  const id = (questions += 1);
  waiting.set(id, resolve);
  tell({ reading: { id, ...request } });
  return promise;
}

// Its connection, and with it the lock, ends with it.
process.on('disconnect', () => process.exit());
const [request] = (await once(process, 'message')) as [PassRequest];
process.on('message', (answer: ReadingAnswer) => {
  waiting.get(answer.id)?.(answer);
  waiting.delete(answer.id);
});

const { databaseUrl, dataRoot, scope } = request;
const client = new Client({ connectionString: databaseUrl, application_name: 'pinchy index', keepAlive: true });
// A connection that breaks fails the statement after it, which ends the pass.
client.on('error', () => {});
await client.connect();
try {
  await client.query(`set timezone = 'UTC'`);
  tell({ summary: await runPass({ client, dataRoot, scope, extract }) });
} finally {
  await client.end();
  process.disconnect();
}
