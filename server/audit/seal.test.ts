import { readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase } from '../db/client.ts';
import { createTrailFixture, testKeys, type TrailFixture } from '../../test/trail-fixture.ts';
import { sealBatch } from './seal.ts';

let trail: TrailFixture;
beforeEach(async () => {
  trail = await createTrailFixture();
});
afterEach(() => trail.close());

/** Every entry with the checkpoints that cover it. */
async function coverage() {
  const { rows } = await trail.db.execute<{ id: string; sequences: string[] | null }>(sql`
    select id, (select array_agg(sequence order by sequence) from audit_checkpoints where ids @> id) as sequences
    from audit_entries order by id`);
  return rows.map((row) => ({ id: Number(row.id), sequences: (row.sequences ?? []).map(Number) }));
}

const event = { eventType: 'agent.deleted', actor: { type: 'system' }, detail: { name: 'x' } } as const;

describe('sealing', () => {
  it('takes each entry exactly once while transactions of different length append and replicas seal', async () => {
    const second = connectDatabase(trail.url);
    const other = trail.replica({ db: second.db, anchorPath: `${trail.anchorPath}.other` });
    let appending = true;
    const sealing = [trail.audit, other].map(async (audit) => {
      while (appending) {
        await audit.sealPending();
        await sleep(3);
      }
    });
    await Promise.all(
      Array.from({ length: 10 }, async (_, writer) => {
        for (let index = 0; index < 40; index += 1) {
          await trail.db
            .transaction(async (tx) => {
              await trail.audit.record(tx, event);
              await sleep((writer * index * 7) % 23);
              await trail.audit.record(tx, event);
              if (index % 10 === 9) tx.rollback();
            })
            .catch(() => undefined);
        }
      }),
    );
    appending = false;
    await Promise.all(sealing);
    await trail.seal();
    const covered = await coverage();
    expect(covered).toHaveLength(10 * 36 * 2);
    expect(covered.filter(({ sequences }) => sequences.length !== 1)).toEqual([]);
    expect(await other.verify()).toMatchObject({ valid: true, totalChecked: 720, unsealed: 0, problems: [] });
    await second.close();
  });

  it('leaves an entry whose transaction is still open to a later checkpoint', async () => {
    let finish = () => {};
    const waiting = new Promise<void>((resolve) => (finish = resolve));
    let recorded = () => {};
    const ready = new Promise<void>((resolve) => (recorded = resolve));
    const open = trail.db.transaction(async (tx) => {
      await trail.audit.record(tx, event);
      recorded();
      await waiting;
    });
    await ready;
    await trail.append(3);
    expect(await trail.audit.sealPending()).toBe(0);
    expect(await trail.audit.verify()).toMatchObject({
      valid: true,
      totalChecked: 3,
      unsealed: 3,
      sealedThrough: null,
    });
    finish();
    await open;
    await trail.seal();
    expect(await trail.audit.verify()).toMatchObject({ valid: true, totalChecked: 4, unsealed: 0, sealedThrough: 4 });
  });

  it('goes on in the order of transaction ids, not of their digits', async () => {
    await trail.append(4);
    await trail.tamper(`update audit_entries set transaction_id = (array['9', '10', '99', '100'])[id]::xid8`);
    for (let sealed = 0, tries = 0; sealed < 4 && tries < 200; tries += 1) {
      sealed += (await sealBatch(trail.db, testKeys, { batchSize: 1 })).sealed;
    }
    expect(await coverage()).toEqual([1, 2, 3, 4].map((id) => ({ id, sequences: [id] })));
  });

  it('anchors the head in a file that only its owner can read, and in the log', async () => {
    await trail.append(2);
    await trail.seal();
    const anchor = JSON.parse(await readFile(trail.anchorPath, 'utf8'));
    expect(anchor).toMatchObject({ sequence: 1, total: 2, lastId: 2, seal: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect((await stat(trail.anchorPath)).mode & 0o777).toBe(0o600);
    expect(trail.logged).toContainEqual(expect.objectContaining({ msg: 'Audit trail sealed', seal: anchor.seal }));
  });

  it('never replaces an anchor that the database contradicts: it is the evidence', async () => {
    await trail.append(2);
    await trail.seal();
    const anchor = await readFile(trail.anchorPath, 'utf8');
    await trail.tamper('truncate audit_entries, audit_checkpoints');
    await trail.append(3);
    await trail.seal();
    expect(await readFile(trail.anchorPath, 'utf8')).toBe(anchor);
    expect(trail.logged).toContainEqual(expect.objectContaining({ level: 50, anchored: 1 }));
    expect(await trail.audit.verify()).toMatchObject({ valid: false });
    await trail.audit.acceptRestoredTrail();
    expect(await trail.audit.verify()).toMatchObject({ valid: true });
  });

  it('seals in the background and a last time when stopped', async () => {
    const sealing = trail.audit.startSealing({ intervalMs: 10 });
    await trail.append(1);
    await expect.poll(async () => (await coverage())[0]?.sequences, { timeout: 5_000 }).toEqual([1]);
    await sealing.stop();
    const last = trail.audit.startSealing({ intervalMs: 60_000 });
    await trail.append(1);
    // Others on this server may hold sealing back for a moment.
    await expect
      .poll(async () => {
        await last.stop();
        return (await coverage())[1]?.sequences;
      })
      .toEqual([2]);
  });

  it('reports once that entries have waited for minutes', async () => {
    await trail.append(1);
    await trail.tamper(
      `update audit_entries set timestamp = now() - interval '10 minutes', transaction_id = '999999999999'`,
    );
    const sealing = trail.audit.startSealing({ intervalMs: 10 });
    await expect.poll(() => trail.logged.filter(({ level }) => level === 40)).toHaveLength(1);
    await sleep(100);
    await sealing.stop();
    expect(trail.logged.filter(({ level }) => level === 40)).toHaveLength(1);
  });

  it('goes on after a restore into another cluster, where transaction ids start again', async () => {
    await trail.append(5);
    await trail.seal();
    await trail.append(2);
    // As if all this had been written elsewhere, far ahead in transaction ids; the last two were not yet sealed.
    await trail.tamper(`
      update audit_entries set epoch = 1, transaction_id = (id + 900000000)::text::xid8;
      update audit_checkpoints set epoch = 1, through_transaction = '900000005'`);
    await trail.append(3);
    await trail.seal();
    expect(await trail.audit.verify()).toMatchObject({ valid: true, totalChecked: 10, unsealed: 0, sealedThrough: 10 });
    expect((await coverage()).every(({ sequences }) => sequences.length === 1)).toBe(true);
    expect((await trail.audit.list({ page: 1, limit: 3 })).total).toBe(10);
  });

  it('says so when the anchor file is not one', async () => {
    await trail.append(1);
    await writeFile(trail.anchorPath, '{"sequence":');
    const report = await trail.audit.verify();
    expect(report.valid).toBe(false);
    expect(report.problems[0]).toContain('is not an anchor');
  });
});
