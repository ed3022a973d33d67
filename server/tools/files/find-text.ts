const maxMatches = 50;
const matchCharacters = 300;
const maxPassage = 1_000;

/** Of the same look or sound: whoever types has one of them on the keyboard. */
const alike: [RegExp, string][] = [
  [/[\u00ad\u200b-\u200f\u2060\ufeff]/g, ''],
  [/[\u2018-\u201b\u2032\u02bc\u02b9`\u00b4]/g, "'"],
  [/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212\ufe63\uff0d]/g, '-'],
  [/ß/g, 'ss'],
  [/\s+/g, ' '],
];
const plain = /^[ !-_a-~]*$/;
const unspaced = /[\u2e80-\u9fff\uf900-\ufaff]$/;

/** What people see as the same text becomes the same: letters and accents apart, ligatures, spaces, quotes, dashes. */
export function comparable(text: string): string {
  if (plain.test(text) && !text.includes('  ')) return text.toLowerCase();
  // Cases of letters before and after: some fall apart into several.
  let result = text.toLowerCase().normalize('NFKC').toLowerCase();
  for (const [pattern, replacement] of alike) result = result.replace(pattern, replacement);
  return result;
}

interface Piece {
  line: string;
  text: string;
  /** The next line goes on within the word. */
  isGlued: boolean;
  where: () => string;
}

/** Some letters fall apart into many: a needle is looked for at each line, so that it has a bound of its own. */
const maxNeedle = 400;

/** Collects the places of a text as people type it, also where it runs over the ends of lines. */
export function createFinder(query: string) {
  const folded = comparable(query).trim() || query;
  const needle = folded.length > maxNeedle ? query.toLowerCase() : folded;
  const matches: string[] = [];
  const passages: { place: string; text: string }[] = [];
  let isFull = false;
  /** The lines before, as far back as a match can reach, and their characters. */
  const before: Piece[] = [];
  let length = 0;
  /** The end of those lines as one text, as far as a match can reach; with hyphens at line ends, and without. */
  const reaches = { withHyphens: '', withoutHyphens: '' };

  function add(where: () => string, line: string, share: number, lines = line): void {
    if (matches.length === maxMatches) {
      isFull = true;
      return;
    }
    const place = where();
    matches.push(`${place}: ${excerpt(line, Math.floor(line.length * share), query.length)}`);
    passages.push({
      place: placeFor(place),
      text: excerpt(lines, Math.floor(lines.length * share), query.length, maxPassage),
    });
  }

  function lookOverEnds(piece: Piece): void {
    for (const keepsHyphens of [true, false]) {
      const reach = keepsHyphens ? reaches.withHyphens : reaches.withoutHyphens;
      const found = needle.length > 1 ? (reach + piece.text.slice(0, needle.length - 1)).indexOf(needle) : -1;
      if (found < 0) continue;
      const { joined, starts } = join(before, keepsHyphens);
      const first = starts.findLastIndex((start) => start <= joined.length - reach.length + found);
      const part = before.slice(Math.max(0, first));
      const lines = [...part, piece].map(({ line }) => line.trim());
      add(part[0]?.where ?? piece.where, lines.join(' / '), 0, lines.join('\n'));
      return;
    }
  }

  function keep(piece: Piece): void {
    const reach = needle.length - 1;
    const last = (text: string) => (reach === 0 ? '' : text.slice(-reach));
    reaches.withHyphens = last(reaches.withHyphens + followedText(piece, true));
    reaches.withoutHyphens = last(reaches.withoutHyphens + followedText(piece, false));
    before.push(piece);
    length += piece.text.length;
    for (
      let [first] = before;
      before.length > 1 && first && length - first.text.length >= needle.length;
      [first] = before
    ) {
      length -= first.text.length;
      before.shift();
    }
  }

  return {
    matches,
    /** The lines of each match, as a passage. */
    passages,
    get isFull() {
      return isFull;
    },
    /** `where` names the place: "12" for a line, "page 3, line 12"; it may be asked for until the next lines were looked at. */
    addLine(line: string, where: () => string) {
      if (isFull) return;
      const text = comparable(line).trim();
      if (text === '') return;
      const piece = { line, text, isGlued: /\u00ad\s*$/.test(line) || unspaced.test(text), where };
      const index = text.indexOf(needle);
      if (before.length > 0) lookOverEnds(piece);
      if (index >= 0 && !isFull) add(where, line, index / text.length);
      keep(piece);
    },
  };
}

/** Lines with what parts each from the next one; a hyphen at a line's end may belong to the word or not. */
function join(pieces: Piece[], keepsHyphens: boolean): { joined: string; starts: number[] } {
  let joined = '';
  const starts: number[] = [];
  for (const piece of pieces) {
    starts.push(joined.length);
    joined += followedText(piece, keepsHyphens);
  }
  return { joined, starts };
}

function followedText({ text, isGlued }: Piece, keepsHyphens: boolean): string {
  if (text.endsWith('-')) return keepsHyphens ? text : text.slice(0, -1);
  return isGlued ? text : `${text} `;
}

/** The last line of what a match is said to stand in; a number alone is that of a line. */
function placeFor(where: string): string {
  const place = where.slice(where.lastIndexOf('\n') + 1);
  return /^\d+$/.test(place) ? `line ${place}` : place;
}

function excerpt(line: string, index: number, length: number, most = matchCharacters): string {
  if (line.length <= most) return line;
  const start = Math.max(0, index - Math.floor((most - length) / 2));
  const end = Math.min(line.length, start + most);
  return `${start > 0 ? '…' : ''}${line.slice(start, end)}${end < line.length ? '…' : ''}`;
}
