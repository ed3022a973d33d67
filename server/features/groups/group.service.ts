import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Group } from '../../../contract/groups.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import { groupMembers, groups, users } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { invalidField, notFound } from '../../platform/errors.ts';
import { describeChanges } from '../agents/describe-changes.ts';

export interface GroupService {
  list(): Promise<Group[]>;
  create(actor: Actor, body: { name: string; description?: string | null | undefined }): Promise<Group>;
  update(
    actor: Actor,
    id: string,
    body: { name?: string | undefined; description?: string | null | undefined },
  ): Promise<Group>;
  remove(actor: Actor, id: string): Promise<void>;
  members(id: string): Promise<{ userId: string; groupId: string }[]>;
  /** All or nothing: one unknown user changes nothing. */
  setMembers(actor: Actor, id: string, userIds: string[]): Promise<void>;
  /** The same for a difference: of two admins who add people at once, neither undoes what the other did. */
  changeMembers(actor: Actor, id: string, difference: MemberDifference): Promise<void>;
}

interface MemberDifference {
  add?: string[] | undefined;
  remove?: string[] | undefined;
}

export function createGroupService(options: { db: Database; signals: Signals; audit: AuditTrail }): GroupService {
  const { db, signals, audit } = options;
  const userActor = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;
  const memberCount = sql<number>`(select count(*)::int from ${groupMembers} where ${groupMembers.groupId} = ${groups.id})`;

  async function present(executor: Database | Transaction, id: string): Promise<Group> {
    const [row] = await executor
      .select({ id: groups.id, name: groups.name, description: groups.description, memberCount })
      .from(groups)
      .where(eq(groups.id, id));
    if (!row) throw notFound('The group');
    return row;
  }

  async function lock(tx: Transaction, id: string) {
    const [row] = await tx.select().from(groups).where(eq(groups.id, id)).for('update');
    if (!row) throw notFound('The group');
    return row;
  }

  async function requireFreeName(tx: Transaction, name: string, except?: string): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('pinchy group names'))`);
    const taken = await tx
      .select({ id: groups.id })
      .from(groups)
      .where(eq(sql`lower(${groups.name})`, name.toLowerCase()));
    if (taken.some((group) => group.id !== except))
      throw invalidField('name', 'There is a group with this name already.');
  }

  /** `choose` gets the members as they are while nobody else can change them; `field` is named if one is unknown. */
  async function replaceMembers(
    actor: Actor,
    id: string,
    { field, choose }: { field: string; choose: (before: Set<string>) => Set<string> },
  ): Promise<void> {
    await signals.transaction(actor, async (tx) => {
      const group = await lock(tx, id);
      const rows = await tx
        .select({ userId: groupMembers.userId })
        .from(groupMembers)
        .where(eq(groupMembers.groupId, id));
      const before = new Set(rows.map((row) => row.userId));
      const next = choose(before);
      const added = [...next].filter((userId) => !before.has(userId));
      const removed = [...before].filter((userId) => !next.has(userId));
      if (added.length === 0 && removed.length === 0) return;
      if (added.length > 0) {
        const [known] = await tx.select({ count: count() }).from(users).where(inArray(users.id, added));
        if (known?.count !== added.length) throw invalidField(field, 'One of these users does not exist.');
        await tx.insert(groupMembers).values(added.map((userId) => ({ groupId: id, userId })));
      }
      if (removed.length > 0)
        await tx.delete(groupMembers).where(and(eq(groupMembers.groupId, id), inArray(groupMembers.userId, removed)));
      await audit.record(tx, {
        eventType: 'group.members_updated',
        actor: userActor(actor),
        resource: `group:${id}`,
        detail: { name: group.name, added, removed },
      });
      signals.signal(tx, { kind: 'group', groupId: id });
      for (const userId of [...added, ...removed]) signals.signal(tx, { kind: 'user', userId });
    });
  }

  return {
    async list() {
      return db
        .select({ id: groups.id, name: groups.name, description: groups.description, memberCount })
        .from(groups)
        .orderBy(desc(groups.createdAt), desc(groups.id));
    },
    async create(actor, { name, description = null }) {
      return signals.transaction(actor, async (tx) => {
        await requireFreeName(tx, name);
        const [row] = await tx.insert(groups).values({ name, description }).returning();
        if (!row) throw new Error('The group was not inserted.');
        await audit.record(tx, {
          eventType: 'group.created',
          actor: userActor(actor),
          resource: `group:${row.id}`,
          detail: { name },
        });
        signals.signal(tx, { kind: 'group', groupId: row.id });
        return present(tx, row.id);
      });
    },
    async update(actor, id, body) {
      return signals.transaction(actor, async (tx) => {
        const before = await lock(tx, id);
        const changes = describeChanges(before, body);
        if (Object.keys(changes).length === 0) return present(tx, id);
        if (body.name !== undefined) await requireFreeName(tx, body.name, id);
        await tx
          .update(groups)
          .set({ ...body, updatedAt: new Date() })
          .where(eq(groups.id, id));
        await audit.record(tx, {
          eventType: 'group.updated',
          actor: userActor(actor),
          resource: `group:${id}`,
          detail: { name: before.name, changes },
        });
        signals.signal(tx, { kind: 'group', groupId: id });
        return present(tx, id);
      });
    },
    async remove(actor, id) {
      await signals.transaction(actor, async (tx) => {
        const group = await lock(tx, id);
        await tx.delete(groups).where(eq(groups.id, id));
        await audit.record(tx, {
          eventType: 'group.deleted',
          actor: userActor(actor),
          resource: `group:${id}`,
          detail: { name: group.name },
        });
        signals.signal(tx, { kind: 'group', groupId: id });
      });
    },
    async members(id) {
      await present(db, id);
      return db
        .select({ userId: groupMembers.userId, groupId: groupMembers.groupId })
        .from(groupMembers)
        .where(eq(groupMembers.groupId, id))
        .orderBy(asc(groupMembers.userId));
    },
    setMembers: (actor, id, userIds) => replaceMembers(actor, id, { field: 'userIds', choose: () => new Set(userIds) }),
    changeMembers: (actor, id, { add = [], remove = [] }) =>
      replaceMembers(actor, id, {
        field: 'add',
        choose: (before) => new Set([...before, ...add].filter((userId) => !remove.includes(userId))),
      }),
  };
}
