import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { createAuditTrail } from '../server/audit/audit-trail.ts';
import { canonicalJson, contentHmac } from '../server/audit/canonical.ts';
import { connectDatabase, type Database } from '../server/db/client.ts';

export interface Result {
  name: string;
  value: number;
  unit: string;
  /** The value to reach: at least, for rates; at most, for times and memory. */
  target?: number;
}

const key = { id: 'bench', secret: 'a secret for the benchmark of the trail' };

/** Measures the trail on an empty, migrated database of its own. `entries` is how long the trail gets. */
export async function benchAudit(databaseUrl: string, entries = 1_000_000): Promise<Result[]> {
  const { db, close } = connectDatabase(databaseUrl);
  const directory = await mkdtemp(join(tmpdir(), 'pinchy-bench-audit-'));
  try {
    const audit = createAuditTrail({
      db,
      keys: { current: key },
      redactionKey: 'a key for the hashes of addresses',
      anchorPath: join(directory, 'audit-anchor.json'),
      logger: pino({ level: 'silent' }),
    });
    const results: Result[] = [];
    const appends = 10_000;
    const appendMs = await measure(async () => {
      await Promise.all(
        Array.from({ length: 16 }, async () => {
          for (let index = 0; index < appends / 16; index += 1) {
            await db.transaction((tx) => audit.record(tx, sampleEvent(index)));
          }
        }),
      );
    });
    results.push({
      name: 'audit: appends, each in a transaction of its own',
      ...rate(appends, appendMs),
      target: 2_000,
    });

    await appendMany(db, entries - appends);
    await db.execute('vacuum analyze audit_entries');
    const sealMs = await measure(() => audit.sealPending());
    results.push({ name: 'audit: sealing', ...rate(entries, sealMs) });

    const memoryBefore = process.memoryUsage().rss;
    let memoryPeak = memoryBefore;
    let valid = false;
    const verifyMs = await measure(async () => {
      const report = await audit.verify({
        onProgress: () => (memoryPeak = Math.max(memoryPeak, process.memoryUsage().rss)),
      });
      valid = report.valid && report.totalChecked === entries;
    });
    if (!valid) throw new Error('The benchmark wrote a trail that does not verify.');
    results.push({ name: `audit: verifying ${entries} entries`, ...rate(entries, verifyMs), target: 50_000 });
    results.push({ name: 'audit: memory added by verifying', value: (memoryPeak - memoryBefore) / 1e6, unit: 'MB' });

    const pages = {
      'first page': { page: 1, limit: 50 },
      'first page of one event type': { page: 1, limit: 50, eventType: 'tool.pinchy_read' },
      'first page of failures': { page: 1, limit: 50, status: 'failure' as const },
      'first page of successes': { page: 1, limit: 50, status: 'success' as const },
      'first page of one day': { page: 1, limit: 50, from: '2026-01-03', to: '2026-01-03' },
      'a page in the middle': { page: Math.ceil(entries / 100), limit: 50 },
      'the last page': { page: Math.floor(entries / 50), limit: 50 },
    };
    for (const [name, query] of Object.entries(pages)) {
      const value = await median(() => audit.list(query));
      results.push({ name: `audit: ${name} of ${entries} entries`, value, unit: 'ms', target: 50 });
    }
    results.push({ name: 'audit: event types', value: await median(() => audit.eventTypes()), unit: 'ms', target: 50 });
    return results;
  } finally {
    await close();
    await rm(directory, { recursive: true, force: true });
  }
}

const agentId = randomUUID();
const sampleEvent = (index: number) => ({
  eventType: 'tool.pinchy_read' as const,
  actor: { type: 'agent' as const, id: agentId },
  resource: `agent:${agentId}`,
  detail: { runId: agentId, conversationId: agentId, durationMs: index, path: '/data/handbook/travel-policy.md' },
});

/** Fills the trail as `record` would, but thousands of entries in a statement: half of them tool calls, 1 in 50 failed. */
async function appendMany(db: Database, count: number): Promise<void> {
  const types = ['tool.pinchy_read', 'auth.login', 'tool.pinchy_read', 'run.completed'];
  const start = Date.parse('2026-01-01T00:00:00Z');
  for (let done = 0; done < count; done += 5_000) {
    const batch = Array.from({ length: Math.min(5_000, count - done) }, (_, index) => {
      const entry = {
        timestamp: start + (done + index) * 1_000,
        actorType: 'agent',
        actorId: agentId,
        eventType: types[index % types.length] ?? '',
        resource: `agent:${agentId}`,
        outcome: index % 50 === 0 ? 'failure' : 'success',
        error: null,
        detail: canonicalJson(sampleEvent(index).detail),
        keyId: key.id,
      };
      return { ...entry, timestamp: new Date(entry.timestamp).toISOString(), hmac: contentHmac(key.secret, entry) };
    });
    const column = (name: keyof (typeof batch)[number]) => sql.param(batch.map((entry) => entry[name]));
    await db.execute(sql`
      insert into audit_entries
        (id, timestamp, actor_type, actor_id, event_type, resource, outcome, detail, key_id, row_hmac)
      select id, timestamp, 'agent', ${agentId}, event_type, ${`agent:${agentId}`}, outcome, detail, ${key.id},
        sha256(hmac || int8send(id))
      from (
        select nextval('audit_entries_id_seq') as id, entry.* from unnest(
          ${column('timestamp')}::timestamptz[], ${column('eventType')}::text[], ${column('outcome')}::text[],
          ${column('detail')}::jsonb[], ${column('hmac')}::bytea[]
        ) as entry (timestamp, event_type, outcome, detail, hmac)
      ) as numbered`);
  }
}

async function measure(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 9; round += 1) times.push(await measure(work));
  return times.toSorted((left, right) => left - right)[4] ?? 0;
}

const rate = (count: number, milliseconds: number) => ({
  value: Math.round((count / milliseconds) * 1_000),
  unit: '/s',
});
