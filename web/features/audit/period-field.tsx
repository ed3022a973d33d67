import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { auditPeriods } from '../../../contract/audit-topics.ts';
import { useTranslation } from '../../texts/language.ts';
import type { AuditSearch } from './audit-search.ts';

const own = 'own';
const any = 'any';

interface PeriodFieldProps {
  search: Pick<AuditSearch, 'period' | 'from' | 'to'>;
  onChange: (change: Pick<AuditSearch, 'period' | 'from' | 'to'>) => void;
}

/** Which days: a period that goes on with the calendar, or own dates. */
export function PeriodField({ search: { period, from, to }, onChange }: PeriodFieldProps) {
  const { t } = useTranslation();
  const hasDates = from !== undefined || to !== undefined;
  const [choosesDates, setChoosesDates] = useState(false);
  const showsDates = hasDates || (choosesDates && period === undefined);
  return (
    <>
      <Select
        label={t('filters.period')}
        allowDeselect={false}
        data={[
          { value: any, label: t('filters.periods.any') },
          ...auditPeriods.map((value) => ({ value: value as string, label: t(`filters.periods.${value}`) })),
          { value: own, label: t('filters.periods.own') },
        ]}
        value={period ?? (showsDates ? own : any)}
        onChange={(value) => {
          setChoosesDates(value === own);
          if (value === own) return onChange({ period: undefined });
          return onChange({
            period: auditPeriods.find((known) => known === value),
            from: undefined,
            to: undefined,
          });
        }}
      />
      {showsDates && (
        <>
          <TextInput
            type="date"
            label={t('audit.from')}
            value={from ?? ''}
            max={to}
            onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
          />
          <TextInput
            type="date"
            label={t('audit.to')}
            value={to ?? ''}
            min={from}
            onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
          />
        </>
      )}
    </>
  );
}
