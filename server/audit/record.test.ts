import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../contract/audit-events.ts';
import { createTrailFixture, type TrailFixture } from '../../test/trail-fixture.ts';

let trail: TrailFixture;
beforeAll(async () => {
  trail = await createTrailFixture();
});
afterAll(() => trail.close());

const deleted: AuditEvent<'agent.deleted'> = {
  eventType: 'agent.deleted',
  actor: { type: 'user', id: 'user-1' },
  resource: 'agent:agent-1',
  detail: { name: 'Smithers' },
};
const countEntries = async () =>
  Number((await trail.db.execute(sql`select count(*) from audit_entries`)).rows[0]?.['count']);
const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => error,
  );

describe('recording an event', () => {
  it('leaves no entry when the transaction is rolled back', async () => {
    const before = await countEntries();
    const error = await rejection(
      trail.db.transaction(async (tx) => {
        await trail.audit.record(tx, deleted);
        throw new Error('changed my mind');
      }),
    );
    expect(error?.message).toBe('changed my mind');
    expect(await countEntries()).toBe(before);
  });

  it('undoes the change that it should prove when the detail is wrong', async () => {
    const before = await countEntries();
    const change = trail.db.transaction(async (tx) => {
      await tx.execute(sql`insert into settings (key, value) values ('proved', 'no')`);
      await trail.audit.record(tx, { ...deleted, detail: { name: 5 as unknown as string } });
    });
    await expect(change).rejects.toThrow('must be text');
    expect((await trail.db.execute(sql`select from settings where key = 'proved'`)).rows).toHaveLength(0);
    expect(await countEntries()).toBe(before);
  });

  it('undoes the change when the entry cannot be written, even if the error is swallowed', async () => {
    await trail.db.execute(
      sql`alter table audit_entries add constraint broken check (event_type <> 'agent.deleted') not valid`,
    );
    try {
      const change = trail.db.transaction(async (tx) => {
        await tx.execute(sql`insert into settings (key, value) values ('proved', 'no')`);
        await trail.audit.record(tx, deleted).catch(() => undefined);
      });
      await rejection(change);
      expect((await trail.db.execute(sql`select from settings where key = 'proved'`)).rows).toHaveLength(0);
    } finally {
      await trail.db.execute(sql`alter table audit_entries drop constraint broken`);
    }
  });

  it('refuses an event that is not in the list', async () => {
    const misspelt = { ...deleted, eventType: 'agent.delete' } as unknown as AuditEvent<'agent.deleted'>;
    await expect(trail.db.transaction((tx) => trail.audit.record(tx, misspelt))).rejects.toThrow('agent.delete');
    const badTool = { ...deleted, eventType: 'tool.Bad Name' } as unknown as AuditEvent<'agent.deleted'>;
    await expect(trail.db.transaction((tx) => trail.audit.record(tx, badTool))).rejects.toThrow('tool.Bad Name');
  });

  it.each(['update audit_entries set error = null', 'delete from audit_entries', 'truncate audit_entries'])(
    'makes an entry that nobody can change: %s',
    async (statement) => {
      for (const text of [
        statement,
        statement.replace('audit_entries', 'audit_checkpoints').replace('error', 'seal'),
      ]) {
        await expect(trail.pool.query(text)).rejects.toThrow('append-only');
        await expect(trail.pool.query(`set session_replication_role = replica; ${text}`)).rejects.toThrow(
          'append-only',
        );
      }
    },
  );

  it('keeps the true outcome, the error and the order', async () => {
    await trail.db.transaction(async (tx) => {
      await trail.audit.record(tx, { ...deleted, outcome: 'failure', error: 'It is in use.' });
    });
    const page = await trail.audit.list({ page: 1, limit: 1 });
    expect(page.entries[0]).toMatchObject({ outcome: 'failure', error: 'It is in use.', detail: { name: 'Smithers' } });
  });

  it('signs whatever JSON can hold so that it verifies after the round trip through the database', async () => {
    const oddities = fc.constantFrom<unknown>(
      ...[
        1e21,
        -0,
        5e-324,
        1.7976931348623157e308,
        Number.NaN,
        10n ** 30n,
        'a\0b',
        '\ud800',
        'e\u0301',
        new Date(Number.NaN),
      ],
      ...[new Date(0), undefined, () => 1, JSON.parse('{"__proto__": {"x": 1}, "10": 1, "9": 2}'), { 'a\0': 1, a: 2 }],
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.string({ unit: 'binary' }),
        oddities,
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('any'), { maxLength: 4 }),
      object: fc.dictionary(fc.string({ unit: 'binary' }), tie('any'), { maxKeys: 4 }),
    })).any;
    await fc.assert(
      fc.asyncProperty(value, fc.string({ unit: 'binary' }), async (detail, error) => {
        const from = Number((await trail.db.execute(sql`select max(id) as id from audit_entries`)).rows[0]?.['id']);
        await trail.db.transaction((tx) =>
          trail.audit.record(tx, {
            eventType: 'tool.pinchy_read',
            actor: { type: 'agent', id: 'agent-1' },
            error,
            detail: { runId: 'run', conversationId: 'conversation', durationMs: 1, detail },
          }),
        );
        expect(await trail.audit.verify({ fromId: from + 1 })).toMatchObject({ valid: true, totalChecked: 1 });
      }),
      { numRuns: 150 },
    );
  });

  it('bounds a detail, however large or deep it is', async () => {
    const cycle: Record<string, unknown> = { name: 'cycle' };
    cycle['self'] = cycle;
    const huge = [
      { text: 'word '.repeat(1_000_000) },
      { text: 'a'.repeat(5_000_000) },
      { list: Array.from({ length: 100_000 }, (_, index) => ({ index, text: 'x'.repeat(100) })) },
      Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`member ${index}`, '😀'.repeat(1_000)])),
      { cycle, again: [cycle, cycle] },
    ];
    for (const detail of huge) {
      await trail.db.transaction((tx) =>
        trail.audit.record(tx, {
          eventType: 'tool.denied',
          actor: { type: 'system' },
          detail: { tool: 'x', reason: 'y', ...detail },
        }),
      );
      const { rows } = await trail.db.execute(
        sql`select detail, length(detail::text) as size from audit_entries order by id desc limit 1`,
      );
      expect(rows[0]?.['detail']).toMatchObject({ tool: 'x' });
      expect(Number(rows[0]?.['size'])).toBeLessThan(20_000);
    }
    expect(await trail.audit.verify()).toMatchObject({ valid: true });
  });
});
