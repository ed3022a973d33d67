import { perLocale } from '../texts/language.ts';

const relative = perLocale((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long ago a moment was, in words: `3 days ago`, `now` within a minute. */
export function ago(moment: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - new Date(moment).getTime()) / 1_000);
  const [unit, length] = units.find(([, unitLength]) => seconds >= unitLength) ?? (['second', 1] as const);
  return relative().format(unit === 'second' ? 0 : -Math.floor(seconds / length), unit);
}
