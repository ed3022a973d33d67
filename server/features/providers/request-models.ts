import type { listModels } from '../../providers/list-models.ts';

/** Prices come with the lists, which take memory that a server whom nobody asks for one has no use for. */
export async function requestModels(...request: Parameters<typeof listModels>): ReturnType<typeof listModels> {
  const lists = await import('../../providers/list-models.ts');
  return lists.listModels(...request);
}
