import { getFormatFromId } from 'numfmt';
import type { Archive } from '../read-archive.ts';
import { readXml } from '../read-xml.ts';
import { builtInDates, type CellFormat, createCellFormat } from './cell-format.ts';
import { eastAsianFormat, type FormatLanguage, languagesOfCharsets } from './east-asian-formats.ts';

/** How cells of one style show what they hold. */
export interface CellStyle extends CellFormat {
  /** Crossed out. */
  isStruck: boolean;
}

/** The cell styles of a workbook, by their index. (ECMA-376 part 1, 18.8.) */
export async function readCellStyles(
  archive: Archive,
  part: string | undefined,
  countsFrom1904: boolean,
): Promise<CellStyle[]> {
  if (part === undefined) return [];
  const patterns = new Map<number, string>();
  const struckFonts = new Set<number>();
  const styles: { pattern: number; font: number }[] = [];
  let language: FormatLanguage | undefined;
  let fonts = 0;
  let parent = '';
  await readXml(archive.stream(part), {
    open(name, attributes) {
      if (name === 'fonts' || name === 'cellXfs' || name === 'numFmts' || name === 'dxfs') parent = name;
      if (parent === 'numFmts' && name === 'numFmt')
        patterns.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (parent === 'fonts' && name === 'font') fonts += 1;
      if (parent === 'fonts' && name === 'strike' && !/^(0|false)$/.test(attributes.val ?? '1'))
        struckFonts.add(fonts - 1);
      if (parent === 'fonts' && name === 'charset') language ??= languagesOfCharsets[attributes.val ?? ''];
      if (parent === 'cellXfs' && name === 'xf')
        styles.push({ pattern: Number(attributes.numFmtId ?? 0), font: Number(attributes.fontId ?? 0) });
    },
    close: (name) => void (name === parent && (parent = '')),
  });
  const formats = new Map<number, CellFormat>();
  const formatOf = (id: number) => {
    const known = formats.get(id) ?? createCellFormat(patterns.get(id) ?? builtInFormat(id, language), countsFrom1904);
    formats.set(id, known);
    return known;
  };
  return styles.map(({ pattern, font }) => ({ ...formatOf(pattern), isStruck: struckFonts.has(font) }));
}

function builtInFormat(id: number, language: FormatLanguage | undefined): string {
  const format = builtInDates[id] ?? eastAsianFormat(id, language) ?? getFormatFromId(id);
  return format ?? 'General';
}
