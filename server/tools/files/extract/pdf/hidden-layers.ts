import { OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Pdf, PdfPage } from './open-pdf.ts';

/** Tells of the texts of a page, one after the other in their order, whether a layer that is off holds them. */
export interface HiddenLayers {
  isHidden(text: string): boolean;
  /** The names of layers that held some of them. */
  readonly names: ReadonlySet<string>;
}

type Layers = Awaited<ReturnType<Pdf['getOptionalContentConfig']>>;

interface Letter {
  letter: string;
  layer: string | undefined;
}

/** So many letters may be missing from the text of a page, as those outside of it are, before the order is lost. */
const maxMissing = 400;

/** Undefined where every layer is shown, as in nearly all documents. (Optional content: ISO 32000-1, 8.11.) */
export async function findHiddenLayers(pdf: Pdf): Promise<Layers | undefined> {
  const layers = await pdf.getOptionalContentConfig();
  return [...layers].some(([, group]) => !group.visible) ? layers : undefined;
}

/**
 * The text of a page does not say to which layer it belongs; the operators that draw it do, and draw the same letters in
 * the same order.
 */
export async function hiddenLayersOf(page: PdfPage, layers: Layers): Promise<HiddenLayers> {
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: 0 });
  const open: (string | undefined)[] = [];
  const letters: Letter[] = [];
  fnArray.forEach((operator, index) => {
    const args: unknown = argsArray[index];
    if (operator === OPS.beginMarkedContentProps) open.push(hiddenLayer(args, layers));
    else if (operator === OPS.beginMarkedContent) open.push(undefined);
    else if (operator === OPS.endMarkedContent) open.pop();
    else if (operator === OPS.showText) {
      const layer = open.find((name) => name !== undefined);
      for (const letter of lettersOf(glyphText(args))) letters.push({ letter, layer });
    }
  });
  const names = new Set<string>();
  let at = 0;
  return {
    names,
    isHidden(text) {
      const votes = { shown: 0, hidden: 0 };
      let name: string | undefined;
      for (const letter of lettersOf(text)) {
        const found = letters.slice(at, at + maxMissing).findIndex((one) => one.letter === letter);
        if (found < 0) continue;
        at += found + 1;
        const layer = letters[at - 1]?.layer;
        votes[layer === undefined ? 'shown' : 'hidden'] += 1;
        name ??= layer;
      }
      if (votes.hidden <= votes.shown || name === undefined) return false;
      names.add(name);
      return true;
    },
  };
}

function hiddenLayer(args: unknown, layers: Layers): string | undefined {
  const [tag, group] = Array.isArray(args) ? (args as unknown[]) : [];
  if (tag !== 'OC' || typeof group !== 'object' || group === null || layers.isVisible(group)) return undefined;
  const id = 'id' in group && typeof group.id === 'string' ? group.id : undefined;
  const known = id === undefined ? undefined : layers.getGroup(id);
  return typeof known?.name === 'string' && known.name !== '' ? known.name.slice(0, 60) : 'without a name';
}

function glyphText(args: unknown): string {
  const [glyphs] = Array.isArray(args) ? (args as unknown[]) : [];
  if (!Array.isArray(glyphs)) return '';
  return glyphs
    .map((glyph: unknown) =>
      typeof glyph === 'object' && glyph !== null && 'unicode' in glyph ? String(glyph.unicode) : '',
    )
    .join('');
}

const lettersOf = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Cf}\p{Mn}]/gu, '');
