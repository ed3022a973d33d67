import { cp, readFile, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTrailFixture, type TrailFixture } from '../../test/trail-fixture.ts';

let trail: TrailFixture;
beforeEach(async () => {
  trail = await createTrailFixture();
});
afterEach(() => trail.close());

/** Three checkpoints of two entries. */
async function writeSix(): Promise<void> {
  for (let checkpoint = 0; checkpoint < 3; checkpoint += 1) {
    await trail.append(2);
    await trail.seal();
  }
}

const cutTail = 'delete from audit_entries where id > 4; delete from audit_checkpoints where sequence = 3';
const missing = /^The anchor outside the database is missing/;
const exists = () =>
  readFile(trail.anchorPath).then(
    () => true,
    () => false,
  );

const acknowledge = (server = trail.audit) =>
  trail.db.transaction(async (tx) => {
    const end = await server.findMissingAnchor();
    if (!end) throw new Error('The anchor is not missing.');
    const actor = { type: 'user', id: 'ada' } as const;
    await server.record(tx, { eventType: 'audit.anchor_acknowledged', actor, detail: end });
  });

describe('an anchor that is missing', () => {
  it('is a problem that stays, with the tail or without, also when the server starts anew', async () => {
    await writeSix();
    await rm(trail.anchorPath);
    expect((await trail.audit.verify()).problems).toEqual([expect.stringMatching(missing)]);
    await trail.tamper(cutTail);
    // This process remembers what it anchored.
    expect(await trail.audit.verify()).toMatchObject({ valid: false, missing: [{ afterId: 4, count: 2 }] });
    const restarted = trail.openReplica({});
    await restarted.open();
    await restarted.sealPending();
    expect(await restarted.verify()).toMatchObject({ valid: false, problems: [expect.stringMatching(missing)] });
    expect(await restarted.integrityCheck()).toMatchObject({ valid: false });
    expect(await restarted.status()).toMatchObject({ anchor: 'missing', lastCheck: { valid: false } });
    expect(await exists()).toBe(false);
    expect(trail.logged).toContainEqual(expect.objectContaining({ level: 50, msg: expect.stringMatching(missing) }));
  });

  it('is one as well when every checkpoint went with it, once people use the installation', async () => {
    await writeSix();
    await trail.pool.query(`insert into users (id, name, email) values (gen_random_uuid(), 'Ada', 'ada@example.com')`);
    await rm(trail.anchorPath);
    await trail.tamper('truncate audit_entries, audit_checkpoints');
    const restarted = trail.openReplica({});
    await restarted.open();
    expect((await restarted.verify()).problems).toEqual([expect.stringMatching(missing)]);
    await restarted.sealPending();
    expect(await exists()).toBe(false);
  });

  it('is begun anew once an admin acknowledged it, on every server that misses its own', async () => {
    await writeSix();
    const other = trail.openReplica({ anchorPath: `${trail.anchorPath}.other` });
    expect((await other.status()).anchor).toBe('missing');
    await rm(trail.anchorPath);
    expect((await trail.audit.status()).anchor).toBe('missing');
    await acknowledge();
    await trail.audit.acceptTrail();
    await trail.seal();
    await other.sealPending();
    for (const server of [trail.audit, other]) {
      expect(await server.verify()).toMatchObject({ valid: true, problems: [] });
      expect((await server.status()).anchor).toBe('holds');
    }
    // The next loss is another one.
    await rm(trail.anchorPath);
    const restarted = trail.openReplica({});
    await restarted.sealPending();
    expect((await restarted.status()).anchor).toBe('missing');
  });

  it('is not acknowledged by an entry that somebody without the key wrote, nor by a copy of a true one', async () => {
    await writeSix();
    await rm(trail.anchorPath);
    const restarted = trail.openReplica({});
    expect((await restarted.status()).anchor).toBe('missing');
    await trail.tamper(`insert into audit_entries (id, timestamp, actor_type, event_type, outcome, detail, commitments,
        key_id, row_hmac, transaction_id, epoch)
      select 50, now() + interval '1 hour', actor_type, 'audit.anchor_acknowledged', outcome, detail, commitments, key_id,
        row_hmac, transaction_id, epoch from audit_entries where id = 1`);
    await restarted.sealPending();
    expect((await restarted.status()).anchor).toBe('missing');
  });
});

describe('an anchor', () => {
  it('is there before anything is sealed, and grows with the trail', async () => {
    await trail.audit.open();
    expect(JSON.parse(await readFile(trail.anchorPath, 'utf8'))).toMatchObject({ sequence: 0, total: 0 });
    await writeSix();
    expect(JSON.parse(await readFile(trail.anchorPath, 'utf8'))).toMatchObject({ sequence: 3, total: 6 });
  });

  it('that somebody replaced by an older one is noticed while the server runs', async () => {
    await trail.append(2);
    await trail.seal();
    await cp(trail.anchorPath, `${trail.anchorPath}.old`);
    await trail.append(2);
    await trail.seal();
    await cp(`${trail.anchorPath}.old`, trail.anchorPath);
    await trail.tamper('delete from audit_entries where id > 2; delete from audit_checkpoints where sequence = 2');
    await trail.seal();
    expect(await trail.audit.verify()).toMatchObject({ valid: false, missing: [{ afterId: 2, count: 2 }] });
    expect((await trail.audit.status()).anchor).toBe('contradicted');
  });
});
