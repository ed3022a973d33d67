import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectDatabase } from '../db/client.ts';
import { createTrailFixture, type TrailFixture } from '../../test/trail-fixture.ts';

let trail: TrailFixture;
beforeEach(async () => {
  trail = await createTrailFixture();
});
afterEach(() => trail.close());

const countReadings = async () => (await trail.audit.list({ page: 1, limit: 1, eventType: 'audit.read' })).total;

describe('recording who reads the trail', () => {
  it('happens once per actor and hour, however often and on however many servers they read', async () => {
    const second = connectDatabase(trail.url);
    const other = trail.openReplica({ db: second.db });
    const ada = { type: 'user', id: 'ada' } as const;
    const bob = { type: 'user', id: 'bob' } as const;
    await Promise.all([trail.audit, other].flatMap((audit) => [1, 2, 3, 4].map(() => audit.recordReading(ada))));
    expect(await countReadings()).toBe(1);
    await other.recordReading(bob);
    expect(await countReadings()).toBe(2);
    await trail.tamper(`update audit_entries set timestamp = now() - interval '61 minutes'`);
    await trail.openReplica({}).recordReading(ada);
    expect(await countReadings()).toBe(3);
    await second.close();
  });
});

describe('the integrity check', () => {
  it('records that all is well', async () => {
    await trail.append(3);
    expect(await trail.audit.integrityCheck()).toMatchObject({ valid: true, totalChecked: 3 });
    const { entries } = await trail.audit.list({ page: 1, limit: 1 });
    expect(entries[0]).toMatchObject({
      eventType: 'audit.integrity_check',
      actorType: 'system',
      outcome: 'success',
      detail: { valid: true, totalChecked: 3, invalid: 0, missing: 0 },
    });
  });

  it('is loud about a violation', async () => {
    await trail.append(5);
    await trail.seal();
    await trail.tamper(
      `update audit_entries set outcome = 'failure' where id = 2; delete from audit_entries where id = 4`,
    );
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await trail.audit.integrityCheck();
      expect(stderr).toHaveBeenCalledWith(expect.stringContaining('AUDIT TRAIL VIOLATED: 1 changed, 1 missing'));
    } finally {
      stderr.mockRestore();
    }
    expect(trail.logged).toContainEqual(expect.objectContaining({ level: 50, invalidIds: [2] }));
    const { entries } = await trail.audit.list({ page: 1, limit: 1 });
    expect(entries[0]).toMatchObject({ outcome: 'failure', detail: { valid: false, invalid: 1, missing: 1 } });
  });
});

describe('what was last found', () => {
  const verified = (valid: boolean, totalChecked: number) =>
    trail.db.transaction((tx) =>
      trail.audit.record(tx, {
        eventType: 'audit.verified',
        actor: { type: 'user', id: 'ada' },
        outcome: valid ? 'success' : 'failure',
        detail: { valid, totalChecked },
      }),
    );
  const found = async () => (await trail.audit.status()).lastCheck?.valid;

  it('is what an admin found, before the first check in the background', async () => {
    await trail.append(3);
    await verified(false, 3);
    expect(await found()).toBe(false);
  });

  it('stays what an admin found wrong in a part, until the whole was found well', async () => {
    await trail.append(3);
    await trail.audit.integrityCheck();
    expect(await found()).toBe(true);
    await verified(false, 1);
    expect(await found()).toBe(false);
    await verified(true, 1);
    expect(await found()).toBe(false);
    await verified(true, 5);
    expect(await found()).toBe(true);
  });

  it('is what the check in the background found, whatever part an admin finds well after it', async () => {
    await trail.append(3);
    await trail.seal();
    await trail.tamper(`update audit_entries set outcome = 'failure' where id = 2`);
    await trail.audit.integrityCheck();
    await verified(true, 1);
    expect(await found()).toBe(false);
  });
});

describe('the export', () => {
  it('has every entry that matches, newest first, in more than one batch', async () => {
    await trail.append(1_205);
    await trail.audit.recordReading({ type: 'user', id: '=HYPERLINK("https://evil.example")' });
    const csv = await text(trail.audit.exportCsv({}));
    const rows = parse(csv, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];
    expect(rows.map(({ id }) => Number(id))).toEqual(Array.from({ length: 1_206 }, (_, index) => 1_206 - index));
    expect(rows[0]).toMatchObject({ eventType: 'audit.read', actorId: `'=HYPERLINK("https://evil.example")` });
    expect(JSON.parse(rows[1]?.['detail'] ?? '')).toEqual({ name: 'Agent 1204' });
    const filtered = parse(await text(trail.audit.exportCsv({ eventType: 'audit.read' })), {
      record_delimiter: '\r\n',
    });
    expect(filtered).toHaveLength(2);
    // A thousand transactions, beside whatever else the machine does.
  }, 60_000);
});
