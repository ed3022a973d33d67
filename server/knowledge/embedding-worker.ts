import { parentPort, workerData } from 'node:worker_threads';
import { Client } from 'pg';
import { lowerOwnPriority } from '../platform/thread-priority.ts';
import { createEmbeddingModel } from '../providers/embeddings/create-embedding-model.ts';
import { embedMissing } from './semantic/embed-missing.ts';
import type {
  EmbeddingRequest,
  EmbeddingTarget,
  EmbeddingWorkerMessage,
  PricedTarget,
  TargetAnswer,
} from './semantic/messages.ts';

/** The entry of a worker thread that gives passages their vectors and then ends. Built as its own file. */

function tell(message: EmbeddingWorkerMessage): void {
  parentPort?.postMessage(message);
}

let questions = 0;
const waiting = new Map<number, (target: PricedTarget | undefined) => void>();

function findTarget(): Promise<PricedTarget | undefined> {
  const { promise, resolve } = Promise.withResolvers<PricedTarget | undefined>();
  const question = (questions += 1);
  waiting.set(question, resolve);
  tell({ question });
  return promise;
}

parentPort?.on('message', ({ question, target }: TargetAnswer) => {
  waiting.get(question)?.(target);
  waiting.delete(question);
});

const { databaseUrl, roots } = workerData as EmbeddingRequest;
lowerOwnPriority('background');
const client = new Client({ connectionString: databaseUrl, application_name: 'pinchy embedding', keepAlive: true });
// A connection that breaks fails the statement after it, which ends the pass.
client.on('error', () => {});
await client.connect();
try {
  await client.query(`set timezone = 'UTC'`);
  const openModel = ({ model, credential }: EmbeddingTarget) => createEmbeddingModel(model, credential, roots);
  tell({ summary: await embedMissing({ client, findTarget, openModel }) });
} finally {
  await client.end();
  parentPort?.close();
}
