import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/client.ts';

/** One's own prompts and the organisation's, by name. */
export const promptsQuery = queryOptions({
  queryKey: ['prompts'],
  queryFn: async ({ signal }) => (await call('listPrompts', { signal })).prompts,
});
