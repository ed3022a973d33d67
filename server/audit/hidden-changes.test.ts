import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTrailFixture, type TrailFixture } from '../../test/trail-fixture.ts';

// What an administrator of the database can change beside the rows, so that the trail goes on and proves nothing.

let trail: TrailFixture;
beforeEach(async () => {
  trail = await createTrailFixture();
});
afterEach(() => trail.close());

const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;

const rewrite = (assignment: string) => `
  create function rewrite() returns trigger language plpgsql as $$ begin ${assignment}; return new; end $$;
  create trigger rewrite before insert on audit_entries for each row execute function rewrite()`;

describe('an entry is sealed, and missed when it is deleted, although', () => {
  it.each([
    ['the default of epoch was changed', 'alter table audit_entries alter column epoch set default 1'],
    [
      'the default of transaction_id was changed',
      `alter table audit_entries alter column transaction_id set default '1'`,
    ],
    ['a trigger rewrites the epoch', rewrite('new.epoch := 1')],
    ['a trigger rewrites the transaction', rewrite(`new.transaction_id := '1'`)],
    ['the checkpoint claims a far transaction', `update audit_checkpoints set through_transaction = '99999999999'`],
    ['the checkpoint claims a far id', 'update audit_checkpoints set through_id = 1000000'],
    ['the checkpoint claims another cluster', 'update audit_checkpoints set epoch = 1'],
    ['the index is gone', 'drop index audit_entries_written, audit_checkpoints_last_id'],
    ['ids go on from elsewhere', 'alter sequence audit_entries_id_seq restart 500 increment 7'],
  ])('%s', async (_how, statement) => {
    await trail.append(3);
    await trail.seal();
    await trail.tamper(statement);
    await trail.append(4);
    expect(await trail.audit.sealPending()).toBe(4);
    await trail.tamper('delete from audit_entries where id > (select min(id) from audit_entries where id > 3)');
    const report = await trail.audit.verify();
    expect(report).toMatchObject({ valid: false, unsealed: 0 });
    // Whoever sealed it with a wrong position is named instead; the missing are known all the same.
    expect(report.missing.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  });
});

describe('verification names', () => {
  it.each([
    ['through_transaction', `'99999999999'`],
    ['through_id', '7'],
    ['epoch', '1'],
    ['first_id', '2'],
    ['last_id', '2'],
  ])('a checkpoint whose %s was changed', async (column, value) => {
    await trail.append(3);
    await trail.seal();
    await trail.tamper(`update audit_checkpoints set ${column} = ${value}`);
    expect((await trail.audit.verify()).problems).toEqual(['Checkpoint 1 was changed after it was sealed.']);
  });

  it.each([
    ['alter table audit_entries alter column epoch set default 1', /has a default .* epoch/],
    [rewrite('new.epoch := 1'), /has a trigger that Pinchy did not make: rewrite/],
    [
      'drop trigger audit_entries_append_only on audit_entries',
      /audit_entries_append_only of audit_entries is off or gone/,
    ],
    [
      'alter table audit_checkpoints disable trigger audit_checkpoints_append_only',
      /audit_checkpoints_append_only .* is off or gone/,
    ],
    ['create rule quiet as on delete to audit_entries do instead nothing', /has a rule/],
    [
      'alter table audit_entries rename to kept; create view audit_entries as select * from kept',
      /audit_entries is not the table that Pinchy made/,
    ],
  ])('what was changed about the tables: %s', async (statement, problem) => {
    await trail.append(1);
    await trail.seal();
    await trail.pool.query(statement);
    expect((await trail.audit.verify()).problems).toContainEqual(expect.stringMatching(problem));
  });

  it('an entry that is older than a minute and not sealed, whatever holds sealing back', async () => {
    await trail.appendAt(minutesAgo(3));
    await trail.appendAt(minutesAgo(2));
    await trail.append(1);
    expect(await trail.audit.verify()).toMatchObject({
      valid: false,
      unsealed: 3,
      problems: ['2 entries waited for more than a minute and are not sealed, the first is 1.'],
    });
    expect(await trail.audit.status()).toMatchObject({ waiting: 2 });
    await trail.pool.query(`create function refuse() returns trigger language plpgsql as $$ begin
        raise exception 'no'; end $$;
      create trigger refuse before insert on audit_checkpoints for each row execute function refuse()`);
    const report = await trail.audit.integrityCheck();
    expect(report.problems).toContain('2 entries waited for more than a minute and are not sealed, the first is 1.');
    await trail.pool.query('drop function refuse() cascade');
    expect(await trail.audit.verifyNow()).toMatchObject({ valid: true, problems: [] });
  });

  it('entries with ids that are never given', async () => {
    await trail.append(1);
    await trail.pool.query('alter sequence audit_entries_id_seq minvalue -10 restart -5');
    await trail.append(1);
    expect((await trail.audit.verify()).problems).toContain('Entries with ids that Pinchy never gives: 1.');
  });
});

describe('an entry that the database swallows is not taken for recorded', () => {
  const event = { eventType: 'agent.deleted', actor: { type: 'system' }, detail: { name: 'x' } } as const;

  it.each([
    [
      'a trigger',
      `create function swallow() returns trigger language plpgsql as $$ begin return null; end $$;
       create trigger swallow before insert on audit_entries for each row execute function swallow()`,
    ],
    ['a rule', 'create rule swallow as on insert to audit_entries do instead nothing'],
  ])('by %s', async (_how, statement) => {
    await trail.pool.query(statement);
    await expect(trail.db.transaction((tx) => trail.audit.record(tx, event))).rejects.toThrow();
  });

  it('by a policy, which binds all but superusers', async () => {
    const role = `app_${randomBytes(4).toString('hex')}`;
    await trail.pool.query(`create role ${role};
      grant all on all tables in schema public to ${role}; grant all on all sequences in schema public to ${role};
      create policy hidden on audit_entries for select using (false);
      create policy writable on audit_entries for insert with check (true);
      alter table audit_entries enable row level security`);
    try {
      const append = trail.db.transaction(async (tx) => {
        await tx.execute(sql.raw(`set local role ${role}`));
        await trail.audit.record(tx, event);
      });
      await expect(append).rejects.toThrow();
    } finally {
      await trail.pool.query(`drop owned by ${role}; drop role ${role}`);
    }
  });
});
