import { Select } from '@mantine/core';
import { useState } from 'react';
import { auditPeriods } from '../../../contract/audit-topics.ts';
import { useTranslation } from '../../texts/language.ts';
import { DateField } from '../../ui/date-field.tsx';
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
  const change = (dates: Pick<AuditSearch, 'from' | 'to'>) => {
    // Both may be empty while one is typed anew.
    setChoosesDates(true);
    onChange(dates);
  };
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
          <DateField
            label={t('audit.from')}
            value={from ?? ''}
            max={to}
            onChange={(date) => change({ from: date || undefined })}
          />
          <DateField
            label={t('audit.to')}
            value={to ?? ''}
            min={from}
            onChange={(date) => change({ to: date || undefined })}
          />
        </>
      )}
    </>
  );
}
