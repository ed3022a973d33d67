import { perLocale } from '../texts/language.ts';

const dollars = perLocale(
  (locale) =>
    new Intl.NumberFormat(locale, {
      ...{ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' },
      ...{ minimumFractionDigits: 2, maximumFractionDigits: 2 },
    }),
);
const exact = perLocale(
  (locale) =>
    new Intl.NumberFormat(locale, {
      ...{ style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' },
      ...{ minimumFractionDigits: 2, maximumFractionDigits: 10 },
    }),
);

/**
 * US dollars as the language writes them, always to the cent: sums that stand beside each other have the same digits. What
 * is more than nothing and less than a cent says so: it is neither nothing nor a cent.
 */
export function formatMoney(amount: number): string {
  if (amount > 0 && amount < 0.01) return `<\u202F${dollars().format(0.01)}`;
  return dollars().format(amount);
}

/** All digits, for whoever asks. */
export const formatExactMoney = (amount: number): string => exact().format(amount);
