import { isDeepStrictEqual } from 'node:util';
import { maxSavedFilters } from '../../../contract/limits.ts';
import type { AuditCriteria, SavedFilter } from '../../../contract/saved-filters.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { conflict, invalidField, notFound } from '../../platform/errors.ts';
import { presentSavedFilter } from './saved-filter.presenter.ts';
import {
  countSavedFilters,
  deleteSavedFilter,
  findSavedFilterForUpdate,
  insertSavedFilter,
  isNameTaken,
  listSavedFilters,
  lockSavedFilters,
  updateSavedFilter,
} from './saved-filter.queries.ts';

interface FilterBody {
  name: string;
  filter: AuditCriteria;
  shared: boolean;
}
type FilterChanges = { [Field in keyof FilterBody]?: FilterBody[Field] | undefined };

/** Filters of the trail by name: a person's own, which nobody else changes, and what others share. */
export interface SavedFilterService {
  list(actor: Actor): Promise<SavedFilter[]>;
  /** @throws AppError 400 where one has the name already, 409 when there are too many */
  create(actor: Actor, body: FilterBody): Promise<SavedFilter>;
  /** @throws AppError 404 for one of somebody else, shared or not */
  update(actor: Actor, id: string, changes: FilterChanges): Promise<SavedFilter>;
  remove(actor: Actor, id: string): Promise<void>;
}

export function createSavedFilterService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
}): SavedFilterService {
  const { db, signals, audit } = options;

  return {
    async list({ userId }) {
      return (await listSavedFilters(db, userId)).map((row) => presentSavedFilter(row, userId));
    },
    async create(actor, { name, filter, shared }) {
      const { userId } = actor;
      return signals.transaction(actor, async (tx) => {
        await lockSavedFilters(tx, userId);
        if ((await countSavedFilters(tx, userId)) >= maxSavedFilters)
          throw conflict(`You have saved ${maxSavedFilters} filters already. Delete one that is not used any more.`);
        await requireFreeName(tx, { userId, name });
        const row = await insertSavedFilter(tx, userId, { name, filter, shared });
        await audit.record(tx, {
          eventType: 'audit.filter_saved',
          actor: { type: 'user', id: userId },
          resource: `filter:${row.id}`,
          detail: { name, shared, filter: { ...filter } },
        });
        return presentOwn(row);
      });
    },
    async update(actor, id, changes) {
      const { userId } = actor;
      return signals.transaction(actor, async (tx) => {
        await lockSavedFilters(tx, userId);
        const before = await lock(tx, userId, id);
        const { name = before.name, filter = before.filter, shared = before.shared } = changes;
        const difference = differenceOf(before, { name, filter, shared });
        if (Object.keys(difference).length === 0) return presentOwn(before);
        await requireFreeName(tx, { userId, name, except: id });
        const row = await updateSavedFilter(tx, id, { name, filter, shared });
        await audit.record(tx, {
          eventType: 'audit.filter_updated',
          actor: { type: 'user', id: userId },
          resource: `filter:${id}`,
          detail: { name: before.name, shared, changes: difference },
        });
        return presentOwn(row);
      });
    },
    async remove(actor, id) {
      const { userId } = actor;
      await signals.transaction(actor, async (tx) => {
        const { name, shared } = await lock(tx, userId, id);
        await deleteSavedFilter(tx, id);
        await audit.record(tx, {
          eventType: 'audit.filter_deleted',
          actor: { type: 'user', id: userId },
          resource: `filter:${id}`,
          detail: { name, shared },
        });
      });
    },
  };
}

type OwnRow = Awaited<ReturnType<typeof insertSavedFilter>>;

const presentOwn = (row: OwnRow): SavedFilter => presentSavedFilter({ ...row, owner: '' }, row.ownerId);

async function lock(tx: Transaction, userId: string, id: string): Promise<OwnRow> {
  const row = await findSavedFilterForUpdate(tx, userId, id);
  if (!row) throw notFound('The saved filter');
  return row;
}

async function requireFreeName(
  tx: Transaction,
  wanted: { userId: string; name: string; except?: string },
): Promise<void> {
  if (await isNameTaken(tx, wanted)) throw invalidField('name', 'You have a saved filter with this name already.');
}

function differenceOf(before: FilterBody, after: FilterBody) {
  return {
    ...(before.name !== after.name && { name: { from: before.name, to: after.name } }),
    ...(before.shared !== after.shared && { shared: { from: before.shared, to: after.shared } }),
    ...(!isDeepStrictEqual(before.filter, after.filter) && {
      filter: { from: { ...before.filter }, to: { ...after.filter } },
    }),
  };
}
