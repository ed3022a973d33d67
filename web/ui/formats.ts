import { useMemo } from 'react';
import { useTranslation } from '../texts/language.ts';

export interface Formats {
  number: (value: number) => string;
  date: (value: string) => string;
  dateTime: (value: string) => string;
}

/** Numbers and dates the way the person's region writes them, in the language of the app. */
export function useFormats(): Formats {
  const { locale } = useTranslation();
  return useMemo(() => {
    const number = new Intl.NumberFormat(locale);
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    return {
      number: (value) => number.format(value),
      date: (value) => date.format(new Date(value)),
      dateTime: (value) => dateTime.format(new Date(value)),
    };
  }, [locale]);
}
