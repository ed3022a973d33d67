import { type ExtractedText, extractLimits, UnreadableDocument } from '../document.ts';
import { createMarkdown } from '../shared/markdown-text.ts';
import { createTally } from '../shared/tally.ts';
import { textOfRuns, type TextRun } from '../shared/text-runs.ts';
import { characters, createRtfCharacters } from './rtf-characters.ts';
import { createRtfTable } from './rtf-table.ts';
import { rtfTokens } from './rtf-tokens.ts';

/** What braces keep apart. */
interface Group {
  /** Where its text goes: into the document, a note beside it, or nowhere. */
  destination: 'text' | 'header' | 'footer' | 'footnote' | 'comment' | 'author' | 'instruction' | 'fonts' | 'none';
  isStruck: boolean;
  isHidden: boolean;
  isDeleted: boolean;
  vertical: TextRun['vertical'];
  font: number;
  /** The number or the bullet of a list's entry. */
  isLabel: boolean;
  isField: boolean;
}

const maxGroups = 500;

const destinations: Record<string, Group['destination']> = {
  fonttbl: 'fonts',
  header: 'header',
  headerf: 'header',
  headerl: 'header',
  headerr: 'header',
  footer: 'footer',
  footerf: 'footer',
  footerl: 'footer',
  footerr: 'footer',
  footnote: 'footnote',
  annotation: 'comment',
  atnauthor: 'author',
  fldinst: 'instruction',
  // Text boxes, the text beside a list's number, a picture that may be counted: part of the text.
  shptxt: 'text',
  listtext: 'text',
  pntext: 'text',
  shppict: 'text',
  shpinst: 'text',
};
/** Starred groups that are not named above are for programs, and so are these. */
const ignored = new Set(
  'colortbl stylesheet listtable listoverridetable info pict nonshppict objdata sp xe tc rxe bkmkstart bkmkend atnid atnref atndate themedata'.split(
    ' ',
  ),
);

/** RTF as Markdown. (Rich Text Format 1.9.1.) */
export function extractRtf(bytes: Uint8Array): ExtractedText {
  const tally = createTally();
  const markdown = createMarkdown(extractLimits.characters);
  const decoder = createRtfCharacters();
  const table = createRtfTable();
  const asides = { header: new Set<string>(), footer: new Set<string>() };
  const groups: Group[] = [];
  let group: Group = {
    destination: 'text',
    isStruck: false,
    isHidden: false,
    isDeleted: false,
    vertical: undefined,
    font: -1,
    isLabel: false,
    isField: false,
  };
  let runs: TextRun[] = [];
  let aside: TextRun[] = [];
  let author = '';
  let instruction = '';
  let notes: string[] = [];
  let footnotes = 0;
  let isStarred = false;
  let isInTable = false;
  let isEntry = false;
  let listLevel = 0;
  let headingLevel: number | undefined;

  function add(text: string) {
    if (text === '' || group.destination === 'none' || group.destination === 'fonts' || group.isDeleted) return;
    if (group.destination === 'author') author += text;
    else if (group.destination === 'instruction') instruction += text;
    else if (group.isHidden) tally.add('hidden text');
    else {
      const link = linkOf(instruction);
      const { isStruck, vertical } = group;
      (group.destination === 'text' ? runs : aside).push({
        text,
        isStruck,
        vertical,
        link: group.destination === 'text' ? link : undefined,
      });
    }
  }

  function takeLine(): string {
    const text = textOfRuns(runs).trim();
    runs = [];
    return text;
  }

  function endParagraph() {
    if (group.destination !== 'text') {
      aside.push({ text: ' ' });
      return;
    }
    if (isInTable) {
      runs.push({ text: '\n' });
      return;
    }
    if (!table.isEmpty) markdown.add({ text: table.end() });
    const text = takeLine();
    const shown = isEntry && !headingLevel ? '  '.repeat(listLevel) + text.replace(/^[•·▪◦●○■]\s+/, '- ') : text;
    if (text !== '') markdown.add({ text: shown, headingLevel, isListEntry: isEntry });
    isEntry = false;
    for (const note of notes) markdown.add({ text: note });
    notes = [];
  }

  function endGroup(ended: Group) {
    if (ended.destination === group.destination) return;
    const text = textOfRuns(aside).replace(/\s+/g, ' ').trim();
    if (ended.destination === 'header' || ended.destination === 'footer') {
      if (text !== '') asides[ended.destination].add(`[${ended.destination}: ${text}]`);
    } else if (ended.destination === 'footnote') {
      footnotes += 1;
      runs.push({ text: `[^${footnotes}]` });
      notes.push(`[^${footnotes}]: ${text}`);
    } else if (ended.destination === 'comment') {
      runs.push({ text: ` [comment${author.trim() ? ` by ${author.trim()}` : ''}: ${text}]` });
      author = '';
    } else return;
    aside = [];
  }

  const words: Record<string, (value: number | undefined) => void> = {
    par: endParagraph,
    sect: endParagraph,
    page: endParagraph,
    line: () => add('\n'),
    tab: () => add(group.isLabel ? ' ' : '\t'),
    cell() {
      table.addCell(takeLine());
      isInTable = true;
    },
    nestcell: () => add(' | '),
    row() {
      table.endRow();
      isInTable = false;
    },
    trowd: () => table.beginRow(),
    intbl: () => void (isInTable = true),
    pard() {
      isInTable = false;
      headingLevel = undefined;
      listLevel = 0;
    },
    plain: () => void Object.assign(group, { isStruck: false, isHidden: false, vertical: undefined }),
    cellx: (value = 0) => table.endDefinition(value),
    clvmrg: () => table.mergeAbove(),
    clmrg: () => table.mergeLeft(),
    strike: (value) => void (group.isStruck = value !== 0),
    striked: (value) => void (group.isStruck = value !== 0),
    v: (value) => void (group.isHidden = value !== 0),
    deleted: (value) => void (group.isDeleted = value !== 0),
    super: () => void (group.vertical = 'superscript'),
    sub: () => void (group.vertical = 'subscript'),
    up: (value = 6) => void (group.vertical = value === 0 ? undefined : 'superscript'),
    dn: (value = 6) => void (group.vertical = value === 0 ? undefined : 'subscript'),
    ilvl: (value = 0) => void (listLevel = Math.max(0, Math.min(value, 8))),
    nosupersub: () => void (group.vertical = undefined),
    outlinelevel: (value = 9) => void (headingLevel = value < 6 ? value + 1 : value < 9 ? 6 : undefined),
    fldrslt: () => {},
    field: () => void ((group.isField = true), (instruction = '')),
    object: () => tally.add('embedded file'),
    f(value = -1) {
      group.font = value;
      if (group.destination === 'fonts') decoder.beginFont(value);
    },
    fcharset: (value = 0) => decoder.setCharset(value),
    ansicpg: (value = 1252) => decoder.setCodePage(value),
    uc: (value = 1) => decoder.setSkipped(value),
  };

  function word(name: string, value: number | undefined) {
    if (name === 'u') {
      add(decoder.unicode(value ?? 0));
      return;
    }
    if (name === '*') {
      isStarred = true;
      return;
    }
    if (name === 'pict' && group.destination === 'text') tally.add('picture');
    const destination = destinations[name];
    if (destination && group.destination !== 'none') group.destination = destination;
    else if (ignored.has(name) || (isStarred && words[name] === undefined)) group.destination = 'none';
    if (name === 'listtext' || name === 'pntext') group.isLabel = isEntry = true;
    isStarred = false;
    const character = characters[name];
    if (character !== undefined) add(character);
    else words[name]?.(value);
  }

  for (const token of rtfTokens(bytes)) {
    if (markdown.isFull) break;
    if (token.kind === 'byte') {
      add(decoder.byte(token.byte, group.font));
      continue;
    }
    if (token.kind === 'text') {
      add(decoder.text(token.bytes, group.font));
      continue;
    }
    add(decoder.flush(group.font));
    if (token.kind === 'open') {
      if (groups.length >= maxGroups) throw new UnreadableDocument('is nested too deeply to be read');
      groups.push(group);
      group = { ...group };
      decoder.push();
    } else if (token.kind === 'close') {
      const ended = group;
      group = groups.pop() ?? group;
      decoder.pop();
      endGroup(ended);
      // A link lasts as long as its field.
      if (ended.isField && !group.isField) instruction = '';
    } else if (token.kind === 'word') word(token.name, token.value);
  }
  isInTable = false;
  endParagraph();
  return markdown.end({ format: 'RTF', above: [...asides.header, ...asides.footer], notShown: tally.list() });
}

function linkOf(instruction: string): string | undefined {
  return /^\s*HYPERLINK\s+"([^"]+)"/i.exec(instruction)?.[1];
}
