import { eq, inArray } from 'drizzle-orm';
import type { AuditEntry } from '../../contract/audit.ts';
import type { Database } from '../db/client.ts';
import { agents, connections, conversations, groups, users } from '../db/schema/index.ts';

export interface Name {
  name: string | null;
  deleted: boolean;
}

/** Finds the name of `<kind>:<id>`; undefined for kinds that have none. */
export type Names = (kind: string, id: string) => Name | undefined;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who and what a page of entries is about: one query for each kind, however many entries. */
export async function findNames(db: Database, references: { kind: string; id: string }[]): Promise<Names> {
  const idsOf = (kind: string) => [
    ...new Set(
      references.filter((reference) => reference.kind === kind && uuid.test(reference.id)).map(({ id }) => id),
    ),
  ];
  const found = new Map<string, Name>();
  const lookups = {
    user: (ids: string[]) =>
      db.select({ id: users.id, name: users.name, deleted: users.banned }).from(users).where(inArray(users.id, ids)),
    agent: async (ids: string[]) => {
      const columns = { id: agents.id, name: agents.name, deletedAt: agents.deletedAt };
      const rows = await db.select(columns).from(agents).where(inArray(agents.id, ids));
      return rows.map(({ id, name, deletedAt }) => ({ id, name, deleted: deletedAt !== null }));
    },
    group: async (ids: string[]) => {
      const rows = await db.select({ id: groups.id, name: groups.name }).from(groups).where(inArray(groups.id, ids));
      return rows.map((row) => ({ ...row, deleted: false }));
    },
    integration: async (ids: string[]) => {
      const columns = { id: connections.id, name: connections.name };
      const rows = await db.select(columns).from(connections).where(inArray(connections.id, ids));
      return rows.map((row) => ({ ...row, deleted: false }));
    },
    // Its title is content; whose agent it is with is not.
    conversation: async (ids: string[]) => {
      const rows = await db
        .select({ id: conversations.id, agentName: agents.name })
        .from(conversations)
        .innerJoin(agents, eq(agents.id, conversations.agentId))
        .where(inArray(conversations.id, ids));
      return rows.map(({ id, agentName }) => ({ id, name: `Conversation with ${agentName}`, deleted: false }));
    },
  };
  await Promise.all(
    Object.entries(lookups).map(async ([kind, find]) => {
      const ids = idsOf(kind);
      if (ids.length === 0) return;
      for (const { id, name, deleted } of await find(ids)) found.set(`${kind}:${id}`, { name, deleted });
    }),
  );
  return (kind, id) => {
    if (!Object.hasOwn(lookups, kind)) return undefined;
    return found.get(`${kind}:${id.toLowerCase()}`) ?? { name: null, deleted: true };
  };
}

/** An entry before it has names. */
export type NamelessEntry = Omit<AuditEntry, 'actorName' | 'actorDeleted' | 'resourceName' | 'resourceDeleted'>;

export async function nameEntries(db: Database, entries: NamelessEntry[]): Promise<AuditEntry[]> {
  const names = await findNames(
    db,
    entries.flatMap((entry) => [
      ...(entry.actorId === null ? [] : [{ kind: entry.actorType, id: entry.actorId }]),
      ...(entry.resource === null ? [] : [splitResource(entry.resource)]),
    ]),
  );
  return entries.map((entry) => {
    const actor = entry.actorId === null ? undefined : names(entry.actorType, entry.actorId);
    const { kind, id } = splitResource(entry.resource ?? '');
    const resource = names(kind, id);
    // A group or connection is really gone once deleted, but the entry may have kept its name.
    const kept = kind !== 'conversation' && typeof entry.detail['name'] === 'string' ? entry.detail['name'] : null;
    return {
      ...entry,
      actorName: actor?.name ?? null,
      actorDeleted: actor?.deleted ?? false,
      resourceName: resource?.name ?? (resource ? kept : null),
      resourceDeleted: resource?.deleted ?? false,
    };
  });
}

function splitResource(resource: string): { kind: string; id: string } {
  const colon = resource.indexOf(':');
  return colon < 0 ? { kind: '', id: resource } : { kind: resource.slice(0, colon), id: resource.slice(colon + 1) };
}
