import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import * as z from 'zod';
import * as schema from '../../db/schema/index.ts';

// A backup is a .tar.gz: first backup.json, then database/<table>/<number> (lines of COPY's text format),
// workspaces/…, secrets/…, audit-anchor.json, and last complete.json, without which it is not one.

export const manifestName = 'backup.json';
export const completeName = 'complete.json';
export const anchorName = 'audit-anchor.json';

export const manifestSchema = z.object({
  format: z.literal(1),
  /** Of Pinchy. */
  version: z.string(),
  createdAt: z.iso.datetime(),
  schemaVersion: z.int(),
  /** In an order in which each table comes after those it refers to. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1) })),
  sequences: z.array(z.object({ name: z.string(), value: z.string().regex(/^\d+$/), called: z.boolean() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const completeSchema = z.object({ rows: z.record(z.string(), z.int()), files: z.int() });

/** The secrets of an installation: the environment's variable and the name below PINCHY_HOME/secrets. */
export const secretFiles = [
  { variable: 'ENCRYPTION_KEY', name: 'encryption-key' },
  { variable: 'BETTER_AUTH_SECRET', name: 'auth-secret' },
  { variable: 'AUDIT_HMAC_SECRET', name: 'audit-hmac-secret' },
] as const;

/**
 * Everyone signs in again after a restore, so that no session comes back that was ended since; sizes and sums of usage are
 * counted anew by the triggers as messages, uploads and records come in; documents are indexed anew; the rest is momentary.
 */
const leftOut = new Set([
  'sessions',
  'replicas',
  'rate_limits',
  'plugin_calls',
  'budget_reservations',
  'conversation_sizes',
  'personal_storage',
  'usage_hours',
  'usage_days',
  'usage_model_days',
  'knowledge_directories',
  'knowledge_blocks',
  'knowledge_documents',
  'knowledge_statistics',
  'knowledge_passages',
  'knowledge_postings',
  'knowledge_embedding_models',
  'knowledge_embeddings',
  'knowledge_vectors',
]);

/** Pinchy's own tables, each after those it refers to. */
export function listTables(): string[] {
  const waiting = new Map(
    Object.values(schema as Record<string, unknown>)
      .filter((value) => is(value, PgTable))
      .map((table) => {
        const { name, foreignKeys } = getTableConfig(table);
        const parents = foreignKeys.map((key) => getTableConfig(key.reference().foreignTable).name);
        return [name, parents.filter((parent) => parent !== name)] as const;
      }),
  );
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, parents]) => parents.every((parent) => !waiting.has(parent)));
    if (ready.length === 0) throw new Error(`These tables refer to each other: ${[...waiting.keys()].join(', ')}.`);
    for (const [name] of ready) {
      ordered.push(name);
      waiting.delete(name);
    }
  }
  return ordered;
}

/** Whether a backup keeps this table; earlier ones hold some that this version makes anew. */
export const isKept = (table: string): boolean => !leftOut.has(table);

export const tablesToCopy = (): string[] => listTables().filter(isKept);

/** Whether an entry's name is one that a backup can hold: nothing that leads out of its directory. */
export function isSafeName(name: string): boolean {
  if (name === manifestName || name === completeName || name === anchorName) return true;
  const [top, ...below] = name.split('/');
  if (below.length === 0 || below.some((part) => part === '' || part === '.' || part === '..' || part.includes('\0')))
    return false;
  if (top === 'database') return below.length === 2;
  if (top === 'secrets') return below.length === 1 && secretFiles.some((secret) => secret.name === below[0]);
  return top === 'workspaces';
}
