import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageState } from '../../contract/page-state.ts';

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}

interface Visit {
  /** The header `Accept-Language`. */
  languages: string | undefined;
  state: PageState | undefined;
}

const catalogues = {
  en: 'texts/en-start.ts',
  de: 'texts/de-start.ts',
  es: 'texts/es-start.ts',
  fr: 'texts/fr-start.ts',
};
const loginPage = ['features/session/login-page.tsx'];
const chatPage = ['features/chat/chat-page.tsx', 'features/chat/transcript.tsx'];

/**
 * Elements for the head of a page which let the browser fetch what the page will import, all at once. Without them it
 * learns of a file only after it ran the one before.
 */
export function createPreloads(webRoot: string): (path: string, visit: Visit) => string {
  const manifest = JSON.parse(readFileSync(join(webRoot, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const inPage = filesOf(manifest, ['index.html']);

  function preloads(sources: string[]): string {
    const { scripts, styles } = filesOf(manifest, sources);
    return [
      ...[...styles].filter((file) => !inPage.styles.has(file)).map(styleElement),
      ...[...scripts].filter((file) => !inPage.scripts.has(file)).map(scriptElement),
    ].join('');
  }

  const made = new Map<string, string>();
  return (path, visit) => {
    const sources = [catalogues[languageOf(visit.languages)], ...pageOf(path, visit.state)];
    const key = sources.join();
    const elements = made.get(key) ?? preloads(sources);
    made.set(key, elements);
    return elements;
  };
}

const scriptElement = (file: string) => `<link rel="modulepreload" crossorigin href="/${file}">`;
const styleElement = (file: string) => `<link rel="stylesheet" crossorigin href="/${file}">`;

/** The modules of the page that somebody will see at this path; none for the pages that are opened now and then. */
function pageOf(path: string, state: PageState | undefined): string[] {
  if (!state?.setupStatus.setupComplete) return [];
  if (!state.me) return path.startsWith('/invite/') ? [] : loginPage;
  return path === '/' || path.startsWith('/chat/') ? chatPage : [];
}

/** As the app chooses among the browser's languages, which come most wanted first. */
function languageOf(header = ''): keyof typeof catalogues {
  const wanted = header.split(',').map((range) => range.trim().split(/[-;]/)[0] ?? '');
  return wanted.find(isLanguage) ?? 'en';
}

const isLanguage = (language: string): language is keyof typeof catalogues => Object.hasOwn(catalogues, language);

/** The files that the modules bring along, without what is imported when needed. Throws when the build has no such module. */
export function filesOf(
  manifest: Record<string, Chunk>,
  sources: string[],
): { scripts: Set<string>; styles: Set<string> } {
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const visit = (name: string) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`The built web app has no ${name}; build it anew.`);
    if (scripts.has(chunk.file)) return;
    scripts.add(chunk.file);
    chunk.css?.forEach((file) => styles.add(file));
    chunk.imports?.forEach(visit);
  };
  sources.forEach(visit);
  return { scripts, styles };
}
