/** What the address of the page holds. */
export interface KnowledgeSearch {
  /** The directory that is looked into; all of them when it is missing. */
  directory?: string | undefined;
  page?: number | undefined;
}

export const dataRoot = '/data';

export function readKnowledgeSearch(search: Record<string, unknown>): KnowledgeSearch {
  const { directory } = search;
  const page = Number(search.page);
  return {
    directory: typeof directory === 'string' && directory.startsWith(`${dataRoot}/`) ? directory : undefined,
    page: Number.isInteger(page) && page > 1 ? page : undefined,
  };
}
