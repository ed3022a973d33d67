import { Table } from '@mantine/core';
import type { Overview } from '../../../contract/overview.ts';
import { perLocale, useTranslation } from '../../texts/language.ts';
import classes from './overview.module.css';

const day = perLocale(
  (locale) => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }),
);

export function ActivityTable({ activity }: { activity: Overview['activity'] }) {
  const { t, locale } = useTranslation();
  const number = new Intl.NumberFormat(locale);
  const most = Math.max(1, ...activity.map(({ questions }) => questions));
  return (
    <Table verticalSpacing={7} className={classes.activity}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('overview.day')}</Table.Th>
          <Table.Th>{t('overview.questions')}</Table.Th>
          <Table.Th ta="right">{t('overview.people')}</Table.Th>
          <Table.Th ta="right" visibleFrom="xs">
            {t('overview.agents')}
          </Table.Th>
          <Table.Th ta="right">{t('overview.failed')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody style={{ fontVariantNumeric: 'tabular-nums' }}>
        {activity.toReversed().map(({ date, questions, people, agents, failed }) => (
          <Table.Tr key={date}>
            <Table.Th scope="row" fw={400} className={classes.day}>
              {day().format(new Date(`${date}T00:00:00Z`))}
            </Table.Th>
            <Table.Td className={classes.questions}>
              {questions > 0 && (
                <span className={classes.bar} style={{ inlineSize: `${(60 * questions) / most}%` }} aria-hidden />
              )}
              {number.format(questions)}
            </Table.Td>
            <Table.Td ta="right">{number.format(people)}</Table.Td>
            <Table.Td ta="right" visibleFrom="xs">
              {number.format(agents)}
            </Table.Td>
            <Table.Td ta="right">{number.format(failed)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
