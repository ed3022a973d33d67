import { Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { DateField } from '../../ui/date-field.tsx';
import { agentsQuery } from '../agents/agent-queries.ts';
import { usersQuery } from '../settings/users/user-queries.ts';
import classes from './usage.module.css';
import { defaultDays, localDate, periods } from './usage-period.ts';
import type { UsageSearch } from './usage-search.ts';

const own = 'own';
/** Agents at a time; everybody has a personal one, and more are found by typing. */
const offered = 50;

interface UsageFiltersProps {
  search: UsageSearch;
  onChange: (search: UsageSearch) => void;
}

/** Which days, which agent, and whether they are compared; all of it lands in the address. */
export function UsageFilters({ search, onChange }: UsageFiltersProps) {
  const { t } = useTranslation();
  const { data: agents = [] } = useQuery(agentsQuery);
  const { data: users = [] } = useQuery(usersQuery);
  const hasDates = search.from !== undefined && search.to !== undefined;
  const { days = defaultDays, from = '', to = '' } = search;
  const [today] = useState(() => localDate(new Date()));
  const choosePeriod = (value: string | null) => {
    const { from: _from, to: _to, days: _days, ...rest } = search;
    if (value !== own) return onChange({ ...rest, days: Number(value) });
    const first = new Date();
    first.setDate(first.getDate() - (defaultDays - 1));
    return onChange({ ...rest, from: localDate(first), to: today });
  };
  const periodLabel = (count: number) =>
    count === 0 ? t('usage.allTime') : count === 1 ? t('usage.today') : t('usage.lastDays', { count });
  const nameOf = (id: string | null) => users.find((user) => user.id === id)?.name;
  const label = ({ name, isPersonal, ownerId }: (typeof agents)[number]) => {
    const owner = isPersonal ? nameOf(ownerId) : undefined;
    return owner === undefined ? name : t('usage.assistantOf', { name, owner });
  };
  return (
    <div className={classes.filters}>
      <Select
        label={t('usage.days')}
        allowDeselect={false}
        value={hasDates ? own : String(days)}
        data={[
          ...periods.map((count) => ({ value: String(count), label: periodLabel(count) })),
          { value: own, label: t('usage.ownDates') },
        ]}
        onChange={choosePeriod}
      />
      {hasDates && (
        <>
          <DateField
            label={t('usage.from')}
            value={from}
            max={to}
            onChange={(value) => {
              if (value) onChange({ ...search, from: value, to: value > to ? value : to });
            }}
          />
          <DateField
            label={t('usage.to')}
            value={to}
            min={from}
            max={today}
            onChange={(value) => {
              if (value) onChange({ ...search, to: value, from: value < from ? value : from });
            }}
          />
        </>
      )}
      <Select
        label={t('usage.agent')}
        placeholder={t('usage.allAgents')}
        clearable
        searchable
        limit={offered}
        value={search.agentId ?? null}
        data={agents.map((agent) => ({ value: agent.id, label: label(agent) }))}
        onChange={(agentId) => onChange({ ...search, agentId: agentId ?? undefined })}
      />
      <Switch
        className={classes.compare}
        label={t('usage.compare')}
        checked={search.compare === true && (hasDates || days !== 0)}
        disabled={!hasDates && days === 0}
        onChange={(event) => onChange({ ...search, compare: event.currentTarget.checked || undefined })}
      />
    </div>
  );
}
