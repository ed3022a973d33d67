import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../texts/language.ts';
import { messageOf } from './notify.ts';

interface QueryStateProps<Data> {
  query: UseQueryResult<Data>;
  /** Lines of skeleton while loading. */
  lines?: number;
  children: (data: NonNullable<Data>) => ReactNode;
}

/** Shows what was loaded, or that it is loading, or why it could not be and a way to try again. */
export function QueryState<Data>({ query, lines = 3, children }: QueryStateProps<Data>) {
  const { t } = useTranslation();
  if (query.data !== undefined && query.data !== null) return children(query.data);
  if (query.isError) {
    return (
      <Group role="alert" gap="xs" py="xs">
        <CircleAlert size={18} color="var(--mantine-color-error)" aria-hidden />
        <Text size="sm" mr="xs">
          {messageOf(query.error)}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => void query.refetch()}>
          {t('common.retry')}
        </Button>
      </Group>
    );
  }
  return (
    <Stack gap="sm" role="group" aria-busy="true" aria-label={t('common.loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={18} width={`${92 - ((index * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}
