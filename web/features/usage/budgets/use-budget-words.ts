import type { Budget } from '../../../../contract/budgets.ts';
import type { BudgetUnit } from '../../../../contract/budget-words.ts';
import { useTranslation } from '../../../texts/language.ts';
import { useFormats } from '../../../ui/formats.ts';
import { formatMoney } from '../../../ui/money.ts';

/** How budgets are told: whose they are, and amounts in what they are counted in. */
export function useBudgetWords() {
  const { t } = useTranslation();
  const formats = useFormats();
  const amountOf = (unit: BudgetUnit, amount: string): string =>
    unit === 'usd' ? formatMoney(Number(amount)) : t('budgets.tokens', { amount: formats.number(Number(amount)) });
  return {
    amountOf,
    /** Beside an amount that says what is counted. */
    shortOf: (unit: BudgetUnit, amount: string): string =>
      unit === 'usd' ? formatMoney(Number(amount)) : formats.number(Number(amount)),
    nameOf: ({ scope, scopeName }: Budget): string => t(`budgets.whose.${scope}`, { name: scopeName ?? '' }),
    limitOf: ({ unit, amount, period }: Pick<Budget, 'unit' | 'amount' | 'period'>): string =>
      t('budgets.each', { amount: amountOf(unit, amount), period: t(`budgets.periods.${period}`) }),
  };
}
