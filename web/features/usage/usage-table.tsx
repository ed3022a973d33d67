import { Badge, Group, Table, Text, UnstyledButton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
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

const tokenColumns = ['input', 'output', 'cacheRead', 'cacheWrite'] as const;
type Column = 'name' | 'cost' | 'change' | (typeof tokenColumns)[number];
type Order = { column: Column; isDescending: boolean };

/** One row per agent, person or model, in the order that is asked for. */
export function UsageTable({ heading, rows, before }: UsageTableProps) {
  const { t } = useTranslation();
  const [order, setOrder] = useState<Order | null>(null);
  const pages = usePages(order ? rows.toSorted(comparing(order, before)) : rows, 20);
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const result: Column[] = before ? ['cost', 'change'] : ['cost'];
  // A phone shows two or three columns at a time: what it costs comes first there.
  const columns: Column[] = isNarrow ? ['name', ...result, ...tokenColumns] : ['name', ...tokenColumns, ...result];
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
              <FigureRow key={row.id} row={row} columns={columns} before={before?.get(row.id)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Pages {...pages} />
    </>
  );
}

interface FigureRowProps {
  row: UsageRow;
  columns: readonly Column[];
  before: Figures | undefined;
}

function FigureRow({ row, columns, before }: FigureRowProps) {
  const { name, mark, note, detail, figures } = row;
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
      {columns
        .filter((column) => column !== 'name')
        .map((column) => (
          <Table.Td key={column} ta="right">
            <Figure column={column} figures={figures} before={before} />
          </Table.Td>
        ))}
    </Table.Tr>
  );
}

function Figure({
  column,
  figures,
  before,
}: {
  column: Exclude<Column, 'name'>;
  figures: Figures;
  before: Figures | undefined;
}) {
  const { t } = useTranslation();
  if (column === 'change') {
    const change = changeOfFigures(figures, before);
    return change === undefined ? t('usage.new') : formatChange(change);
  }
  if (column !== 'cost') return formatCount(figures[column]);
  if (figures.cost !== null) return formatMoney(figures.cost);
  return (
    <Text size="sm" c="dimmed">
      {t('usage.unpriced')}
    </Text>
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
