import type { AuditEntry } from '../../../contract/audit.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import type { Translate } from '../../texts/translate.ts';
import { formatMoney } from '../../ui/money.ts';
import { isTextKey } from './text-key.ts';

interface BudgetWords {
  t: Translate;
  locale: string;
}

/** Whose budget it is, and what it allows. */
export function budgetValues(words: BudgetWords, detail: AuditEntry['detail']): Record<string, string> {
  const { t } = words;
  const { scope, name, unit, amount, period } = detail;
  const whose = `budgets.inTrail.${String(scope)}`;
  if (!isTextKey(t, whose) || typeof amount !== 'string') return {};
  const limit = amountText(words, unit, amount);
  const each = `budgets.periods.${String(period)}`;
  return {
    budget: t(whose, { name: visibleText(typeof name === 'string' && name !== '' ? name : t('trail.somebody')) }),
    limit: isTextKey(t, each) ? t('budgets.each', { amount: limit, period: t(each) }) : limit,
  };
}

/** The same entry with amounts in what they are counted in; any other as it is. */
export function withAmounts(words: BudgetWords, entry: AuditEntry): AuditEntry {
  if (!entry.eventType.startsWith('budget.')) return entry;
  const { unit, changes, ...detail } = entry.detail;
  const told = (value: unknown) => (isDecimal(value) ? amountText(words, unit, value) : value);
  const changed = Object.entries((changes ?? {}) as Record<string, { from?: unknown; to?: unknown }>).map(
    ([field, { from, to }]) => [field, amountFields.has(field) ? { from: told(from), to: told(to) } : { from, to }],
  );
  return {
    ...entry,
    detail: {
      ...Object.fromEntries(
        Object.entries(detail).map(([key, value]) => [key, amountFields.has(key) ? told(value) : value]),
      ),
      unit,
      ...(changes !== undefined && { changes: Object.fromEntries(changed) }),
    },
  };
}

const amountFields: ReadonlySet<string> = new Set(['amount', 'from', 'to', 'spent', 'raise']);
const isDecimal = (value: unknown): value is string => typeof value === 'string' && /^\d+(\.\d+)?$/.test(value);

const amountText = ({ t, locale }: BudgetWords, unit: unknown, amount: string): string =>
  unit === 'usd'
    ? formatMoney(Number(amount))
    : t('budgets.tokens', { amount: new Intl.NumberFormat(locale).format(Number(amount)) });
