import type { Archive } from './read-archive.ts';
import { readXml } from './read-xml.ts';

/** The cell styles that show a number as a date or time. (ECMA-376 part 1, 18.8.30: formats 14 to 22, 45 to 47.) */
export async function dateStylesOf(archive: Archive): Promise<Set<number>> {
  const dateStyles = new Set<number>();
  if (!archive.has('xl/styles.xml')) return dateStyles;
  const dateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);
  let isCellFormats = false;
  let index = 0;
  await readXml(archive.stream('xl/styles.xml'), {
    open(name, attributes) {
      if (name === 'numFmt' && isDateFormat(attributes.formatCode ?? '')) dateFormats.add(Number(attributes.numFmtId));
      if (name === 'cellXfs') isCellFormats = true;
      if (name !== 'xf' || !isCellFormats) return;
      if (dateFormats.has(Number(attributes.numFmtId))) dateStyles.add(index);
      index += 1;
    },
    close: (name) => void (name === 'cellXfs' && (isCellFormats = false)),
  });
  return dateStyles;
}

/**
 * A day count as ISO text: `2026-03-01`, `2026-03-01 14:30:00`, or `14:30:00` below one day. Undefined when it is no date.
 * Excel counts from 1899-12-30 (for days after February 1900), or from 1904-01-01 in files that say so.
 */
export function isoOfSerial(serial: number, countsFrom1904: boolean): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return undefined;
  const start = countsFrom1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const iso = new Date(start + Math.round(serial * 86_400) * 1000).toISOString();
  const date = iso.slice(0, 10);
  const time = iso.slice(11, 19);
  if (serial < 1 && !countsFrom1904) return time;
  return Number.isInteger(serial) ? date : `${date} ${time}`;
}

/** Letters of days, months, years, hours and seconds outside of quotes, escapes and brackets such as [Red]. */
function isDateFormat(code: string): boolean {
  return /[dmyhs]/i.test(code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General/gi, ''));
}
