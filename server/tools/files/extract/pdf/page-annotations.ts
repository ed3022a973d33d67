import type { Fragment } from './fragment.ts';
import type { PdfPage } from './open-pdf.ts';

/** What is laid over a page: form fields and notes as text in its place, and lines below the page's text. */
export interface PageAnnotations {
  fragments: Fragment[];
  lines: string[];
  notShown: string[];
}

/** The parts of pdf.js's annotations that we use; they are untyped there, and built from a hostile document. */
interface Annotation {
  subtype?: string;
  fieldType?: string | null;
  fieldValue?: unknown;
  exportValue?: unknown;
  buttonValue?: unknown;
  checkBox?: boolean;
  radioButton?: boolean;
  pushButton?: boolean;
  password?: boolean;
  options?: { exportValue?: unknown; displayValue?: unknown }[];
  contentsObj?: { str?: string };
  titleObj?: { str?: string };
  textContent?: string[];
  url?: string;
  rect?: number[];
  hidden?: boolean;
  annotationFlags?: number;
  file?: { filename?: string };
  parentType?: string | null;
}

/** Hidden, or not to be shown on a screen (ISO 32000-1, table 165). */
const hiddenFlags = 2 | 32;
const maxLinks = 30;
const maxLength = 20_000;
const usualSize = 10;
/** Markings that carry a remark; what their marks look like is no text. */
const remarks = new Set([
  'Text',
  'Highlight',
  'Underline',
  'StrikeOut',
  'Squiggly',
  'Caret',
  'Square',
  'Circle',
  'Line',
  'Polygon',
  'PolyLine',
  'Ink',
  'Stamp',
  'FreeText',
]);

export async function pageAnnotations(page: PdfPage, pageText: string): Promise<PageAnnotations> {
  const annotations = ((await page.getAnnotations()) as Annotation[]).filter(isShown);
  const fragments: Fragment[] = [];
  const lines: string[] = [];
  const links = new Set<string>();
  let [stamps, signatures] = [0, 0];
  for (const annotation of annotations) {
    const placed = shownText(annotation);
    if (placed !== '') fragments.push(...fragmentsOf(page, annotation, placed));
    if (annotation.subtype === 'Widget' && annotation.fieldType === 'Sig') signatures += 1;
    const remark = clip(annotation.contentsObj?.str ?? '');
    if (annotation.subtype === 'Stamp' && remark === '') stamps += 1;
    if (remarks.has(annotation.subtype ?? '') && remark !== '' && placed === '')
      lines.push(remarkLine(annotation, remark));
    if (annotation.subtype === 'FileAttachment')
      lines.push(`[attached here: ${clip(annotation.file?.filename ?? '')}]`);
    if (annotation.subtype === 'Link' && annotation.url && !pageText.includes(shortUrl(annotation.url))) {
      links.add(annotation.url);
    }
  }
  const addresses = [...links].slice(0, maxLinks);
  if (addresses.length > 0) {
    const more = links.size > addresses.length ? ` and ${links.size - addresses.length} more` : '';
    lines.push(`[links on this page: ${addresses.join(' , ')}${more}]`);
  }
  const notShown = [...Array<string>(stamps).fill('stamp'), ...Array<string>(signatures).fill('signature field')];
  return { fragments, lines, notShown };
}

function isShown({ hidden, annotationFlags = 0 }: Annotation): boolean {
  return hidden !== true && (annotationFlags & hiddenFlags) === 0;
}

/** What a person sees in the place of a field or of a text that somebody wrote onto the page. */
function shownText(annotation: Annotation): string {
  if (annotation.subtype === 'FreeText') return clip(annotation.contentsObj?.str ?? '');
  if (annotation.subtype !== 'Widget') return '';
  const { fieldType, fieldValue } = annotation;
  if (fieldType === 'Btn') return buttonText(annotation);
  if (annotation.password === true) return typeof fieldValue === 'string' && fieldValue !== '' ? '•••' : '';
  if (fieldType === 'Ch')
    return clip(
      [fieldValue]
        .flat()
        .map((value) => choiceText(annotation, value))
        .filter(Boolean)
        .join(', '),
    );
  return typeof fieldValue === 'string' ? clip(fieldValue) : '';
}

function buttonText({ checkBox, radioButton, exportValue, buttonValue, fieldValue }: Annotation): string {
  if (checkBox === true) return fieldValue === exportValue && fieldValue !== 'Off' ? '[x]' : '[ ]';
  if (radioButton === true) return fieldValue === buttonValue && fieldValue !== null ? '(x)' : '( )';
  return '';
}

function choiceText({ options = [] }: Annotation, value: unknown): string {
  const chosen = options.find(({ exportValue }) => exportValue === value)?.displayValue ?? value;
  return typeof chosen === 'string' ? chosen : '';
}

function fragmentsOf(page: PdfPage, { rect = [], subtype }: Annotation, text: string): Fragment[] {
  const view = page.getViewport({ scale: 1 });
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rect;
  const corners = [view.convertToViewportPoint(x1, y1), view.convertToViewportPoint(x2, y2)] as [number, number][];
  const left = Math.min(...corners.map(([x]) => x));
  const right = Math.max(...corners.map(([x]) => x));
  const top = Math.min(...corners.map(([, y]) => y));
  const bottom = Math.max(...corners.map(([, y]) => y));
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  const pitch = (bottom - top) / Math.max(1, lines.length);
  const size = Math.max(1, Math.min(usualSize, pitch * 0.8));
  const isTall = subtype === 'FreeText' || lines.length > 1;
  return lines.map((line, index) => ({
    text: line.trim(),
    left,
    right: Math.max(left + 1, Math.min(right, left + line.length * size * 0.5)),
    baseline: isTall ? top + size * (1 + index * 1.2) : (top + bottom) / 2 + size * 0.35,
    size,
  }));
}

function remarkLine({ subtype, titleObj }: Annotation, remark: string): string {
  const author = clip(titleObj?.str ?? '').slice(0, 100);
  const kind = subtype === 'FreeText' ? 'note on the page' : 'comment';
  return `[${kind}${author === '' ? '' : ` by ${author}`}: ${remark.replaceAll(/\s*[\r\n]+\s*/g, ' / ')}]`;
}

const clip = (text: string): string => text.trim().slice(0, maxLength);

function shortUrl(url: string): string {
  return url.replace(/^(?:https?:\/\/(?:www\.)?|mailto:)/, '').replace(/\/$/, '');
}
