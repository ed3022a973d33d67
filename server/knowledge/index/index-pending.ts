import type { Client } from 'pg';
import type { Passage } from '../passages/split-passages.ts';
import type { IndexWriter } from './index-writer.ts';
import { mergeBlocks } from './merge-blocks.ts';
import { type Extract, maxPassages, openForReading } from './read-document.ts';
import { recogniseLanguage } from './recognise-language.ts';

/** Reading it ended the process so often that it is left alone until it changes. */
const maxAttempts = 5;
const batchSize = 1_000;

interface PendingDocument {
  id: string;
  path: string;
  name: string;
  state: 'pending' | 'stale';
  digest: string | null;
  language: string | null;
  attempts: number;
}

export interface PassCounts {
  read: number;
  unreadable: number;
  passages: number;
  /** Documents that had to wait for those of people: the next pass reads them. */
  left: number;
}

interface Work {
  client: Client;
  dataRoot: string;
  extract: Extract;
  writer: IndexWriter;
  counts: PassCounts;
}

/** Indexes whatever waits for it, directory by directory, so that what lies together stands together. */
export async function indexPending(work: Work): Promise<void> {
  const { client, writer } = work;
  /** Whatever is left for the next pass is not asked for again in this one. */
  let latest = '';
  for (;;) {
    const { rows } = await client.query<PendingDocument>(
      `select document.id, directory.path || '/' || document.name as path, document.name, state, digest, language, attempts
        from knowledge_documents document join knowledge_directories directory on directory.id = directory_id
        where state <> 'indexed' and state in ('pending', 'stale') and (directory.path || '/' || document.name) > $1
        order by 2 limit $2`,
      [latest, batchSize],
    );
    for (const document of rows) {
      await indexDocument(document, work);
      latest = document.path;
    }
    if (rows.length === 0) break;
    await mergeBlocks(client);
  }
  await writer.flush();
}

async function indexDocument(document: PendingDocument, work: Work): Promise<void> {
  const { client, dataRoot, extract, writer, counts } = work;
  const { id, path, name } = document;
  if (document.state === 'stale') {
    const passages = await storedPassages(client, id);
    await writer.add({ id, name, language: document.language ?? 'none', passages, digest: undefined });
    return;
  }
  if (document.attempts >= maxAttempts) {
    const reason = 'Indexing it has stopped the server more than once. Save it as another format.';
    await markUnreadable(client, id, { code: 'failed', reason });
    return;
  }
  await client.query('update knowledge_documents set attempts = attempts + 1 where id = $1', [id]);
  const file = await openForReading(dataRoot, path, extract);
  // It vanished since the directory was looked at, which the next look will notice.
  if (file === undefined) return;
  if ('code' in file) {
    counts.unreadable += 1;
    await markUnreadable(client, id, file);
    return;
  }
  try {
    const { digest } = file;
    if (await keepsContent(client, document, digest)) return;
    const copy = await passagesOfCopy(client, id, digest);
    const reading = copy ? { passages: copy } : await file.read();
    if (reading === 'later') {
      counts.left += 1;
      await client.query('update knowledge_documents set attempts = attempts - 1 where id = $1', [id]);
      return;
    }
    if ('code' in reading) {
      counts.unreadable += 1;
      await markUnreadable(client, id, reading);
      return;
    }
    const passages = reading.passages.slice(0, maxPassages);
    const language = await recogniseLanguage(passages.map((passage) => passage.text));
    await writer.add({ id, name, language, passages, digest });
    counts.read += 1;
    counts.passages += passages.length;
  } finally {
    await file.close();
  }
}

/** A file that was only touched, or whose former content came back, is not read again. */
async function keepsContent(client: Client, document: PendingDocument, digest: string): Promise<boolean> {
  if (document.digest !== digest) return false;
  const { rowCount } = await client.query(
    `update knowledge_documents set state = 'indexed', attempts = 0 where id = $1 and block_id is not null`,
    [document.id],
  );
  return rowCount === 1;
}

/** What was read of a file with the same bytes. */
async function passagesOfCopy(client: Client, id: string, digest: string): Promise<Passage[] | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `select id from knowledge_documents where digest = $1 and id <> $2 and state in ('indexed', 'stale') limit 1`,
    [digest, id],
  );
  return rows[0] && storedPassages(client, rows[0].id);
}

async function storedPassages(client: Client, id: string): Promise<Passage[]> {
  const { rows } = await client.query<Passage>(
    'select place, heading, content as text from knowledge_passages where document_id = $1 order by number',
    [id],
  );
  return rows;
}

async function markUnreadable(client: Client, id: string, why: { code: string; reason: string }): Promise<void> {
  await client.query('begin');
  await client.query('delete from knowledge_passages where document_id = $1', [id]);
  await client.query(
    `update knowledge_documents set state = 'unreadable', code = $2, reason = $3, block_id = null, passages = 0, words = 0,
      grams = 0, digest = null, indexed_at = now() where id = $1`,
    [id, why.code, why.reason],
  );
  await client.query('commit');
}
