import { Badge, Group, Table, Text } from '@mantine/core';
import { useTranslation } from '../../texts/language.ts';
import type { ReactNode } from 'react';
import { type Figures, formatCost, formatCount } from './usage-figures.ts';

export interface UsageRow {
  id: string;
  name: string;
  mark: ReactNode;
  /** Why the row stands apart, such as `deleted`. */
  note?: string | undefined;
  figures: Figures;
}

/** One row per agent or person, the largest first. */
export function UsageTable({ heading, rows }: { heading: string; rows: readonly UsageRow[] }) {
  const { t } = useTranslation();
  return (
    // Phones scroll it sideways, by keyboard too.
    <Table.ScrollContainer
      minWidth={620}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': heading } }}
    >
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{heading}</Table.Th>
            {(['input', 'output', 'cacheRead', 'cacheWrite', 'cost'] as const).map((key) => (
              <Table.Th key={key} ta="right">
                {t(`usage.${key}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
          {rows.map(({ id, name, mark, note, figures }) => (
            <Table.Tr key={id}>
              <Table.Td>
                <Group gap="sm" wrap="nowrap">
                  {mark}
                  <Text size="sm" truncate maw={240}>
                    {name}
                  </Text>
                  {note && (
                    <Badge size="sm" variant="default">
                      {note}
                    </Badge>
                  )}
                </Group>
              </Table.Td>
              <Table.Td ta="right">{formatCount(figures.input)}</Table.Td>
              <Table.Td ta="right">{formatCount(figures.output)}</Table.Td>
              <Table.Td ta="right">{formatCount(figures.cacheRead)}</Table.Td>
              <Table.Td ta="right">{formatCount(figures.cacheWrite)}</Table.Td>
              <Table.Td ta="right">
                {figures.cost === null ? <Text c="dimmed">{t('usage.unpriced')}</Text> : formatCost(figures.cost)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
