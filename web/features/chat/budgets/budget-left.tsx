import type { OwnBudget } from '../../../../contract/budgets.ts';
import { useTranslation } from '../../../texts/language.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { budgetsHash } from '../../usage/budgets/budgets-hash.ts';
import { useFormats } from '../../../ui/formats.ts';
import { formatMoney } from '../../../ui/money.ts';
import { useIsAdmin } from '../../session/session-queries.ts';
import classes from './budget-line.module.css';

/** How a budget stands, in words. */
export default function BudgetLeft({ budget }: { budget: OwnBudget }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isAdmin = useIsAdmin();
  const { scope, unit, period, state, left, amount, resetsAt } = budget;
  const name = t(`budgets.own.open.${scope}`, { period: t(`budgets.own.periods.${period}`) });
  const amountOf = (text: string) =>
    unit === 'usd' ? formatMoney(Number(text)) : t('budgets.tokens', { amount: formats.number(Number(text)) });
  const words = () => {
    if (state === 'used_up') return t('budgets.own.usedUp', { budget: name, when: formats.dateTime(resetsAt) });
    if (left === null || amount === null) return t('budgets.own.nearly', { budget: name });
    return t('budgets.own.left', {
      budget: name,
      left: unit === 'usd' ? amountOf(left) : formats.number(Number(left)),
      amount: amountOf(amount),
    });
  };
  return (
    <output className={classes.line}>
      {words()}{' '}
      {isAdmin ? (
        <TextLink to="/usage" hash={budgetsHash}>
          {t('budgets.own.openBudgets')}
        </TextLink>
      ) : (
        state === 'used_up' && t('budgets.own.askAdmin')
      )}
    </output>
  );
}
