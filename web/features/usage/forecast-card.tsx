import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { perLocale, useTranslation } from '../../texts/language.ts';
import { formatMoney } from '../../ui/money.ts';
import { forecastMonth } from './forecast.ts';
import { localDate } from './usage-period.ts';
import { usageForecastQuery } from './usage-queries.ts';
import classes from './usage.module.css';

const monthName = perLocale((locale) => new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }));

/** What this month will have cost, and how that is reckoned; nothing where too little is known. */
export function ForecastCard({ agentId }: { agentId: string | undefined }) {
  const { t } = useTranslation();
  const { data } = useQuery(usageForecastQuery(agentId));
  const [today] = useState(() => localDate(new Date()));
  const costs = data?.map(({ date, cost }) => ({ date, cost: cost === null ? null : Number(cost) }));
  const forecast = costs && forecastMonth(costs, today);
  if (!forecast) return null;
  const month = monthName().format(new Date(`${today}T00:00:00Z`));
  return (
    <section className={classes.forecast} aria-label={t('usage.forecast', { month })}>
      <div>
        <Text size="sm" c="dimmed">
          {t('usage.forecast', { month })}
        </Text>
        <Text className={classes.figure}>{t('usage.about', { amount: formatMoney(forecast.expected) })}</Text>
        <Text size="sm">{t('usage.soFar', { amount: formatMoney(forecast.spent) })}</Text>
      </div>
      <Text size="sm" c="dimmed" className={classes.method}>
        {t('usage.method', { days: forecast.days })}
      </Text>
    </section>
  );
}
