import { Group, Pagination, type PaginationProps, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from '../texts/language.ts';

/** Some of many items at a time. The page is the last one where the list has become shorter. */
export function usePages<Item>(items: readonly Item[], size = 50) {
  const [asked, setPage] = useState(1);
  const count = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(asked, count);
  const first = (page - 1) * size;
  return { shown: items.slice(first, first + size), page, count, setPage, first, total: items.length };
}

/** What the numbers and arrows of a `Pagination` are called. */
export function usePageLabels(): Pick<PaginationProps, 'getItemProps' | 'getControlProps'> {
  const { t } = useTranslation();
  return {
    getItemProps: (number) => ({ 'aria-label': t('people.page', { number }) }),
    getControlProps: (control) => ({ 'aria-label': t(`people.pages.${control}`) }),
  };
}

/** Where one is in a list that is shown in pages, and the way to the others; nothing where there is one page. */
export function Pages({ page, count, setPage, first, total, shown }: ReturnType<typeof usePages>) {
  const { t } = useTranslation();
  const labels = usePageLabels();
  if (count === 1) return null;
  return (
    <Group justify="space-between" mt="md" gap="sm">
      <Text size="sm" c="dimmed">
        {t('people.range', { first: first + 1, last: first + shown.length, total })}
      </Text>
      <Pagination total={count} value={page} onChange={setPage} siblings={0} size="sm" {...labels} />
    </Group>
  );
}
