import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEarlierTrail, type EarlierTrail } from '../../test/earlier-trail.ts';
import { connectDatabase } from '../db/client.ts';

let earlier: EarlierTrail;
beforeEach(async () => {
  earlier = await createEarlierTrail();
});
afterEach(() => earlier.close());

const mia = {
  id: '7c1ab1a2-1111-4222-8333-444455556666',
  name: 'Mia Member',
  hash: 'a'.repeat(64),
  preview: 'm…@e….com',
};
const signIn = (ipAddress: string) => ({
  eventType: 'auth.login',
  actorId: mia.id,
  resource: `user:${mia.id}`,
  detail: { ipAddress },
});
const everything = [
  {
    eventType: 'user.created',
    actorId: mia.id,
    resource: `user:${mia.id}`,
    detail: { name: mia.name, role: 'member', emailHash: mia.hash, emailPreview: mia.preview },
  },
  signIn('203.0.113.7'),
  {
    eventType: 'tool.pinchy_read',
    detail: { runId: 'r', conversationId: 'c', durationMs: 3, path: '/uploads/CV Mia.pdf' },
    error: 'Mia is not there.',
  },
  { eventType: 'no.longer_known', detail: { text: 'Mia', list: ['Mia', 1], flag: true } },
];

/** Two checkpoints, the newest anchored, and two entries that nobody sealed before the server was ended. */
async function writeTrail() {
  await earlier.write(everything);
  await earlier.seal();
  await earlier.write([signIn('203.0.113.8'), signIn('203.0.113.9')]);
  const anchor = await earlier.seal();
  await writeFile(earlier.anchorPath, JSON.stringify(anchor));
  await earlier.write([signIn('203.0.113.10'), signIn('203.0.113.11')]);
  return anchor;
}

const tamper = (statement: string) =>
  earlier.pool.query(`alter table audit_entries disable trigger all; alter table audit_checkpoints disable trigger all;
    ${statement}; alter table audit_entries enable always trigger audit_entries_append_only`);

const signedRows = async () => JSON.stringify((await earlier.pool.query('select * from audit_entries')).rows);
const isWaiting = async () =>
  (await earlier.pool.query("select to_regnamespace('audit_before') is not null as waiting")).rows[0].waiting;

describe('a trail of the earlier format', () => {
  it('is verified and signed anew, with its entries as they were and its end in the new one', async () => {
    const anchor = await writeTrail();
    await earlier.migrate();
    const trail = earlier.trail();
    await trail.open();
    await trail.sealPending();
    const { entries, total } = await trail.list({ page: 1, limit: 50 });
    expect(total).toBe(9);
    expect(entries[0]).toMatchObject({
      id: 9,
      eventType: 'audit.carried_over',
      outcome: 'success',
      detail: {
        entries: 8,
        checkpoint: { sequence: 2, seal: anchor.seal, total: 6 },
        anchor: 'holds',
        valid: true,
        invalid: 0,
        missing: [],
        problems: [],
      },
    });
    expect(entries.toReversed().slice(0, 4)).toMatchObject(
      everything.map(({ eventType, detail }, index) => ({ id: index + 1, eventType, detail })),
    );
    expect(entries.at(2 - 5)).toMatchObject({ id: 3, error: 'Mia is not there.' });
    expect(await trail.verify()).toMatchObject({ valid: true, totalChecked: 9, unsealed: 0, problems: [] });
    expect(await signedRows()).not.toMatch(/Mia|203\.0\.113|m…@|aaaa/);
    expect(await isWaiting()).toBe(false);
    // The anchor of the earlier trail is followed by the new one's.
    expect((await trail.status()).anchor).toBe('holds');
    await trail.open();
    expect((await trail.list({ page: 1, limit: 1 })).total).toBe(9);
  });

  it.each([
    [
      'changed',
      `update audit_entries set detail = '{"ipAddress": "198.51.100.1"}' where id in (2, 7)`,
      { invalidIds: [2, 7] },
    ],
    ['deleted', 'delete from audit_entries where id in (2, 3)', { missing: [{ afterId: 1, count: 2 }] }],
    [
      'cut off',
      'delete from audit_entries where id > 4; delete from audit_checkpoints where sequence = 2',
      { missing: [{ afterId: 4, count: 2 }] },
    ],
    ['resealed', "update audit_checkpoints set ids = '{[1,3)}', count = 2, last_id = 2 where sequence = 1", {}],
    ['emptied of checkpoints', 'truncate audit_checkpoints', {}],
  ])('that was %s is carried over as one that does not verify, and stays so', async (_how, statement, found) => {
    await writeTrail();
    await tamper(statement);
    await earlier.migrate();
    const trail = earlier.trail();
    await trail.open();
    await trail.sealPending();
    for (let round = 0; round < 2; round += 1) {
      const report = await trail.verify();
      expect(report).toMatchObject({ valid: false, ...found });
      expect(report.problems).toContain('The trail of the earlier format did not verify when it was carried over.');
    }
    const { entries } = await trail.list({ page: 1, limit: 1, eventType: 'audit.carried_over' });
    expect(entries[0]).toMatchObject({ outcome: 'failure', detail: { valid: false } });
  });

  it('that nobody sealed any more, because a default was changed, is found out', async () => {
    const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
    await earlier.write([signIn('203.0.113.1')], minutesAgo(10));
    await writeFile(earlier.anchorPath, JSON.stringify(await earlier.seal()));
    await earlier.write([signIn('203.0.113.2'), signIn('203.0.113.3')], minutesAgo(9));
    await earlier.write([signIn('203.0.113.4')], minutesAgo(5));
    await earlier.migrate();
    const trail = earlier.trail();
    await trail.open();
    await trail.sealPending();
    const report = await trail.verify();
    expect(report.problems).toContain('2 entries waited for more than a minute and are not sealed, the first is 2.');
  });

  it('goes on where it was when the server was killed, also while others start', async () => {
    await earlier.write(Array.from({ length: 4_500 }, (_, index) => signIn(`203.0.113.${index % 250}`)));
    await writeFile(earlier.anchorPath, JSON.stringify(await earlier.seal()));
    await earlier.migrate();
    const connection = connectDatabase(earlier.url, { onIdleError: () => {} });
    const killed = earlier
      .trail({ db: connection.db })
      .open()
      .catch((error: unknown) => error);
    const carried = async () =>
      Number((await earlier.pool.query('select count(*) from audit_entries where carried is not null')).rows[0].count);
    while ((await carried()) === 0) await sleep(2);
    await earlier.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    expect(await killed).toBeInstanceOf(Error);
    await connection.close();
    expect(await isWaiting()).toBe(true);
    const first = await carried();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(4_500);

    const others = [1, 2, 3].map(() => connectDatabase(earlier.url));
    await Promise.all(others.map(({ db }) => earlier.trail({ db }).open()));
    await Promise.all(others.map(({ close }) => close()));
    const trail = earlier.trail();
    await trail.sealPending();
    expect(await trail.verify()).toMatchObject({ valid: true, totalChecked: 4_501, unsealed: 0 });
    expect((await trail.list({ page: 1, limit: 1, eventType: 'audit.carried_over' })).total).toBe(1);
  }, 60_000);

  it('is named when its entries are fewer than those that were verified', async () => {
    await earlier.write(Array.from({ length: 2_500 }, () => signIn('203.0.113.1')));
    await earlier.migrate();
    await earlier.pool.query(`
      create function stop_at_2400() returns trigger language plpgsql as $$ begin
        if new.id = 2400 then raise exception 'killed'; end if; return new; end $$;
      create trigger stop before insert on audit_entries for each row execute function stop_at_2400()`);
    await expect(earlier.trail().open()).rejects.toThrow();
    await earlier.pool.query(`drop function stop_at_2400() cascade;
      alter table audit_before.audit_entries disable trigger all;
      delete from audit_before.audit_entries where id = 2450`);
    const trail = earlier.trail();
    await trail.open();
    expect((await trail.verify()).problems).toContain(
      '2500 entries were verified, and 2499 were there to be carried over.',
    );
  }, 30_000);
});
