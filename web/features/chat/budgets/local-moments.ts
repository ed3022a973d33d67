import { perLocale } from '../../../texts/language.ts';

const dateTime = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
const moments = /\b(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC\b/g;

/** Moments of the server's sentences as the person's region writes them, by the clock where they are. */
export const tellMomentsHere = (text: string): string =>
  text.replace(moments, (moment, day: string, time: string) => {
    const date = new Date(`${day}T${time}:00Z`);
    return Number.isNaN(date.getTime()) ? moment : dateTime().format(date);
  });
