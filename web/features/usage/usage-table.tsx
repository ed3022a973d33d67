import { Badge, Group, Table, Text, UnstyledButton } from '@mantine/core';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { formatMoney } from '../../ui/money.ts';
import { Pages, usePages } from '../../ui/pages.tsx';
import { changeOfFigures, type Figures, formatChange, formatCount } from './usage-figures.ts';
import classes from './usage.module.css';

export interface UsageRow {
  id: string;
  name: string;
  mark?: ReactNode;
  /** Why the row stands apart, such as `deleted`. */
  note?: string | undefined;
  /** More about the name, such as whose assistant it is. */
  detail?: string | undefined;
  figures: Figures;
}

interface UsageTableProps {
  heading: string;
  /** The largest first. */
  rows: readonly UsageRow[];
  /** Figures of the period before by id; undefined where nothing is compared. */
  before?: ReadonlyMap<string, Figures> | undefined;
}

const figureColumns = ['input', 'output', 'cacheRead', 'cacheWrite', 'cost'] as const;
type Column = 'name' | 'change' | (typeof figureColumns)[number];
type Order = { column: Column; isDescending: boolean };

/** One row per agent, person or model, in the order that is asked for. */
export function UsageTable({ heading, rows, before }: UsageTableProps) {
  const { t } = useTranslation();
  const [order, setOrder] = useState<Order | null>(null);
  const pages = usePages(order ? rows.toSorted(comparing(order, before)) : rows, 20);
  const columns: Column[] = ['name', ...figureColumns, ...(before ? (['change'] as const) : [])];
  const sortBy = (column: Column) => {
    // Figures are looked at from the largest down, names from A on.
    const first = column !== 'name';
    setOrder({ column, isDescending: order?.column === column ? !order.isDescending : first });
    pages.setPage(1);
  };
  return (
    <>
      {/* Phones scroll it sideways, by keyboard too. */}
      <Table.ScrollContainer
        minWidth={before ? 760 : 660}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, role: 'region', 'aria-label': heading } }}
      >
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => {
                const isSorted = order?.column === column;
                const Arrow = order?.isDescending ? ArrowDown : ArrowUp;
                return (
                  <Table.Th
                    key={column}
                    ta={column === 'name' ? 'left' : 'right'}
                    {...(isSorted && { 'aria-sort': order.isDescending ? 'descending' : 'ascending' })}
                  >
                    <UnstyledButton className={classes.sort} onClick={() => sortBy(column)}>
                      {column === 'name' ? heading : t(`usage.${column}`)}
                      {isSorted && <Arrow size={14} aria-hidden />}
                    </UnstyledButton>
                  </Table.Th>
                );
              })}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
            {pages.shown.map((row) => (
              <FigureRow key={row.id} row={row} {...(before && { before })} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Pages {...pages} />
    </>
  );
}

function FigureRow({ row, before }: { row: UsageRow; before?: ReadonlyMap<string, Figures> }) {
  const { t } = useTranslation();
  const { name, mark, note, detail, figures } = row;
  const change = before && changeOfFigures(figures, before.get(row.id));
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          {mark}
          <div className={classes.name}>
            <Text size="sm" truncate title={name}>
              {name}
            </Text>
            {detail && (
              <Text size="xs" c="dimmed" truncate title={detail}>
                {detail}
              </Text>
            )}
          </div>
          {note && (
            <Badge size="sm" variant="default">
              {note}
            </Badge>
          )}
        </Group>
      </Table.Td>
      {figureColumns.map((column) => (
        <Table.Td key={column} ta="right">
          {column !== 'cost' ? (
            formatCount(figures[column])
          ) : figures.cost === null ? (
            <Text size="sm" c="dimmed">
              {t('usage.unpriced')}
            </Text>
          ) : (
            formatMoney(figures.cost)
          )}
        </Table.Td>
      ))}
      {before && <Table.Td ta="right">{change === undefined ? t('usage.new') : formatChange(change)}</Table.Td>}
    </Table.Tr>
  );
}

function comparing({ column, isDescending }: Order, before: UsageTableProps['before']) {
  const sign = isDescending ? -1 : 1;
  // What has no price, or nothing to compare with, stands at the end either way.
  const figureOf = ({ id, figures }: UsageRow): number | null =>
    column === 'name' ? 0 : column === 'change' ? (changeOfFigures(figures, before?.get(id)) ?? null) : figures[column];
  return (left: UsageRow, right: UsageRow): number => {
    if (column === 'name') return sign * left.name.localeCompare(right.name);
    const [one, other] = [figureOf(left), figureOf(right)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * (one - other);
  };
}
