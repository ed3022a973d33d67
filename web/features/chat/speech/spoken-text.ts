/** Characters that browsers read in one go; of more some stop in the middle. */
const maxPiece = 200;

/** What of an answer can be said: without marks of Markdown, addresses, code and citations. */
export function spokenText(markdown: string): string {
  return markdown
    .replaceAll(/```[\s\S]*?(```|$)/g, ' ')
    .replaceAll(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\[(\d+(?:, ?\d+)*)\]/g, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/https?:\/\/\S+/g, '')
    .replaceAll(/^\s*\|?[\s:|-]+\|[\s:|-]*$/gm, '')
    .replaceAll('|', ', ')
    .replaceAll(/^\s{0,3}(#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replaceAll(/[*_~`]+/g, '')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
}

/** Sentence by sentence, and a long one in parts, none of them empty. */
export function piecesOf(text: string, locale: string): string[] {
  const sentences = [...new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)];
  return sentences
    .flatMap(({ segment }) => cut(segment.replaceAll(/\s+/g, ' ').trim()))
    .filter((piece) => /[\p{L}\p{N}]/u.test(piece));
}

function cut(sentence: string): string[] {
  if (sentence.length <= maxPiece) return [sentence];
  const space = sentence.lastIndexOf(' ', maxPiece);
  const at = space > 0 ? space : maxPiece;
  return [sentence.slice(0, at), ...cut(sentence.slice(at).trim())];
}
