import type { SavedFilter } from '../../../contract/saved-filters.ts';
import type { FoundFilter } from './saved-filter.queries.ts';

export function presentSavedFilter(row: FoundFilter, userId: string): SavedFilter {
  const { id, name, filter, shared, ownerId, owner, updatedAt } = row;
  return {
    ...{ id, name, filter, shared },
    owner: ownerId === userId ? null : owner,
    updatedAt: updatedAt.toISOString(),
  };
}
