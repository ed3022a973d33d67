import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditFilter } from '../../contract/audit.ts';
import { agents, conversations, groups, users } from '../db/schema/index.ts';
import { createRecorder } from './record.ts';
import { createTrailFixture, testKeys, type TrailFixture } from '../../test/trail-fixture.ts';

let trail: TrailFixture;
beforeAll(async () => {
  trail = await createTrailFixture();
});
afterAll(() => trail.close());

const actors = [randomUUID(), randomUUID()];

/** Two days of entries, an hour apart: logins and deletions by two people, every fifth a failure. */
async function writeDays(count: number): Promise<void> {
  let hour = 0;
  const record = createRecorder({ keys: testKeys, now: () => Date.UTC(2026, 0, 1, hour) });
  for (; hour < count; hour += 1) {
    const actor = { type: 'user', id: actors[hour % 2] ?? '' } as const;
    const outcome = hour % 5 === 0 ? 'failure' : 'success';
    await trail.db.transaction((tx) =>
      hour % 3 === 0
        ? record(tx, { eventType: 'auth.login', actor, outcome, detail: {} })
        : record(tx, { eventType: 'agent.deleted', actor, outcome, detail: { name: 'x' } }),
    );
  }
}

const idsOf = async (filter: AuditFilter) => {
  const { entries, total } = await trail.audit.list({ page: 1, limit: 200, ...filter });
  expect(total).toBe(entries.length);
  return entries.map(({ id }) => id);
};

describe('reading the trail', () => {
  beforeAll(() => writeDays(48));

  it('lists newest first', async () => {
    const { entries, total } = await trail.audit.list({ page: 1, limit: 5 });
    expect(total).toBe(48);
    expect(entries.map(({ timestamp }) => timestamp)).toEqual(
      [23, 22, 21, 20, 19].map((hour) => `2026-01-02T${hour}:00:00.000Z`),
    );
    expect(entries[0]).toMatchObject({
      actorType: 'user',
      actorId: actors[1],
      resource: null,
      rowHmac: /^[0-9a-f]{64}$/,
    });
  });

  it('filters as the filter says, whatever is combined', async () => {
    const { entries } = await trail.audit.list({ page: 1, limit: 200 });
    const moment = fc.constantFrom(
      '2026-01-01',
      '2026-01-02',
      '2026-01-01T05:00:00Z',
      '2026-01-02T02:00:00+02:00',
      '2026-01-03',
    );
    const filters = fc.record(
      {
        eventType: fc.constantFrom('auth.login', 'agent.deleted', 'nothing', 'a\0'),
        actorId: fc.constantFrom(...actors, 'nobody'),
        status: fc.constantFrom('success' as const, 'failure' as const),
        from: moment,
        to: moment,
      },
      { requiredKeys: [] },
    );
    const startOf = (text: string) => Date.parse(text);
    const endOf = (text: string) => (text.includes('T') ? Date.parse(text) : Date.parse(text) + 86_399_999);
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        const expected = entries.filter(
          (entry) =>
            (filter.eventType === undefined || entry.eventType === filter.eventType) &&
            (filter.actorId === undefined || entry.actorId === filter.actorId) &&
            (filter.status === undefined || entry.outcome === filter.status) &&
            (filter.from === undefined || Date.parse(entry.timestamp) >= startOf(filter.from)) &&
            (filter.to === undefined || Date.parse(entry.timestamp) <= endOf(filter.to)),
        );
        expect(await idsOf(filter)).toEqual(expected.map(({ id }) => id));
      }),
      { numRuns: 200 },
    );
  });

  it('counts the same before and after sealing, and what comes after', async () => {
    const query = { page: 1, limit: 1, eventType: 'auth.login' };
    const count = async () => [
      (await trail.audit.list(query)).total,
      (await trail.audit.list({ page: 1, limit: 1 })).total,
    ];
    expect(await count()).toEqual([16, 48]);
    await trail.seal();
    expect(await count()).toEqual([16, 48]);
    await writeDays(1);
    expect(await count()).toEqual([17, 49]);
    expect(await count()).toEqual([17, 49]);
  });

  it('answers pages beyond the end with no entries', async () => {
    expect(await trail.audit.list({ page: 1_000_000, limit: 200 })).toMatchObject({ entries: [], page: 1_000_000 });
  });

  it('names each event type once', async () => {
    expect(await trail.audit.eventTypes()).toEqual(['agent.deleted', 'auth.login']);
  });

  it('hides on later pages what was still being written when the first was shown', async () => {
    let commit = () => {};
    const mayCommit = new Promise<void>((resolve) => (commit = resolve));
    let written = () => {};
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const open = trail.db.transaction(async (tx) => {
      await trail.audit.record(tx, {
        eventType: 'user.deactivated',
        actor: { type: 'system' },
        detail: { name: 'late' },
      });
      written();
      await mayCommit;
    });
    await isWritten;
    await trail.append(3);
    const first = await trail.audit.list({ page: 1, limit: 1 }, 'patient reader');
    commit();
    await open;
    const rest = [2, 3].map((page) => trail.audit.list({ page, limit: 1 }, 'patient reader'));
    const ids = [first, ...(await Promise.all(rest))].map(({ entries }) => entries[0]?.id ?? 0);
    expect(ids).toEqual([ids[0], (ids[0] ?? 0) - 1, (ids[0] ?? 0) - 2]);
    const fourth = await trail.audit.list({ page: 4, limit: 1 }, 'patient reader');
    expect(fourth.entries[0]?.eventType).not.toBe('user.deactivated');
    expect(fourth.total).toBe(first.total);
    const again = await trail.audit.list({ page: 1, limit: 4 }, 'patient reader');
    expect(again.total).toBe(first.total + 1);
    expect(again.entries.map(({ eventType }) => eventType)).toContain('user.deactivated');
  });

  it('turns pages without an entry twice or left out while others append', async () => {
    let appending = true;
    const writers = Promise.all(
      [1, 2, 3].map(async () => {
        while (appending) {
          await trail.db.transaction(async (tx) => {
            await trail.audit.record(tx, { eventType: 'auth.logout', actor: { type: 'system' }, detail: {} });
            await tx.execute(sql`select pg_sleep(0.01)`);
          });
        }
      }),
    );
    for (let round = 0; round < 10; round += 1) {
      const reader = `reader ${round}`;
      const first = await trail.audit.list({ page: 1, limit: 7 }, reader);
      const seen = first.entries.map(({ id }) => id);
      for (let page = 2; page <= Math.ceil(first.total / 7); page += 1) {
        const { entries, total } = await trail.audit.list({ page, limit: 7 }, reader);
        expect(total).toBe(first.total);
        seen.push(...entries.map(({ id }) => id));
      }
      expect(seen).toHaveLength(first.total);
      expect(new Set(seen).size).toBe(first.total);
    }
    appending = false;
    await writers;
  });
});

describe('names in the trail', () => {
  it('come from people, agents and groups, deleted or not, and never from a title', async () => {
    const { db, audit } = trail;
    const [ada, gone] = await db
      .insert(users)
      .values([
        { name: 'Ada', email: 'ada@example.com' },
        { name: 'Gone', email: 'gone@example.com', banned: true },
      ])
      .returning();
    const agentFields = { templateId: 'custom', allowedTools: [], pluginConfig: {} };
    const [smithers, old] = await db
      .insert(agents)
      .values([
        { name: 'Smithers', ...agentFields },
        { name: 'Old', ...agentFields, deletedAt: new Date() },
      ])
      .returning();
    const [team] = await db.insert(groups).values({ name: 'Team' }).returning();
    if (!ada || !gone || !smithers || !old || !team) throw new Error('The sample people were not inserted.');
    const [talk] = await db
      .insert(conversations)
      .values({ agentId: smithers.id, userId: ada.id, title: 'My secret plans' })
      .returning();

    const subjects = [
      `agent:${old.id}`,
      `group:${team.id}`,
      `group:${randomUUID()}`,
      `conversation:${talk?.id}`,
      'provider:openai',
      `user:${ada.id}`,
    ];
    await db.transaction(async (tx) => {
      const actorsHere = [
        { type: 'user', id: ada.id },
        { type: 'user', id: gone.id },
        { type: 'agent', id: smithers.id },
        { type: 'user', id: 'not a uuid' },
        { type: 'system' },
        { type: 'user', id: randomUUID() },
      ] as const;
      for (const [index, resource] of subjects.entries()) {
        await audit.record(tx, {
          eventType: 'group.deleted',
          actor: actorsHere[index] ?? { type: 'system' },
          resource,
          detail: { name: 'Kept name' },
        });
      }
    });
    const { entries } = await audit.list({ page: 1, limit: 6, eventType: 'group.deleted' });
    const shown = entries.map(({ actorName, actorDeleted, resourceName, resourceDeleted }) => [
      ...[actorName, actorDeleted],
      ...[resourceName, resourceDeleted],
    ]);
    expect(shown.toReversed()).toEqual([
      ['Ada', false, 'Old', true],
      ['Gone', true, 'Team', false],
      ['Smithers', false, 'Kept name', true],
      [null, true, 'Conversation with Smithers', false],
      [null, false, null, false],
      [null, true, 'Ada', false],
    ]);
    expect(JSON.stringify(entries)).not.toContain('secret plans');
  });
});
