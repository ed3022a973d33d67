import { useEffect, useSyncExternalStore } from 'react';
import { currentLanguage, type Language, useTranslation } from '../texts/language.ts';

type Say = (english: string) => string;

interface Known {
  language: Language;
  say: Say;
}

const asTheyAre: Say = (english) => english;
const loads: Record<Exclude<Language, 'en'>, () => Promise<{ say: Say }>> = {
  de: () => import('../../contract/sentences/de.ts'),
  es: () => import('../../contract/sentences/es.ts'),
  fr: () => import('../../contract/sentences/fr.ts'),
};

let known: Known = { language: 'en', say: asTheyAre };
const listeners = new Set<() => void>();

/** Says a sentence of the server in the language of the moment; as it came where its words cannot be had. */
export async function sayInLanguage(english: string): Promise<string> {
  return (await load(currentLanguage())).say(english);
}

/** Says sentences of the server in the person's language; in English until the words for it have come. */
export function useSentences(): Say {
  const { language } = useTranslation();
  const current = useSyncExternalStore(subscribe, () => known);
  useEffect(() => void load(language), [language]);
  return current.language === language ? current.say : asTheyAre;
}

async function load(language: Language): Promise<Known> {
  if (language === 'en') return { language, say: asTheyAre };
  if (known.language === language) return known;
  try {
    const { say } = await loads[language]();
    known = { language, say };
    for (const listener of listeners) listener();
    return known;
  } catch {
    // Without its words a sentence is better read in English than not at all.
    return { language, say: asTheyAre };
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
