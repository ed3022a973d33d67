import type { Group } from '../../../contract/groups.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Executor, Transaction } from '../../db/client.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { invalidField, notFound } from '../../platform/errors.ts';
import { describeChanges } from '../agents/describe-changes.ts';
import {
  countKnownUsers,
  deleteGroup,
  deleteMembers,
  findGroup,
  findGroupForUpdate,
  findGroupsByName,
  type GroupRow,
  insertGroup,
  insertMembers,
  listGroups,
  listMembers,
  updateGroup,
} from './group.queries.ts';

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

export function createGroupService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  /** What goes with a group. Called inside the transaction that deletes it. */
  beforeRemove: (tx: Transaction, actor: Actor, groupId: string) => Promise<void>;
}): GroupService {
  const { db, signals, audit, beforeRemove } = options;
  const userActor = (actor: Actor) => ({ type: 'user', id: actor.userId }) as const;

  async function requireGroup(executor: Executor, id: string): Promise<Group> {
    const group = await findGroup(executor, id);
    if (!group) throw notFound('The group');
    return group;
  }

  async function requireForUpdate(tx: Transaction, id: string): Promise<GroupRow> {
    const row = await findGroupForUpdate(tx, id);
    if (!row) throw notFound('The group');
    return row;
  }

  async function requireFreeName(tx: Transaction, name: string, except?: string): Promise<void> {
    await lockWork(tx, 'group names');
    const taken = await findGroupsByName(tx, name);
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
      const group = await requireForUpdate(tx, id);
      const before = new Set((await listMembers(tx, id)).map(({ userId }) => userId));
      const next = choose(before);
      const added = [...next].filter((userId) => !before.has(userId));
      const removed = [...before].filter((userId) => !next.has(userId));
      if (added.length === 0 && removed.length === 0) return;
      if (added.length > 0) {
        if ((await countKnownUsers(tx, added)) !== added.length)
          throw invalidField(field, 'One of these users does not exist.');
        await insertMembers(
          tx,
          added.map((userId) => ({ groupId: id, userId })),
        );
      }
      if (removed.length > 0) await deleteMembers(tx, id, removed);
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
    list: () => listGroups(db),
    async create(actor, { name, description = null }) {
      return signals.transaction(actor, async (tx) => {
        await requireFreeName(tx, name);
        const row = await insertGroup(tx, { name, description });
        await audit.record(tx, {
          eventType: 'group.created',
          actor: userActor(actor),
          resource: `group:${row.id}`,
          detail: { name },
        });
        signals.signal(tx, { kind: 'group', groupId: row.id });
        return requireGroup(tx, row.id);
      });
    },
    async update(actor, id, body) {
      return signals.transaction(actor, async (tx) => {
        const before = await requireForUpdate(tx, id);
        const changes = describeChanges(before, body);
        if (Object.keys(changes).length === 0) return requireGroup(tx, id);
        if (body.name !== undefined) await requireFreeName(tx, body.name, id);
        await updateGroup(tx, id, body);
        await audit.record(tx, {
          eventType: 'group.updated',
          actor: userActor(actor),
          resource: `group:${id}`,
          detail: { name: before.name, changes },
        });
        signals.signal(tx, { kind: 'group', groupId: id });
        return requireGroup(tx, id);
      });
    },
    async remove(actor, id) {
      await signals.transaction(actor, async (tx) => {
        const group = await requireForUpdate(tx, id);
        await beforeRemove(tx, actor, id);
        await deleteGroup(tx, id);
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
      await requireGroup(db, id);
      return listMembers(db, id);
    },
    setMembers: (actor, id, userIds) => replaceMembers(actor, id, { field: 'userIds', choose: () => new Set(userIds) }),
    changeMembers: (actor, id, { add = [], remove = [] }) =>
      replaceMembers(actor, id, {
        field: 'add',
        choose: (before) => new Set([...before, ...add].filter((userId) => !remove.includes(userId))),
      }),
  };
}
