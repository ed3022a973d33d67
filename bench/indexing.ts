import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pdfFixture, scannedPdfOf, textAt } from '../server/tools/files/pdf-fixtures.ts';
import type { BenchContext } from './bench-context.ts';
import { type ChatClient, openChat, timeFirstChunk } from './chat-client.ts';
import { makeSample } from './document-samples.ts';
import { writers } from './document-writers.ts';
import { median, percentile, type Result } from './result.ts';
import { readChildrenMemory, readMemory } from './server-process.ts';
import { createAgent, setStage, type Stage } from './stage.ts';

/** `INDEX_DOCUMENTS` names fewer for a quick look; a hundredth are scans. */
const documents = Number(process.env['INDEX_DOCUMENTS'] ?? 5_000);
const scans = Math.ceil(documents / 100);
const documentsPerDirectory = 100;
const calmMs = 15_000;
/** What is not indexed by then is left: the rate is of what is. */
const maxMs = 6 * 60_000;
const chatEveryMs = 250;

/**
 * Has a server index documents of all kinds in the background, and asks meanwhile how long others wait for the first words
 * of an answer, as against before.
 */
export async function benchIndexing(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const agent = await createAgent(stage, 'Bench');
  const [person] = await stage.createUsers(1);
  if (!person) throw new Error('There is nobody.');
  const chat = await openChat(stage.url, person.cookie);
  context.onEnd(async () => chat.close());
  await writeMixedDocuments(join(context.directory, 'coming'));

  await timeChats(chat, agent.id, () => false, calmMs / 3);
  const calm = await timeChats(chat, agent.id, () => false, calmMs);
  const serverBefore = readMemory(stage.server.pid).rss;
  const memory = { indexer: 0, server: 0 };
  const measuring = setInterval(() => {
    memory.indexer = Math.max(memory.indexer, readChildrenMemory(stage.server.pid, /index-worker|extract-worker/));
    memory.server = Math.max(memory.server, readMemory(stage.server.pid).rss);
  }, 250);
  const start = performance.now();
  await rename(join(context.directory, 'coming'), join(context.directory, 'data', 'mixed'));
  let progress = { done: 0, unreadable: 0, passages: 0 };
  const watching = (async () => {
    while (progress.done < documents && performance.now() - start < maxMs) {
      await sleep(1_000);
      progress = await readProgress(stage);
    }
  })();
  const meanwhile = await timeChats(chat, agent.id, () => progress.done >= documents, maxMs);
  await watching;
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(measuring);
  return [
    {
      name: 'indexing documents of all kinds in the background',
      value: progress.done / seconds,
      unit: '/s',
      note: `${progress.done} of ${documents} documents, ${scans} of them scans, ${progress.passages} passages in ${seconds.toFixed(0)} s`,
    },
    { name: 'documents that could not be read', value: progress.unreadable, unit: 'count', target: 0 },
    { name: 'memory of the processes that index and read, at most', value: memory.indexer, unit: 'MB', target: 400 },
    { name: 'memory of the server meanwhile, and before', value: memory.server, unit: 'MB', baseline: serverBefore },
    {
      name: 'first words of others meanwhile, p50, and before',
      value: median(meanwhile),
      unit: 'ms',
      baseline: median(calm),
      target: median(calm) * 1.5,
    },
    {
      name: 'the same, p95',
      value: percentile(meanwhile, 0.95),
      unit: 'ms',
      baseline: percentile(calm, 0.95),
    },
  ];
}

async function writeMixedDocuments(directory: string): Promise<void> {
  const kinds = Object.entries(writers);
  const scan = await pdfFixture('scan.jpg');
  for (let number = 0; number < documents; number += 1) {
    const place = join(directory, String(Math.floor(number / documentsPerDirectory)));
    if (number % documentsPerDirectory === 0) await mkdir(place, { recursive: true });
    if (number % 100 === 99) {
      const text = textAt([[20, 20, `Scan ${number}`, 8]]);
      await writeFile(join(place, `scan ${number}.pdf`), scannedPdfOf(scan, [{ text }]));
      continue;
    }
    const [ending, writer] = kinds[number % kinds.length] ?? [];
    if (!writer) continue;
    const sample = makeSample(number, { letters: !writer.isAscii });
    await writeFile(
      join(place, `document ${number}.${ending}`),
      writer.write({ ...sample, title: `${number} ${sample.title}` }),
    );
  }
}

async function readProgress(stage: Stage): Promise<{ done: number; unreadable: number; passages: number }> {
  const { rows } = await stage.database.query<{ done: number; unreadable: number; passages: number }>(
    `select count(*) filter (where state <> 'pending')::int as done,
      count(*) filter (where state = 'unreadable')::int as unreadable, coalesce(sum(passages), 0)::int as passages
     from knowledge_documents`,
  );
  return rows[0] ?? { done: 0, unreadable: 0, passages: 0 };
}

async function timeChats(chat: ChatClient, agentId: string, isOver: () => boolean, forMs: number): Promise<number[]> {
  const times: number[] = [];
  for (const end = performance.now() + forMs; performance.now() < end && !isOver(); await sleep(chatEveryMs)) {
    times.push(await timeFirstChunk(chat, agentId, `Question ${times.length}: how many days of holiday do we have?`));
  }
  return times;
}
