import { passageCharacters } from './pieces.ts';
import type { Passage } from './split-passages.ts';

interface Sheet {
  name: string;
  rows: { number: string; text: string }[];
}

const maxHeader = 600;

/** Rows of one sheet, each time with the sheet's first row, which mostly says what the columns are. */
export function splitSheets(text: string): Passage[] {
  return sheetsOf(text).flatMap(passagesOfSheet);
}

function sheetsOf(text: string): Sheet[] {
  const sheets: Sheet[] = [];
  for (const line of text.split('\n')) {
    const name = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (name !== undefined) {
      sheets.push({ name, rows: [] });
      continue;
    }
    const sheet = sheets.at(-1);
    if (line.trim() === '' || !sheet) continue;
    const number = /^(\d+)(?: \([^)\t]*\))?\t/.exec(line)?.[1];
    sheet.rows.push({ number: number ?? '', text: line });
  }
  return sheets;
}

function passagesOfSheet({ name, rows }: Sheet): Passage[] {
  const header = rows[0]?.text.slice(0, maxHeader) ?? '';
  const passages: Passage[] = [];
  let open: Sheet['rows'] = [];
  let length = 0;
  const close = () => {
    const [first] = open;
    if (!first) return;
    const numbers = open.map((row) => row.number).filter((number) => number !== '');
    const [from, to] = [numbers[0], numbers.at(-1)];
    const range = from === undefined ? '' : from === to ? `, row ${from}` : `, rows ${from}–${to}`;
    const body = open.map((row) => row.text.slice(0, passageCharacters * 2)).join('\n');
    const text = passages.length === 0 ? body : `${header}\n${body}`;
    passages.push({ place: `sheet ${name}${range}`, heading: name, text });
    open = [];
    length = 0;
  };
  for (const row of rows) {
    if (open.length > 0 && length + row.text.length > passageCharacters) close();
    open.push(row);
    length += row.text.length + 1;
  }
  close();
  return passages;
}
