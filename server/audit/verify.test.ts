import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentHmac, rowHmac } from './canonical.ts';
import { createTrailFixture, testKeys, type TrailFixture } from '../../test/trail-fixture.ts';

let trail: TrailFixture;
beforeEach(async () => {
  trail = await createTrailFixture();
});
afterEach(() => trail.close());

/** Three checkpoints of ten entries: 1–10, 11–20, 21–30. */
async function writeThirty(): Promise<void> {
  for (let checkpoint = 0; checkpoint < 3; checkpoint += 1) {
    await trail.append(10);
    await trail.seal();
  }
}

const sound = { valid: true, invalidIds: [], missing: [], problems: [] };

describe('verifying the trail', () => {
  it('finds nothing wrong with an empty trail or a sound one', async () => {
    expect(await trail.audit.verify()).toEqual({ ...sound, totalChecked: 0, sealedThrough: null, unsealed: 0 });
    await writeThirty();
    await trail.append(4);
    expect(await trail.audit.verify()).toEqual({ ...sound, totalChecked: 34, sealedThrough: 30, unsealed: 4 });
  });

  it.each([
    ["timestamp = timestamp + interval '1 millisecond'"],
    ["actor_type = 'user'"],
    ["actor_id = 'somebody else'"],
    ["event_type = 'agent.created'"],
    ["resource = 'agent:other'"],
    ["outcome = 'failure'"],
    ["error = ''"],
    [`detail = detail || '{"name": "Other"}'`],
    [`detail = detail || '{"more": null}'`],
    ["row_hmac = sha256('guess')"],
  ])('names an entry that was edited: %s', async (change) => {
    await writeThirty();
    await trail.append(1);
    await trail.tamper(`update audit_entries set ${change} where id in (15, 31)`);
    expect(await trail.audit.verify()).toMatchObject({ valid: false, invalidIds: [15, 31], missing: [], problems: [] });
  });

  it('counts entries that were deleted, and says since which one', async () => {
    await writeThirty();
    await trail.tamper('delete from audit_entries where id in (1, 2, 15, 19, 20, 21, 30)');
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      invalidIds: [],
      problems: [],
      missing: [
        { afterId: null, count: 2 },
        { afterId: 14, count: 1 },
        { afterId: 18, count: 3 },
        { afterId: 29, count: 1 },
      ],
    });
  });

  it('does not take the ids of rolled-back transactions for deleted entries', async () => {
    await trail.append(3);
    await trail.pool.query(`select nextval('audit_entries_id_seq') from generate_series(1, 50)`);
    await trail.append(3);
    await trail.seal();
    expect(await trail.audit.verify()).toMatchObject({ ...sound, totalChecked: 6 });
  });

  it('finds a tail that was cut off, with its checkpoints or without', async () => {
    await writeThirty();
    await trail.tamper('delete from audit_entries where id > 25');
    expect(await trail.audit.verify()).toMatchObject({ valid: false, missing: [{ afterId: 25, count: 5 }] });
    await trail.tamper('delete from audit_entries where id > 20; delete from audit_checkpoints where sequence = 3');
    const report = await trail.audit.verify();
    expect(report).toMatchObject({ valid: false, missing: [{ afterId: 20, count: 10 }] });
    expect(report.problems).toEqual(['The anchor outside the database knows 3 checkpoints; the database ends at 2.']);
  });

  it('finds a tail that was cut off although the trail went on and was sealed again', async () => {
    await writeThirty();
    await trail.tamper('delete from audit_entries where id > 20; delete from audit_checkpoints where sequence = 3');
    for (let more = 0; more < 3; more += 1) {
      await trail.append(2);
      await trail.seal();
    }
    const report = await trail.audit.verify();
    expect(report).toMatchObject({ valid: false, invalidIds: [], missing: [{ afterId: 20, count: 10 }] });
    expect(report.problems).toEqual(['Checkpoint 3 is not the one that was anchored outside the database.']);
  });

  it('finds a trail that was emptied, with its checkpoints or without', async () => {
    await writeThirty();
    await trail.tamper('truncate audit_entries');
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      totalChecked: 0,
      missing: [{ afterId: null, count: 30 }],
    });
    await trail.tamper('truncate audit_checkpoints');
    expect(await trail.audit.verify()).toMatchObject({ valid: false, missing: [{ afterId: null, count: 30 }] });
  });

  it('finds entries that were deleted together with a checkpoint in the middle', async () => {
    await writeThirty();
    await trail.tamper(
      'delete from audit_entries where id between 11 and 20; delete from audit_checkpoints where sequence = 2',
    );
    const report = await trail.audit.verify();
    expect(report).toMatchObject({ valid: false, missing: [{ afterId: 10, count: 10 }] });
    expect(report.problems).toEqual(['Checkpoint 2 is missing.']);
  });

  it('misses no entry when only a checkpoint is gone or was changed', async () => {
    await writeThirty();
    await trail.tamper('delete from audit_checkpoints where sequence = 1');
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      missing: [],
      problems: ['Checkpoint 1 is missing.'],
    });
    await trail.tamper(
      "update audit_checkpoints set ids = '{[11,15)}', count = 4 where sequence = 2; update audit_checkpoints set total = 31 where sequence = 3",
    );
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      missing: [],
      invalidIds: [],
      problems: [
        'Checkpoint 1 is missing.',
        'Checkpoint 2 was changed after it was sealed.',
        'Checkpoint 3 was changed after it was sealed.',
      ],
    });
  });

  it('finds a checkpoint made to fit what was deleted', async () => {
    await writeThirty();
    await trail.tamper(`
      delete from audit_entries where id = 20;
      update audit_checkpoints set ids = '{[11,20)}', count = 9, total = 19, last_id = 19 where sequence = 2`);
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      missing: [{ afterId: 10, count: 1 }],
      problems: ['Checkpoint 2 was changed after it was sealed.'],
    });
  });

  it('finds entries that changed places', async () => {
    await writeThirty();
    await trail.tamper(`
      update audit_entries set id = -id where id in (5, 25);
      update audit_entries set id = 30 + id where id < 0`);
    expect(await trail.audit.verify()).toMatchObject({ valid: false, invalidIds: [5, 25] });
  });

  it('finds entries that somebody without the key put in, copies of true ones as well', async () => {
    await trail.append(2);
    await trail.pool.query(`select nextval('audit_entries_id_seq') from generate_series(1, 5)`);
    await trail.append(2);
    await trail.seal();
    const copy = (id: number) => `
      insert into audit_entries (id, timestamp, actor_type, event_type, outcome, detail, commitments, key_id, row_hmac,
        transaction_id, epoch)
      select ${id}, timestamp, actor_type, event_type, outcome, detail, commitments, key_id, row_hmac, transaction_id,
        epoch from audit_entries where id = 1`;
    await trail.tamper(`${copy(4)}; ${copy(20)}`);
    expect(await trail.audit.verify()).toMatchObject({ valid: false, invalidIds: [4, 20], missing: [] });
    await trail.seal();
    expect(await trail.audit.verify()).toMatchObject({ valid: false, invalidIds: [4, 20], missing: [] });
  });

  it('finds a sealed entry that was signed anew, even with the true key', async () => {
    await writeThirty();
    const content = { timestamp: 0, actorType: 'system', actorId: null, eventType: 'agent.deleted', resource: null };
    const { id: keyId, secret } = testKeys.current;
    const forged = contentHmac(secret, {
      ...content,
      outcome: 'success',
      error: null,
      detail: '{}',
      keyId,
      commitments: '{}',
      carried: null,
    });
    const { rows } = await trail.pool.query(
      'select transaction_id::text, epoch::text from audit_entries where id = 15',
    );
    const placement = { id: 15, transactionId: rows[0].transaction_id, epoch: rows[0].epoch };
    await trail.tamper(`
      update audit_entries set timestamp = 'epoch', detail = '{}',
        row_hmac = '\\x${rowHmac(forged, placement).toString('hex')}' where id = 15`);
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      invalidIds: [],
      problems: ['The entries of checkpoint 2 are not those it sealed.'],
    });
  });

  it.each([["transaction_id = '1'"], ["transaction_id = '999999999'"], ['epoch = 1']])(
    'names an entry whose place in time was changed, and seals it all the same: %s',
    async (change) => {
      await writeThirty();
      await trail.append(1);
      await trail.tamper(`update audit_entries set ${change} where id in (15, 31)`);
      await trail.seal();
      expect(await trail.audit.verify()).toMatchObject({ valid: false, invalidIds: [15, 31], sealedThrough: 31 });
    },
  );

  it('tells a rotated key from tampering, and says which key it lacks', async () => {
    await trail.append(5);
    await trail.seal();
    const next = { id: 'key-2', secret: 'the second secret of the audit tests' };
    const rotated = trail.openReplica({ keys: { current: next, previous: [testKeys.current] } });
    await trail.db.transaction((tx) =>
      rotated.record(tx, { eventType: 'agent.deleted', actor: { type: 'system' }, detail: { name: 'x' } }),
    );
    for (let tries = 0; tries < 200 && (await rotated.sealPending()) === 0; tries += 1) await sleep(20);
    expect(await rotated.verify()).toMatchObject({ ...sound, totalChecked: 6, sealedThrough: 6 });
    const forgetful = trail.openReplica({ keys: { current: next } });
    expect(await forgetful.verify()).toMatchObject({
      valid: false,
      invalidIds: [],
      missing: [],
      problems: [
        'Checkpoint 1 is sealed with the key "key-1", which this server does not have.',
        '5 entries are signed with the key "key-1", which this server does not have.',
      ],
    });
    await trail.tamper("update audit_entries set key_id = 'key-2' where id = 2");
    expect(await rotated.verify()).toMatchObject({ valid: false, invalidIds: [2] });
  });

  it('verifies what lies in a range and nothing else', async () => {
    await writeThirty();
    await trail.tamper(
      `delete from audit_entries where id in (8, 12, 13); update audit_entries set error = 'x' where id in (5, 15, 25)`,
    );
    expect(await trail.audit.verify({ fromId: 12, toId: 20 })).toMatchObject({
      valid: false,
      totalChecked: 7,
      invalidIds: [15],
      missing: [{ afterId: 11, count: 2 }],
    });
    expect(await trail.audit.verify({ fromId: 16, toId: 24 })).toMatchObject({ ...sound, totalChecked: 9 });
    expect(await trail.audit.verify({ fromId: 8, toId: 8 })).toMatchObject({
      valid: false,
      missing: [{ afterId: 7, count: 1 }],
    });
    expect(await trail.audit.verify({ fromId: 20, toId: 10 })).toMatchObject({
      totalChecked: 0,
      invalidIds: [],
      missing: [],
    });
  });

  it('goes through more than one batch, reports its progress and can be stopped', async () => {
    await trail.append(4_500);
    await trail.seal();
    await trail.tamper('delete from audit_entries where id in (2000, 2001, 4500)');
    const progress: number[] = [];
    const report = await trail.audit.verify({ onProgress: (checked) => progress.push(checked) });
    expect(report.missing).toEqual([
      { afterId: 1999, count: 2 },
      { afterId: 4499, count: 1 },
    ]);
    expect(progress).toEqual([2000, 4000, 4497]);
    const stop = new AbortController();
    await expect(trail.audit.verify({ signal: stop.signal, onProgress: () => stop.abort() })).rejects.toThrow(
      'aborted',
    );
  });

  it('stays sound while entries are appended and sealed', async () => {
    await trail.append(500);
    let appending = true;
    const work = (async () => {
      while (appending) {
        await trail.append(20);
        await trail.audit.sealPending();
      }
    })();
    for (let round = 0; round < 20; round += 1) expect(await trail.audit.verify()).toMatchObject(sound);
    appending = false;
    await work;
  });
});
