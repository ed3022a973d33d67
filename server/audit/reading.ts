import { sql } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import type { AuditActor } from '../../contract/audit-events.ts';
import type { WritableDatabase } from '../db/client.ts';
import type { RecordAudit } from './record.ts';

const hourMs = 60 * 60 * 1_000;

/** Records `audit.read` once per actor and hour, however many pages they turn and on however many replicas. */
export function createReadingRecorder(db: WritableDatabase, record: RecordAudit): (actor: AuditActor) => Promise<void> {
  const recorded = new LRUCache<string, true>({ max: 1_000 });

  return async function recordReading(actor) {
    const actorId = actor.type === 'system' ? null : actor.id;
    const key = `${actor.type}:${actorId}`;
    if (recorded.has(key)) return;
    const remainingMs = await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`audit.read ${key}`}, 0))`);
      const { rows } = await tx.execute<{ age: string }>(sql`
        select extract(epoch from clock_timestamp() - timestamp) * 1000 as age from audit_entries
        where event_type = 'audit.read' and actor_type = ${actor.type} and actor_id is not distinct from ${actorId}
          and timestamp > clock_timestamp() - interval '1 hour'
        order by timestamp desc, id desc limit 1`);
      if (rows[0]) return hourMs - Number(rows[0].age);
      await record(tx, { eventType: 'audit.read', actor, detail: {} });
      return hourMs;
    });
    if (remainingMs > 0) recorded.set(key, true, { ttl: Math.ceil(remainingMs) });
  };
}
