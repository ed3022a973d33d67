import {
  type ExtractedText,
  extractLimits,
  type ExtractRequest,
  pageWithoutText,
  type RecognisedPage,
} from '../document.ts';
import { findHiddenLayers, hiddenLayersOf } from './hidden-layers.ts';
import { openPdf, type Pdf, type PdfPage } from './open-pdf.ts';
import { pageAnnotations } from './page-annotations.ts';
import { pageText } from './page-fragments.ts';
import { layOut } from './page-layout.ts';
import { countPictures, namesOfAttachments } from './not-shown.ts';
import { createScanReader } from './read-scan.ts';
import { isPlaceholder, xfaPage } from './xfa-page.ts';

interface Page {
  text: string;
  notShown: string[];
  /** Names of layers that are off and hold text of this page. */
  hiddenLayers?: ReadonlySet<string>;
}

type Layers = Awaited<ReturnType<typeof findHiddenLayers>>;

/** Stands for a page whose font does not say which letters it shows. */
const unknownLetters = '(the text of this page cannot be told: its font does not say which letters it shows)';
const placeholderPage =
  '(this page only asks to wait: its form (XFA) is shown by Adobe Reader alone. Ask for it printed to a PDF)';

/** Reads pages from the asked one on, until the limit of pages, text or time: the rest is for the next call. */
export async function extractPdf({ bytes, firstPage, recogniseScans }: ExtractRequest): Promise<ExtractedText> {
  const softEnd = performance.now() + extractLimits.softTime;
  const pictures = countPictures(bytes);
  const pdf = await openPdf(bytes);
  const totalPages = pdf.numPages;
  const labels = await pdf.getPageLabels().catch(() => null);
  const layers = await findHiddenLayers(pdf).catch(() => undefined);
  const hiddenNames = new Set<string>();
  const attachments = await namesOfAttachments(pdf);
  const pages: string[] = [];
  const notShown: string[] = [];
  const scannedPages: number[] = [];
  const recognised: RecognisedPage[] = [];
  const scans = createScanReader(pictures);
  let characters = 0;
  for (let number = firstPage; number <= totalPages && pages.length < extractLimits.pages; number += 1) {
    const page = await readPage(pdf, number, layers);
    for (const name of page.hiddenLayers ?? []) hiddenNames.add(name);
    if (scans.mayBe(page.text)) {
      const scan = await scans.read(pdf, number, page.text, recogniseScans === true);
      if (scan === 'scan') scannedPages.push(number);
      else if (scan) {
        page.text = scan.text;
        recognised.push({ page: number, confidence: scan.confidence, language: scan.language });
      }
    }
    pages.push(page.text.slice(0, extractLimits.characters) || pageWithoutText);
    notShown.push(...page.notShown);
    characters += page.text.length;
    if (characters > extractLimits.characters || performance.now() > softEnd) break;
  }
  // The process reads further documents.
  await pdf.loadingTask.destroy().catch(() => {});
  const scanned = scannedPages.length + recognised.length;
  // Of a document that is read in parts it is not known how many of its other pages are scans.
  const isWhole = pages.length === totalPages;
  const picturesBeside = scanned === 0 || isWhole ? Math.max(0, pictures - scanned) : 0;
  return {
    format: 'PDF',
    pages,
    firstPage,
    totalPages,
    isCut: characters > extractLimits.characters,
    scannedPages,
    recognised,
    ...labelled(labels, firstPage, pages.length),
    notShown: [
      ...counted('picture', picturesBeside),
      ...countedAll(notShown),
      ...hiddenText(hiddenNames),
      ...attachments,
    ],
  };
}

/** One broken page does not cost the others. */
async function readPage(pdf: Pdf, number: number, layers: Layers): Promise<Page> {
  try {
    const page = await pdf.getPage(number);
    const shown = pdf.isPureXfa ? { text: await xfaPage(page), notShown: [] } : await textOfPage(page, layers);
    page.cleanup();
    return isPlaceholder(shown.text) ? { text: placeholderPage, notShown: [] } : shown;
  } catch {
    return { text: '(this page is damaged and cannot be read)', notShown: [] };
  }
}

async function textOfPage(page: PdfPage, layers: Layers): Promise<Page> {
  const hidden = layers && (await hiddenLayersOf(page, layers));
  const hiddenLayers = hidden?.names ?? new Set<string>();
  const { directions, unknownShare } = await pageText(page, hidden);
  const plain = directions.flatMap((fragments) => fragments.map(({ text }) => text)).join('');
  const { fragments, lines, notShown } = await pageAnnotations(page, plain);
  if (unknownShare > 0.5) return { text: [unknownLetters, ...lines].join('\n'), notShown, hiddenLayers };
  const [level = [], ...turned] = directions;
  const blocks = [[...level, ...fragments], ...turned].map((direction) => layOut(direction));
  const text = [...blocks, lines.join('\n')].filter((block) => block !== '').join('\n\n');
  return { text: text.normalize('NFC'), notShown, hiddenLayers };
}

/** The labels of these pages, where they say another thing than their numbers. */
function labelled(labels: string[] | null, firstPage: number, count: number): Pick<ExtractedText, 'pageLabels'> {
  if (!labels || labels.every((label, index) => label === String(index + 1))) return {};
  return { pageLabels: labels.slice(firstPage - 1, firstPage - 1 + count).map((label) => label.slice(0, 40)) };
}

/** "text in 2 layers that are switched off (Draft, Prices)" */
function hiddenText(names: ReadonlySet<string>): string[] {
  if (names.size === 0) return [];
  const layers = names.size === 1 ? 'a layer that is switched off' : `${names.size} layers that are switched off`;
  return [`text in ${layers} (${[...names].slice(0, 10).join(', ')})`];
}

function counted(name: string, count: number): string[] {
  return count === 0 ? [] : [`${count} ${name}${count === 1 ? '' : 's'}`];
}

function countedAll(names: string[]): string[] {
  return [...new Set(names)].flatMap((name) => counted(name, names.filter((other) => other === name).length));
}
