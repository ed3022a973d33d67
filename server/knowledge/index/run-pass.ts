import type { Client } from 'pg';
import { analysisVersion } from '../analysis/analyser.ts';
import { indexPending } from './index-pending.ts';
import { createIndexWriter } from './index-writer.ts';
import { lookThrough } from './look-through.ts';
import { mergeBlocks } from './merge-blocks.ts';
import type { PassScope, PassSummary } from './messages.ts';
import type { Extract } from './read-document.ts';

/** Any constant would do, as long as every replica uses the same. */
const indexingLock = 7_464_249_141;

/**
 * Looks through directories and indexes what is new, changed, moved or gone. One process at a time does; the lock is the
 * connection's, so it ends with it. Whatever stops a pass, the next one goes on where it was.
 */
export async function runPass(options: {
  client: Client;
  dataRoot: string;
  scope: PassScope;
  extract: Extract;
}): Promise<PassSummary> {
  const { client, dataRoot, scope, extract } = options;
  const counts = { read: 0, unreadable: 0, passages: 0, left: 0 };
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [indexingLock]);
  if (rows[0]?.taken !== true) return { hadLock: false, ...counts, directories: [] };
  await markOutdated(client);
  await lookThrough(client, dataRoot, scope);
  const work = { client, dataRoot, extract, writer: createIndexWriter(client), counts };
  await indexPending(work);
  await client.query(
    'delete from knowledge_blocks as block where not exists (select from knowledge_documents where block_id = block.id)',
  );
  await mergeBlocks(client);
  await client.query('update knowledge_directories set indexed_at = now() where $1::text[] is null or path = any($1)', [
    scope === 'all' ? null : scope,
  ]);
  const directories = await client.query<{ path: string }>('select path from knowledge_directories order by path');
  return { hadLock: true, ...counts, directories: directories.rows.map((row) => row.path) };
}

/** What another version of the analysis made is made anew, from the text that is stored. */
async function markOutdated(client: Client): Promise<void> {
  await client.query(
    `update knowledge_documents set state = 'stale', attempts = 0 where state = 'indexed'
      and block_id in (select id from knowledge_blocks where version <> $1)`,
    [analysisVersion],
  );
}
