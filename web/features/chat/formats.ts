import { perLocale } from '../../texts/language.ts';

const time = perLocale((locale) => new Intl.DateTimeFormat(locale, { timeStyle: 'short' }));
const day = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full' }));
const shortDay = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }));
const whole = perLocale((locale) => new Intl.NumberFormat(locale));
const megabytes = perLocale(
  (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }),
);
const kilobytes = perLocale(
  (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }),
);

export const timeOfDay = (moment: string) => time().format(new Date(moment));
export const fullDay = (moment: string) => day().format(new Date(moment));
export const wholeNumber = (count: number) => whole().format(count);

/** How many midnights lie between a moment and now. */
export function daysAgo(moment: string, now = new Date()): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(new Date(moment))) / 86_400_000);
}

/** A time today, a date before. */
export const timeOrDay = (moment: string) =>
  daysAgo(moment) === 0 ? timeOfDay(moment) : shortDay().format(new Date(moment));

export function fileSize(bytes: number): string {
  return bytes >= 1_000_000 ? megabytes().format(bytes / 1_048_576) : kilobytes().format(Math.max(1, bytes / 1_024));
}
