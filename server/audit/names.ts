import { eq, inArray } from 'drizzle-orm';
import type { AuditEntry } from '../../contract/audit.ts';
import { uuidPattern } from '../../contract/uuid-pattern.ts';
import type { Database } from '../db/client.ts';
import { agents, connections, conversations, groups, runs, users } from '../db/schema/index.ts';
import { findModelTitles, modelsIn } from './model-titles.ts';

export interface Name {
  name: string | null;
  deleted: boolean;
}

/** Finds the name of `<kind>:<id>`; undefined for kinds that have none. */
export type Names = (kind: string, id: string) => Name | undefined;

/** Who and what a page of entries is about: one query for each kind, however many entries. */
export async function findNames(db: Database, references: { kind: string; id: string }[]): Promise<Names> {
  const idsOf = (kind: string) => [
    ...new Set(
      references.filter((reference) => reference.kind === kind && uuidPattern.test(reference.id)).map(({ id }) => id),
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

type Named = 'actorName' | 'actorDeleted' | 'resourceName' | 'resourceDeleted' | 'personId' | 'runId' | 'names';
/** An entry before it has names. */
export type NamelessEntry = Omit<AuditEntry, Named>;

/** What ids inside a detail may be of. */
const kindsInside = ['user', 'agent', 'group', 'integration'] as const;
/** No event names more. */
const maxIdsInside = 100;

export async function nameEntries(db: Database, entries: NamelessEntry[]): Promise<AuditEntry[]> {
  const askers = await findAskers(db, entries);
  const known = entries.map((entry) => {
    const runId = runOfEntry(entry);
    const asked = textOf(entry.detail['userId']) ?? (entry.actorType === 'user' ? entry.actorId : null);
    const personId = asked ?? (runId === null ? null : (askers.get(runId) ?? null));
    const inside = [...new Set([...idsIn(entry.detail), ...(personId === null ? [] : [personId])])];
    const models = modelsIn(entry.detail);
    return { entry, runId, personId, models, inside: inside.slice(0, maxIdsInside) };
  });
  const names = await findNames(
    db,
    known.flatMap(({ entry, inside }) => [
      ...(entry.actorId === null ? [] : [{ kind: entry.actorType, id: entry.actorId }]),
      ...(entry.resource === null ? [] : [splitResource(entry.resource)]),
      ...inside.flatMap((id) => kindsInside.map((kind) => ({ kind, id }))),
    ]),
  );
  const titles = await findModelTitles(db, [...new Set(known.flatMap(({ models }) => models))]);
  const nameInside = (id: string) => kindsInside.map((kind) => names(kind, id)?.name).find((name) => name != null);
  return known.map(({ entry, runId, personId, models, inside }) => {
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
      personId,
      runId,
      names: Object.fromEntries(
        [...inside, ...models].flatMap((inner) => {
          const name = titles.get(inner) ?? nameInside(inner);
          return name === undefined ? [] : [[inner, name]];
        }),
      ),
    };
  });
}

/** Who asked, of entries that do not say so themselves. */
async function findAskers(db: Database, entries: NamelessEntry[]): Promise<Map<string, string>> {
  const silent = entries.filter(({ actorType, detail }) => actorType !== 'user' && textOf(detail['userId']) === null);
  const ids = [...new Set(silent.map(runOfEntry).filter((id) => id !== null && uuidPattern.test(id)))] as string[];
  if (ids.length === 0) return new Map();
  const rows = await db.select({ id: runs.id, userId: runs.userId }).from(runs).where(inArray(runs.id, ids));
  return new Map(rows.map(({ id, userId }) => [id, userId]));
}

function runOfEntry({ resource, detail }: NamelessEntry): string | null {
  const { kind, id } = splitResource(resource ?? '');
  return kind === 'run' ? id : textOf(detail['runId']);
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Every id in a detail, wherever it stands; a detail that was tampered with may be deeper than calls can be. */
function idsIn(detail: unknown): string[] {
  const ids: string[] = [];
  const open = [detail];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string' && uuidPattern.test(value)) ids.push(value.toLowerCase());
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) open.push(inner);
  }
  return ids;
}

function splitResource(resource: string): { kind: string; id: string } {
  const colon = resource.indexOf(':');
  return colon < 0 ? { kind: '', id: resource } : { kind: resource.slice(0, colon), id: resource.slice(colon + 1) };
}
