import { perLocale } from '../../texts/language.ts';

const full = perLocale((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }));

export const moment = (iso: string) => full().format(new Date(iso));
