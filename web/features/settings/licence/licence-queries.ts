import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../api/client.ts';

export const licenceKeys = { status: ['licence'] as const };

export const licenceQuery = queryOptions({
  queryKey: licenceKeys.status,
  queryFn: ({ signal }) => call('enterpriseStatus', { signal }),
});
