import { readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase } from '../db/client.ts';
import { createTrailFixture, type TrailFixture } from '../../test/trail-fixture.ts';

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
    const other = trail.openReplica({ db: second.db, anchorPath: `${trail.anchorPath}.other` });
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
    // It holds back nobody else's.
    expect(await trail.audit.sealPending()).toBe(3);
    expect(await trail.audit.verify()).toMatchObject({ valid: true, totalChecked: 3, unsealed: 0, sealedThrough: 4 });
    finish();
    await open;
    await trail.seal();
    expect(await trail.audit.verify()).toMatchObject({ valid: true, totalChecked: 4, unsealed: 0, sealedThrough: 4 });
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
    await expect.poll(async () => (await coverage())[0]?.sequences).toEqual([1]);
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

  it('reports once that entries have waited for over a minute, whoever holds it back', async () => {
    await trail.appendAt(Date.now() - 10 * 60_000);
    const other = await trail.pool.connect();
    await other.query('select pg_advisory_lock(7464249141)');
    const sealing = trail.audit.startSealing({ intervalMs: 10 });
    const reports = () => trail.logged.filter(({ msg }) => msg.startsWith('Audit entries wait'));
    await expect.poll(reports).toHaveLength(1);
    await sleep(100);
    expect(reports()).toHaveLength(1);
    expect(await trail.audit.status()).toMatchObject({ waiting: 1, waitingSince: expect.any(String) });
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      problems: ['1 entry waited for more than a minute and is not sealed, the first is 1.'],
    });
    await other.query('select pg_advisory_unlock(7464249141)');
    other.release();
    await sealing.stop();
    await expect.poll(async () => (await trail.audit.status()).waiting).toBe(0);
  });

  it('goes on after a restore into another cluster, where transaction ids start again', async () => {
    const elsewhere = await trail.onOtherCluster();
    await elsewhere.append(5);
    await elsewhere.audit.sealPending();
    // Not yet sealed when the backup was made.
    await elsewhere.append(2);
    await elsewhere.close();
    await trail.append(3);
    await trail.seal();
    await trail.append(1);
    await trail.seal();
    expect(await trail.audit.verify()).toMatchObject({ valid: true, totalChecked: 11, unsealed: 0, sealedThrough: 11 });
    expect((await coverage()).every(({ sequences }) => sequences.length === 1)).toBe(true);
    expect((await trail.audit.list({ page: 1, limit: 3 })).total).toBe(11);
  });

  it('says so when the anchor file is not one', async () => {
    await trail.append(1);
    await writeFile(trail.anchorPath, '{"sequence":');
    const report = await trail.audit.verify();
    expect(report.valid).toBe(false);
    expect(report.problems[0]).toContain('is not an anchor');
  });
});
