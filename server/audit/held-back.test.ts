import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase } from '../db/client.ts';
import { createTrailFixture, type TrailFixture } from '../../test/trail-fixture.ts';

// An administrator of the database who keeps entries from being sealed, so that they can be deleted unmissed; who deletes
// them before they are; or who writes what verification and the page stumble over, so that nobody is told.

let trail: TrailFixture;
beforeEach(async () => {
  trail = await createTrailFixture();
});
afterEach(() => trail.close());

const countMissing = (missing: { count: number }[]) => missing.reduce((sum, { count }) => sum + count, 0);

describe('entries are sealed, and missed when they are deleted, although a checkpoint', () => {
  it.each([
    ['claims all ids', `ids = '{(,)}'`],
    ['claims ids to come', `ids = '{[1,1000000)}', last_id = 999999, count = 999999`],
    ['claims them under a position of its own', `ids = '{[1,1000)}', through_id = 999, last_id = 999`],
    ['claims them under a key that nobody knows', `ids = '{(,)}', key_id = 'lost'`],
    ['claims them under another seal', `ids = '{(,)}', seal = sha256('x')`],
    ['claims them at a moment that is none', `ids = '{(,)}', sealed_at = 'infinity'`],
  ])('%s, before this process or a new one', async (_how, change) => {
    await trail.append(3);
    await trail.seal();
    const kept = (await trail.pool.query('select * from audit_checkpoints')).rows;
    for (const audit of [trail.audit, trail.openReplica({})]) {
      await trail.tamper(`update audit_checkpoints set ${change} where sequence = 1`);
      await trail.append(4);
      expect(await audit.sealPending()).toBeGreaterThanOrEqual(4);
      expect(await audit.status()).toMatchObject({ waiting: 0 });
    }
    // What was done is undone, so that no change shows.
    const { ids, through_id, last_id, count, key_id, seal, sealed_at } = kept[0];
    await trail.pool.query('alter table audit_checkpoints disable trigger all');
    await trail.pool.query(
      `update audit_checkpoints set ids = $1, through_id = $2, last_id = $3, count = $4, key_id = $5, seal = $6,
       sealed_at = $7 where sequence = 1`,
      [ids, through_id, last_id, count, key_id, seal, sealed_at],
    );
    await trail.tamper('delete from audit_entries where id in (5, 9, 10)');
    const report = await trail.audit.verify();
    expect(report.valid).toBe(false);
    expect(countMissing(report.missing)).toBe(3);
  });

  it('that is changed names no entry missing that is there', async () => {
    await trail.append(3);
    await trail.seal();
    await trail.tamper(`update audit_checkpoints set sealed_at = sealed_at + interval '1 second'`);
    const restarted = trail.openReplica({});
    await trail.append(4);
    await restarted.sealPending();
    expect(await restarted.verify()).toMatchObject({
      valid: false,
      missing: [],
      invalidIds: [],
      unsealed: 0,
      problems: expect.arrayContaining(['Checkpoint 1 was changed after it was sealed.']),
    });
  });
});

describe('entries whose ids lie below what was sealed, since the sequence was set back,', () => {
  it('are sealed, and missed when they are deleted', async () => {
    await trail.append(3);
    await trail.pool.query(`select setval('audit_entries_id_seq', 1000)`);
    await trail.append(3);
    // Sealing looks at ids below a checkpoint's no more once all is over that was open then, in any database here.
    await expect
      .poll(async () => {
        await trail.append(1);
        await trail.seal();
        const { rows } = await trail.pool.query('select max(through_id)::int as floor from audit_checkpoints');
        return rows[0].floor;
      })
      .toBeGreaterThan(1_000);
    await trail.pool.query(`select setval('audit_entries_id_seq', 100)`);
    await trail.append(4);
    await trail.seal();
    await trail.seal();
    expect(trail.logged).toContainEqual(expect.objectContaining({ level: 50, id: 101 }));
    await trail.tamper('delete from audit_entries where id between 102 and 103');
    const report = await trail.audit.verify();
    expect(report).toMatchObject({ valid: false, unsealed: 0, missing: [{ afterId: 101, count: 2 }] });
  });
});

describe('entries that are written while functions of another schema stand before those of PostgreSQL', () => {
  it('are sealed all the same, and their signatures shown to nobody', async () => {
    await trail.pool.query(`
      create schema lies;
      create table lies.seen (signed bytea);
      create function lies.sha256(bytea) returns bytea language sql as
        $$ insert into lies.seen values ($1); select pg_catalog.sha256($1) $$;
      create function lies.pg_control_system(out system_identifier bigint) language sql as 'select 7::bigint';
      create function lies.unnest(int8multirange) returns setof int8range language sql as 'select null::int8range where false';
      do $$ begin execute format('alter database %I set search_path = lies, public, pg_catalog', current_database()); end $$`);
    const { db, close } = connectDatabase(trail.url);
    const server = trail.openReplica({ db });
    for (let count = 0; count < 3; count += 1) {
      const event = { eventType: 'agent.deleted', actor: { type: 'system' }, detail: { name: 'x' } } as const;
      await db.transaction((tx) => server.record(tx, event));
    }
    expect(await server.sealPending()).toBe(3);
    await close();
    expect((await trail.pool.query('select * from lies.seen')).rows).toEqual([]);
    expect((await trail.pool.query('select epoch from audit_entries where epoch = 7')).rows).toEqual([]);
  });
});

describe('an entry that is gone before it was sealed is missed', () => {
  const lost = expect.stringMatching(/^1 entry is gone that had been written/);

  it('when it was deleted, also after a restart', async () => {
    await trail.append(2);
    await trail.tamper('delete from audit_entries where id = 2');
    await trail.seal();
    await trail.seal();
    for (const audit of [trail.audit, trail.openReplica({})]) {
      expect(await audit.verify()).toMatchObject({ valid: false, problems: [lost] });
    }
    expect(trail.logged).toContainEqual(expect.objectContaining({ level: 50, ids: [2] }));
  });

  it('when a trigger deletes it as it is written', async () => {
    await trail.append(1);
    await trail.tamper(`
      create or replace function refuse_audit_change() returns trigger language plpgsql as $$ begin return null; end $$;
      create function forget() returns trigger language plpgsql as $$ begin
        delete from audit_entries where id = new.id; return null; end $$;
      create trigger forget after insert on audit_entries for each row execute function forget()`);
    await trail.append(1);
    await trail.tamper('drop function forget() cascade');
    await trail.seal();
    expect((await trail.audit.verify()).problems).toContainEqual(lost);
  });

  it('when it was written where another table stood in for the trail', async () => {
    await trail.append(4);
    await trail.seal();
    await trail.pool.query(`do $$ declare name text; begin
      execute format('create schema %I authorization current_user', current_user);
      for name in select unnest(array['audit_entries', 'audit_checkpoints', 'audit_personal_values']) loop
        execute format('create table %1$I.%2$I (like public.%2$I including all)', current_user, name);
      end loop;
    end $$`);
    await trail.append(2);
    await trail.seal();
    await trail.pool.query(`do $$ begin execute format('drop schema %I cascade', current_user); end $$`);
    await trail.seal();
    expect((await trail.audit.verify()).problems).toContainEqual(expect.stringMatching(/^2 entries are gone/));
  });

  it('but not when its transaction was rolled back or is still open', async () => {
    await trail.append(1);
    await trail.db
      .transaction(async (tx) => {
        await trail.audit.record(tx, { eventType: 'agent.deleted', actor: { type: 'system' }, detail: { name: 'x' } });
        tx.rollback();
      })
      .catch(() => undefined);
    let finish = () => {};
    const open = trail.db.transaction(async (tx) => {
      await trail.audit.record(tx, { eventType: 'agent.deleted', actor: { type: 'system' }, detail: { name: 'x' } });
      await new Promise<void>((resolve) => (finish = resolve));
    });
    await trail.append(1);
    await trail.seal();
    await trail.seal();
    finish();
    await open;
    await trail.seal();
    expect(await trail.audit.verify()).toMatchObject({ valid: true, totalChecked: 3, unsealed: 0 });
  });
});

describe('verification, the check in the background and the page tell of an entry', () => {
  it.each([
    ['a moment that is none', `timestamp = 'infinity'`],
    ['another moment that is none', `timestamp = '-infinity'`],
    ['commitments that are none', `commitments = 'null'`],
    ['a list of commitments', `commitments = '[1, {"a": null}]'`],
    ['a text of commitments', `commitments = '"x"'`],
    ['a detail that is a list', `detail = '[1]'`],
    ['a detail that is nothing', `detail = 'null'`],
    ['a very deep detail', `detail = (repeat('[', 3000) || repeat(']', 3000))::jsonb`],
    ['an outcome that nobody knows', `outcome = 'maybe'`],
    ['an actor that nobody knows', `actor_type = 'ghost'`],
    ['a signature of no length', `row_hmac = ''`],
    ['another cluster', 'epoch = -1'],
  ])('with %s', async (_what, change) => {
    await trail.append(3);
    await trail.seal();
    await trail.tamper(`update audit_entries set ${change} where id = 2`);
    expect(await trail.audit.verify()).toMatchObject({ valid: false, invalidIds: [2], totalChecked: 3 });
    expect(await trail.audit.integrityCheck()).toMatchObject({ valid: false });
    expect(await trail.audit.status()).toMatchObject({ lastCheck: { valid: false } });
    const { entries, total } = await trail.audit.list({ page: 1, limit: 10 });
    expect([entries.length, total]).toEqual([4, 4]);
    for (const { timestamp, detail } of entries) {
      expect(timestamp).toBe(new Date(timestamp).toISOString());
      expect(typeof detail === 'object' && detail !== null && !Array.isArray(detail)).toBe(true);
    }
    let exported = '';
    for await (const piece of trail.audit.exportCsv({})) exported += String(piece);
    expect(exported.split('\r\n').filter((line) => /^\d+,/.test(line))).toHaveLength(4);
  });

  it('with a personal value that is no JSON, or was erased at a moment that is none', async () => {
    for (const name of ['Ada', 'Ben', 'Cem']) {
      const event = { eventType: 'user.created', actor: { type: 'system' } } as const;
      const detail = { name, role: 'member', ...trail.audit.emailReference(`${name}@example.com`) } as const;
      await trail.db.transaction((tx) => trail.audit.record(tx, { ...event, detail }));
    }
    await trail.seal();
    await trail.tamper(`
      update audit_personal_values set value = 'no JSON' where entry_id = 1 and pointer = '/detail/name';
      update audit_personal_values set value = null, salt = null, erased_at = 'infinity', erasure_key_id = 'key-1',
        erasure_hmac = '' where entry_id = 2 and pointer = '/detail/name'`);
    const report = await trail.audit.verify();
    expect(report).toMatchObject({ valid: false, invalidIds: [1] });
    expect(report.problems).toEqual(['1 personal value is gone without having been erased, the first of entry 2.']);
    expect((await trail.audit.list({ page: 1, limit: 10 })).entries).toHaveLength(3);
  });

  it('with the last id that there is', async () => {
    await trail.append(2);
    await trail.seal();
    await trail.tamper(`insert into audit_entries select 9223372036854775807, timestamp, actor_type, actor_id, event_type,
      resource, outcome, error, detail, commitments, carried, key_id, row_hmac, transaction_id, epoch
      from audit_entries where id = 1`);
    expect((await trail.audit.verify()).problems).toContain('Entries with ids that Pinchy never gives: 1.');
    expect(await trail.audit.list({ page: 1, limit: 10 })).toMatchObject({ total: 2, entries: [{ id: 2 }, { id: 1 }] });
  });

  it.each([
    ['drop table audit_checkpoints', /audit_checkpoints/],
    ['drop table audit_personal_values', /audit_personal_values/],
    ['alter table audit_checkpoints rename column seal to other', /seal/],
    ['alter table audit_entries rename column carried to other', /carried/],
    [
      'alter table audit_checkpoints alter column ids drop not null; update audit_checkpoints set ids = null',
      /Checkpoint/,
    ],
    ['alter table audit_entries alter column timestamp type text', /./],
  ])('of a trail that cannot be read: %s', async (statement, problem) => {
    await trail.append(2);
    await trail.seal();
    await trail.pool.query('alter table audit_checkpoints disable trigger all');
    await trail.pool.query(statement);
    const report = await trail.audit.verify();
    expect(report.valid).toBe(false);
    expect(report.problems.join('\n')).toMatch(problem);
  });

  it.each([
    `create or replace function refuse_audit_change() returns trigger language plpgsql as $$ begin return null; end $$`,
    `create or replace function allow_only_audit_erasure() returns trigger language plpgsql as $$ begin return new; end $$`,
    `drop trigger audit_entries_append_only on audit_entries;
     create trigger audit_entries_append_only before truncate on audit_entries for each statement
       execute function refuse_audit_change();
     alter table audit_entries enable always trigger audit_entries_append_only`,
    `drop trigger audit_personal_values_erasure on audit_personal_values;
     create trigger audit_personal_values_erasure before update of pointer on audit_personal_values for each row
       execute function allow_only_audit_erasure();
     alter table audit_personal_values enable always trigger audit_personal_values_erasure`,
    `drop trigger audit_personal_values_erasure on audit_personal_values;
     create trigger audit_personal_values_erasure before update on audit_personal_values for each row when (false)
       execute function allow_only_audit_erasure();
     alter table audit_personal_values enable always trigger audit_personal_values_erasure`,
  ])('of a trigger that is there and does nothing: %s', async (statement) => {
    await trail.append(1);
    await trail.seal();
    await trail.pool.query(statement);
    expect((await trail.audit.verify()).problems).toContainEqual(
      expect.stringMatching(/^The trigger \w+ of \w+ does not do any more what it is there for\.$/),
    );
  });

  it('although forged ones stand above what the check found', async () => {
    await trail.append(2);
    await trail.seal();
    await trail.tamper(`update audit_entries set outcome = 'failure' where id = 1`);
    await trail.audit.integrityCheck();
    await trail.tamper(`insert into audit_entries (timestamp, actor_type, event_type, outcome, detail, commitments, key_id,
        row_hmac, transaction_id, epoch)
      select now() + interval '1 hour', actor_type, 'audit.integrity_check', 'success', '{"valid": true}', '{}', key_id,
        row_hmac, transaction_id, epoch from audit_entries where id = 2`);
    expect(await trail.audit.status()).toMatchObject({ lastCheck: { valid: false } });
  });
});
