import { type Fragment, median } from '../pdf/fragment.ts';

/** Below it, percent, a word is more likely a stain or a picture than letters. */
const minWordConfidence = 25;
const wordLevel = '5';
const descends = /[gjpqy,;()ç]/;

interface Word {
  text: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The words of Tesseract's table in their places. Those of a line share a base line, however the paper lay. */
export function fragmentsOf(table: string): Fragment[] {
  const lines = new Map<string, Word[]>();
  for (const row of table.split('\n')) {
    const [level, , block, paragraph, line, , left, top, width, height, confidence, text = ''] = row.split('\t');
    if (level !== wordLevel || text.trim() === '' || Number(confidence) < minWordConfidence) continue;
    const word = {
      text: text.trim(),
      left: Number(left),
      top: Number(top),
      width: Number(width),
      height: Number(height),
    };
    const key = `${block} ${paragraph} ${line}`;
    const words = lines.get(key);
    if (words) words.push(word);
    else lines.set(key, [word]);
  }
  return [...lines.values()].flatMap(fragmentsOfLine);
}

function fragmentsOfLine(words: Word[]): Fragment[] {
  const size = Math.max(...words.map(({ height }) => height));
  const bottoms = words.map(({ text, top, height }) => top + height * (descends.test(text) ? 0.8 : 1));
  const baseline = median(bottoms);
  return words.map(({ text, left, width }) => ({ text, left, right: left + width, baseline, size }));
}
