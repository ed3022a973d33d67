import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

/** Only what another try can mend is tried again: no answer, or a server that is busy or restarting. */
function isTransient(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 0 || error.status >= 502);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && isTransient(error),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
