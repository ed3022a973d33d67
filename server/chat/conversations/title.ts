import { cleanText } from '../clean-text.ts';

const maxTitleLength = 60;
/** A model that writes more than this has answered something else than was asked. */
const maxWrittenLength = 150;

/** The first line of the first message, cut at a word. */
export function titleOf(content: string): string | null {
  const line = content.trim().split('\n', 1)[0]?.replace(/\s+/g, ' ').trim() ?? '';
  return line === '' ? null : cutAtWord(line);
}

/** What a model wrote as a title, as one short line of plain text; undefined where that cannot be one. */
export function titleFrom(written: string): string | undefined {
  const lines = cleanText(written)
    .split(/[\r\n\u2028\u2029]+/)
    .map(plainLine)
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
  const [line] = lines;
  if (line === undefined || lines.length > 2 || line.length > maxWrittenLength) return undefined;
  return cutAtWord(line);
}

/** Without what nobody sees, without formatting and without what stands around a title. */
function plainLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Co}\u200B\u2060\uFEFF\u202A-\u202E\u2066-\u2069]/gu, ' ')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/[*`]+/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^[#>\s-]+/, '')
    .replace(/^(?:title|titel)\s*:\s*/i, '')
    .replace(/^["'«»„“”‚‘’]+|["'«»„“”‚‘’]+$/g, '')
    .replace(/(?<!\.)\.$/, '')
    .trim();
}

function cutAtWord(line: string): string {
  const characters = [...line];
  if (characters.length <= maxTitleLength) return line;
  const cut = characters.slice(0, maxTitleLength - 1).join('');
  const word = cut.lastIndexOf(' ');
  return `${(word > maxTitleLength / 2 ? cut.slice(0, word) : cut).trimEnd()}…`;
}
