import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

export interface Formats {
  number: (value: number) => string;
  date: (value: string) => string;
  dateTime: (value: string) => string;
}

/** Numbers and dates the way the person's browser writes them, in the language of the app. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const locale = localeFor(i18n.language);
    const number = new Intl.NumberFormat(locale);
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    return {
      number: (value) => number.format(value),
      date: (value) => date.format(new Date(value)),
      dateTime: (value) => dateTime.format(new Date(value)),
    };
  }, [i18n.language]);
}

/** The browser's region for the app's language: an English page of somebody in Britain has British dates. */
function localeFor(language: string): string {
  return navigator.languages.find((locale) => locale.split('-')[0] === language) ?? language;
}
