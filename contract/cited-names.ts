import { escapePattern } from './escape-pattern.ts';

// Documents that an answer names without a number: "leave.pdf, page 3". Read the same by server and page.

/** Names of one text; more are not looked for. */
const maxNames = 500;
const maxPrefix = 300;

export interface NamedPlace {
  kind: 'page' | 'slide' | 'line' | 'row';
  number: number;
}

export interface NameMark {
  /** Where the name stands, with the directories before it and the place after it. */
  start: number;
  end: number;
  path: string;
  place: NamedPlace | undefined;
}

/** The name of a document as people know it: that of an upload is stored behind its id. */
export function nameOfDocument(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const upload = path.startsWith('/workspace/uploads/')
    ? /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-(.+)$/s
    : undefined;
  return upload?.exec(name)?.[1] ?? name;
}

export const isWebAddress = (path: string): boolean => /^https?:\/\//.test(path);

/** The form in which names are compared, and in which a text is to be given to `findNames`. */
export const composed = (text: string): string => text.normalize('NFC');

/**
 * Where a text names one of these documents: by its path or a part of it, by its name where only one has it, in a link, with or
 * without a place behind it.
 */
export function findNames(text: string, paths: readonly string[]): NameMark[] {
  const byName = Map.groupBy(paths.filter((path) => !isWebAddress(path)).slice(0, maxNames), (path) =>
    composed(nameOfDocument(path)).toLowerCase(),
  );
  // A name without an ending is a word like others.
  const names = [...byName.keys()].filter((name) => /.\.[\p{L}\p{N}]{1,8}$/u.test(name));
  const lower = text.toLowerCase().replace(/\s+/g, ' ');
  const spellings = new Map(
    names
      .flatMap((name) => spellingsOf(name, byName.get(name) ?? []))
      .filter(([spelling]) => lower.includes(spelling.replace(/\s+/g, ' '))),
  );
  if (spellings.size === 0) return [];
  const any = [...spellings.keys()].sort((a, b) => b.length - a.length).map(asPattern);
  const pattern = new RegExp(`(?<![${letters}_.%-])(?:${any.join('|')})(?![${letters}_]|[.-][${letters}])`, 'giu');
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [found] = match;
    const name = spellings.get(found.toLowerCase().replace(/\s+/g, ' '));
    const end = match.index + found.length;
    const prefix = prefixBefore(text, match.index);
    const candidates = (byName.get(name ?? '') ?? []).filter((path) => endsWithParts(path, prefix));
    const [path] = candidates;
    if (path === undefined || (candidates.length > 1 && prefix === '')) return [];
    const { place, length } = placeAfter(text, end);
    return { start: match.index - prefix.length, end: end + length, path, place };
  });
}

const letters = '\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{N}';

/** As it is, and as addresses write it. */
function spellingsOf(name: string, paths: readonly string[]): [spelling: string, name: string][] {
  const inLinks = paths.map((path) => encodeURI(composed(nameOfDocument(path)).toWellFormed()).toLowerCase());
  return [...new Set([name, ...inLinks])].map((spelling) => [spelling, name]);
}

const asPattern = (name: string): string => escapePattern(name).replace(/\s+/g, String.raw`\s+`);

/** Directories that stand directly before a name. */
function prefixBefore(text: string, start: number): string {
  if (text[start - 1] !== '/') return '';
  return /[^\s"'`“”„()[\]<>|*，、（「]*$/u.exec(text.slice(Math.max(0, start - maxPrefix), start))?.[0] ?? '';
}

function endsWithParts(path: string, prefix: string): boolean {
  const wanted = composed(decoded(prefix))
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const directories = composed(path).toLowerCase().split('/').slice(0, -1);
  // A link may say where the server is.
  if (isWebAddress(prefix)) return false;
  return wanted.every((part, index) => part === directories[directories.length - wanted.length + index]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const words: [NamedPlace['kind'], string][] = [
  ['page', String.raw`pages?|pp?\.|Seiten?|S\.|páginas?|pagin[ae]|side[rn]?|sid[ao]r?|стр\.?|страниц\p{L}*|sayfa|第`],
  ['slide', 'slides?|Folien?|diapositivas?|diapositives?'],
  ['line', 'lines?|Zeilen?|lignes?|líneas?|righe|riga|linhas?|rader?|regels?'],
  ['row', 'rows?'],
];
const placeWords = new RegExp(
  String.raw`^[\s\x60"'”’“*_)\]]{0,4}(?:[,;:–—-]|，|、)?\s*[(（]?(?:on |at |auf |in )?(?:${words
    .map(([kind, any]) => `(?<${kind}>${any})`)
    .join('|')})\s*(\d{1,6})(?:\s*[–-]\s*\d{1,6})?(?:\s*[页頁])?`,
  'iu',
);
const placeBehind = /^[\s`"'”*_)、，,]{0,4}(\d{1,6})\s*(?:ページ|页|頁|쪽|페이지)/u;
const placeInLink = /^#page=(\d{1,6})/i;

function placeAfter(text: string, end: number): { place: NamedPlace | undefined; length: number } {
  const after = text.slice(end, end + 60);
  const named = placeWords.exec(after);
  if (named) {
    const kind = words.find(([candidate]) => named.groups?.[candidate] !== undefined)?.[0] ?? 'page';
    const number = Number(named[named.length - 1]);
    return { place: { kind, number }, length: named[0].length };
  }
  const behind = placeBehind.exec(after) ?? placeInLink.exec(after);
  if (behind) return { place: { kind: 'page', number: Number(behind[1]) }, length: behind[0].length };
  return { place: undefined, length: 0 };
}

/** The passage of a document that a named place means; undefined where none begins there. */
export function passageAt<Passage extends { place: string }>(
  passages: readonly Passage[],
  { kind, number }: NamedPlace,
): Passage | undefined {
  if (kind === 'line' || kind === 'row') {
    const pattern = kind === 'line' ? /\bline (\d+)/ : /\brows? (\d+)/;
    const started = passages
      .map((passage) => ({ passage, first: Number(pattern.exec(passage.place)?.[1] ?? Number.NaN) }))
      .filter(({ first }) => first <= number);
    return started.toSorted((a, b) => b.first - a.first)[0]?.passage;
  }
  return passages.find(({ place }) => new RegExp(String.raw`\b${kind} ${number}\b`).test(place));
}
