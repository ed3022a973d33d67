import { useSyncExternalStore } from 'react';
import {
  createTranslate,
  type EverydayTexts,
  type PageTexts,
  type StartTexts,
  type TextKey,
  type Translate,
} from './translate.ts';

/** The languages of the app, each called by its own name. */
export const languages = { en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français' } as const;
export type Language = keyof typeof languages;

interface Translation {
  t: Translate;
  language: Language;
  /** The language with the person's region, for dates and numbers. */
  locale: string;
}

const storageKey = 'pinchy.language';
interface Catalogue {
  start: () => Promise<StartTexts>;
  pages: () => Promise<PageTexts>;
  everyday: () => Promise<EverydayTexts>;
}
const catalogues: Record<Language, Catalogue> = {
  en: {
    start: async () => (await import('./en-start.ts')).start,
    pages: async () => (await import('./en-pages.ts')).pages,
    everyday: () => import('./en-everyday.ts'),
  },
  de: {
    start: async () => (await import('./de-start.ts')).start,
    pages: async () => (await import('./de-pages.ts')).pages,
    everyday: () => import('./de-everyday.ts'),
  },
  es: {
    start: async () => (await import('./es-start.ts')).start,
    pages: async () => (await import('./es-pages.ts')).pages,
    everyday: () => import('./es-everyday.ts'),
  },
  fr: {
    start: async () => (await import('./fr-start.ts')).start,
    pages: async () => (await import('./fr-pages.ts')).pages,
    everyday: () => import('./fr-everyday.ts'),
  },
};
/** Set once something has asked for its texts. */
const asked: Partial<Record<'pages' | 'everyday', Promise<void>>> = {};

const translation = (): Translation => current;

let current: Translation = { t: (key) => key, language: 'en', locale: 'en' };
const listeners = new Set<() => void>();

export function useTranslation(): Translation {
  return useSyncExternalStore(subscribe, translation, translation);
}

/** For what is no component; says it in the language of the moment. */
export const translate: Translate = (key, values) => current.t(key, values);

/** The language of the moment, for what is no component. */
export const currentLanguage = (): Language => current.language;

/** Whether there is a text of that path, for names that the server chooses. */
export const hasText = (path: string): boolean => translate(path as TextKey) !== path;

/** A formatter of the person's locale, made once: making one takes longer than using it a hundred times. */
export function perLocale<Format>(create: (locale: string) => Format): () => Format {
  let made: { locale: string; format: Format } | undefined;
  return () => {
    if (made?.locale !== current.locale) made = { locale: current.locale, format: create(current.locale) };
    return made.format;
  };
}

/** Brings the chosen language, or the browser's; called before anything is drawn. */
export const loadLanguage = (): Promise<void> =>
  showLanguage(storedLanguage() ?? preferredLanguage(navigator.languages));

/** Brings the texts of all pages, for whoever opens more than the chat. */
export const loadPageTexts = (): Promise<void> => loadTexts('pages');

const withTexts = async <Part>(name: keyof typeof asked, load: () => Promise<Part>): Promise<Part> =>
  (await Promise.all([load(), loadTexts(name)]))[0];

/** A part of the app whose texts are among those of pages. */
export const withPageTexts = <Part>(load: () => Promise<Part>): Promise<Part> => withTexts('pages', load);

/** A part of the app, with what it says of conversations now and then. */
export const withEverydayTexts = <Part>(load: () => Promise<Part>): Promise<Part> => withTexts('everyday', load);

function loadTexts(name: keyof typeof asked): Promise<void> {
  return (asked[name] ??= Promise.resolve()
    .then(() => showLanguage(current.language))
    .catch((error: unknown) => {
      delete asked[name];
      throw error;
    }));
}

/** Changes the language of this browser, for good. */
export async function chooseLanguage(language: Language): Promise<void> {
  await showLanguage(language);
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // Storage may be blocked; then the choice holds until the page is reloaded.
  }
}

/** The first of the browser's languages that the app has. */
export function preferredLanguage(wanted: readonly string[]): Language {
  return wanted.map((locale) => locale.split('-')[0] ?? '').find(isLanguage) ?? 'en';
}

/** The browser's region for the app's language: an English page of somebody in Britain has British dates. */
export function localeFor(language: Language, wanted: readonly string[]): string {
  return wanted.find((locale) => locale.split('-')[0] === language && isLocale(locale)) ?? language;
}

/** Some systems hand their own names on, such as `en-US@posix`, on which every formatter would throw. */
function isLocale(locale: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

async function showLanguage(language: Language): Promise<void> {
  const locale = localeFor(language, navigator.languages);
  const { start, pages, everyday } = catalogues[language];
  const parts = await Promise.all([start(), asked.pages && pages(), asked.everyday && everyday()]);
  const texts = Object.assign({}, ...parts) as StartTexts;
  current = { t: createTranslate(texts, locale), language, locale };
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

function storedLanguage(): Language | undefined {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored && isLanguage(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

const isLanguage = (value: string): value is Language => Object.hasOwn(languages, value);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
