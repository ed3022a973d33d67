import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { type AuditTrail, createAuditTrail } from '../server/audit/audit-trail.ts';
import { canonicalJson, contentHmac, type Json } from '../server/audit/canonical.ts';
import { commitmentsTo } from '../server/audit/personal.ts';
import { separateEntry } from '../server/audit/record.ts';
import { connectDatabase, type Database, type WritableDatabase } from '../server/db/client.ts';
import { fingerprint } from '../server/platform/secrets.ts';
import type { BenchContext } from './bench-context.ts';
import { measure, type Result } from './result.ts';
import { readMemory } from './server-process.ts';
import { auditSecret, homeOf, setStage, type Stage, measureRounds } from './stage.ts';

const entries = 1_000_000;
const appends = 10_000;
const key = { id: fingerprint(auditSecret), secret: auditSecret };

/** The trail with a million entries: written by the trail's own code, then read and verified through a real server. */
export async function benchAudit(context: BenchContext): Promise<Result[]> {
  const databaseUrl = await context.createDatabase();
  const { db, close } = connectDatabase(databaseUrl);
  context.onEnd(close);
  await mkdir(homeOf(context), { recursive: true });
  const audit = createAuditTrail({
    db,
    keys: { current: key },
    redactionKey: 'a key for the hashes of addresses',
    anchorPath: join(homeOf(context), 'audit-anchor.json'),
    logger: pino({ level: 'silent' }),
  });
  const appendMs = await measureAppends(db, audit);
  const fillMs = await measure(() => appendMany(db, entries - appends));
  await db.execute('vacuum analyze audit_entries');
  const sealMs = await measure(() => audit.sealPending());
  console.log(`Filled ${entries} entries in ${(fillMs / 1_000).toFixed(0)} s`);
  const stage = await setStage(context, { databaseUrl });
  return [
    { name: 'audit: appends, 16 at once, each in a transaction of its own', ...rate(appends, appendMs), target: 2_000 },
    { name: 'audit: sealing', ...rate(entries, sealMs) },
    ...(await measureVerification(stage)),
    ...(await measureExport(stage)),
    ...(await measurePages(stage)),
  ];
}

function measureAppends(db: WritableDatabase, audit: AuditTrail): Promise<number> {
  return measure(() =>
    Promise.all(
      Array.from({ length: 16 }, async () => {
        for (let index = 0; index < appends / 16; index += 1) {
          await db.transaction((tx) => audit.record(tx, sampleEvent(index)));
        }
      }),
    ),
  );
}

async function measureVerification(stage: Stage): Promise<Result[]> {
  let report: { valid: boolean; totalChecked: number } | undefined;
  const { milliseconds, addedMemory } = await watchMemory(stage, async () => {
    report = await stage.request('GET', '/api/audit/verify');
  });
  if (!report?.valid || report.totalChecked < entries) {
    throw new Error(`The benchmark wrote a trail that does not verify: ${JSON.stringify(report).slice(0, 500)}`);
  }
  return [
    { name: 'audit: verifying a million entries', ...rate(report.totalChecked, milliseconds), target: 50_000 },
    { name: 'audit: memory that verifying adds to the server', value: addedMemory, unit: 'MB', target: 100 },
  ];
}

async function measureExport(stage: Stage): Promise<Result[]> {
  let bytes = 0;
  const { milliseconds, addedMemory } = await watchMemory(stage, async () => {
    const answer = await fetch(`${stage.url}/api/audit/export`, { headers: { cookie: stage.admin.cookie } });
    for await (const piece of answer.body ?? []) bytes += (piece as Uint8Array).length;
  });
  if (bytes < entries * 100) throw new Error(`The export has ${bytes} bytes only.`);
  return [
    { name: 'audit: exporting a million entries as CSV', ...rate(entries, milliseconds) },
    { name: 'audit: memory that exporting adds to the server', value: addedMemory, unit: 'MB', target: 100 },
  ];
}

async function measurePages(stage: Stage): Promise<Result[]> {
  const pages = {
    'first page': 'page=1',
    'first page of one event type': 'page=1&eventType=tool.pinchy_read',
    'first page of failures': 'page=1&status=failure',
    'first page of successes': 'page=1&status=success',
    'first page of one day': 'page=1&from=2026-01-03&to=2026-01-03',
    'a page in the middle': `page=${Math.ceil(entries / 100)}`,
    'the last page': `page=${Math.floor(entries / 50)}`,
  };
  const results: Result[] = [];
  for (const [name, query] of Object.entries(pages)) {
    const measured = await measureRounds(stage, 9, () => stage.request('GET', `/api/audit?limit=50&${query}`));
    results.push({ name: `audit: ${name} of a million entries`, ...measured, unit: 'ms', target: 50 });
  }
  const measured = await measureRounds(stage, 9, () => stage.request('GET', '/api/audit/event-types'));
  results.push({ name: 'audit: event types', ...measured, unit: 'ms', target: 50 });
  return results;
}

/** How long the work takes, and by how many MB the server grows meanwhile at most. */
async function watchMemory(stage: Stage, work: () => Promise<void>) {
  const read = () => (process.platform === 'linux' ? readMemory(stage.server.pid).rss : Number.NaN);
  const before = read();
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, read())), 50);
  const milliseconds = await measure(work).finally(() => clearInterval(timer));
  return { milliseconds, addedMemory: peak - before };
}

const agentId = randomUUID();
const sampleEvent = (index: number) => ({
  eventType: 'tool.pinchy_read' as const,
  actor: { type: 'agent' as const, id: agentId },
  resource: `agent:${agentId}`,
  detail: { runId: agentId, conversationId: agentId, durationMs: index, path: '/data/handbook/travel-policy.md' },
});

/** As the event would have it: a tool call names a file, a sign-in the address it came from, a run nothing personal. */
function sampleDetail(eventType: string, index: number): Json {
  if (eventType === 'auth.login') return { ipAddress: `192.0.2.${index % 250}` };
  if (eventType === 'run.completed') return { agentId, model: 'a-model', steps: index % 9, runtime: 'native' };
  return sampleEvent(index).detail;
}

/** Fills the trail as `record` would, but thousands of entries in a statement: half of them tool calls, 1 in 50 failed. */
async function appendMany(db: Database, count: number): Promise<void> {
  const types = ['tool.pinchy_read', 'auth.login', 'tool.pinchy_read', 'run.completed'];
  const start = Date.parse('2026-01-01T00:00:00Z');
  let written: Promise<unknown> = Promise.resolve();
  for (let done = 0; done < count; done += 5_000) {
    const batch = Array.from({ length: Math.min(5_000, count - done) }, (_, index) => {
      const eventType = types[index % types.length] ?? '';
      const sample = separateEntry(eventType, { error: null, detail: sampleDetail(eventType, index) });
      const entry = {
        timestamp: start + (done + index) * 1_000,
        actorType: 'agent',
        actorId: agentId,
        eventType,
        resource: `agent:${agentId}`,
        outcome: index % 50 === 0 ? 'failure' : 'success',
        error: null,
        detail: canonicalJson(sample.detail),
        commitments: canonicalJson(commitmentsTo(sample.values)),
        carried: null,
        keyId: key.id,
      };
      const [value] = sample.values;
      return {
        ...entry,
        timestamp: new Date(entry.timestamp).toISOString(),
        hmac: contentHmac(key.secret, entry),
        pointer: value?.pointer ?? null,
        value: value?.value ?? null,
        salt: value?.salt ?? null,
      };
    });
    const column = (name: keyof (typeof batch)[number]) => sql.param(batch.map((entry) => entry[name]));
    // PostgreSQL writes one batch while the next is signed.
    await written;
    // A query of Drizzle runs anew for each who waits for it; a promise does not.
    const insert = db.execute(sql`
      with numbered as materialized (
        select nextval('audit_entries_id_seq') as id, entry.* from unnest(
          ${column('timestamp')}::timestamptz[], ${column('eventType')}::text[], ${column('outcome')}::text[],
          ${column('detail')}::jsonb[], ${column('commitments')}::jsonb[], ${column('hmac')}::bytea[],
          ${column('pointer')}::text[], ${column('value')}::text[], ${column('salt')}::bytea[]
        ) as entry (timestamp, event_type, outcome, detail, commitments, hmac, pointer, value, salt)
      ), kept as (
        insert into audit_personal_values (entry_id, pointer, value, salt)
        select id, pointer, value, salt from numbered where pointer is not null
      )
      insert into audit_entries (id, timestamp, actor_type, actor_id, event_type, resource, outcome, detail, commitments,
        key_id, row_hmac, transaction_id, epoch)
      select id, timestamp, 'agent', ${agentId}, event_type, ${`agent:${agentId}`}, outcome, detail, commitments,
        ${key.id}, sha256(hmac || int8send(id) || xid8send(transaction_id) || int8send(system_identifier)),
        transaction_id, system_identifier
      from numbered, pg_control_system(), pg_current_xact_id() as transaction_id`);
    written = Promise.resolve(insert);
    written.catch(() => undefined);
  }
  await written;
}

const rate = (count: number, milliseconds: number) => ({
  value: Math.round((count / milliseconds) * 1_000),
  unit: '/s' as const,
});
