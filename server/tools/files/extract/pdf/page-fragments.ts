import type { Fragment } from './fragment.ts';
import type { HiddenLayers } from './hidden-layers.ts';
import type { PdfPage } from './open-pdf.ts';

type Content = Awaited<ReturnType<PdfPage['getTextContent']>>;
type TextItem = Extract<Content['items'][number], { str: string }>;
type Matrix = [number, number, number, number, number, number];

/** The text of a page by the direction in which it runs, that of most of it first. */
export interface PageText {
  directions: Fragment[][];
  /** Shares of letters that no reader knows: their font does not say which they are. */
  unknownShare: number;
}

/** Text that is nearly level is read as level: scanners are never quite straight. */
const levelDegrees = 4;

/** What stands in layers that are off is left out. */
export async function pageText(page: PdfPage, layers: HiddenLayers | undefined): Promise<PageText> {
  const content = await page.getTextContent();
  const view = page.getViewport({ scale: 1 });
  const byDirection = new Map<number, Fragment[]>();
  let [known, unknown] = [0, 0];
  for (const item of content.items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    if (layers?.isHidden(item.str)) continue;
    const unreadable = item.str.match(/[\p{Co}\p{Cc}\ufffd]/gu)?.length ?? 0;
    unknown += unreadable;
    known += item.str.length - unreadable;
    const isVertical = content.styles[item.fontName]?.vertical === true;
    const { angle, fragment } = place(item, multiply(view.transform, item.transform), isVertical);
    if (!isInside(item, page.view)) continue;
    const group = byDirection.get(angle);
    if (group) group.push(fragment);
    else byDirection.set(angle, [fragment]);
  }
  const directions = [...byDirection.values()].sort((one, other) => other.length - one.length);
  return { directions, unknownShare: unknown / Math.max(1, known + unknown) };
}

function place(item: TextItem, [a, b, c, d, x, y]: Matrix, isVertical: boolean): { angle: number; fragment: Fragment } {
  const size = Math.hypot(c, d) || Math.hypot(a, b) || 1;
  if (isVertical) {
    // Columns from right to left, each from its top: as lines of a page that is turned.
    return { angle: 1000, fragment: { text: item.str, left: y, right: y + item.height, baseline: -x, size } };
  }
  const degrees = (Math.atan2(b, a) * 180) / Math.PI;
  const quarter = Math.round(degrees / 90) * 90;
  const angle = Math.abs(degrees - quarter) <= levelDegrees ? (quarter === -180 ? 180 : quarter) : Math.round(degrees);
  const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const left = x * cosine + y * sine;
  const fragment: Fragment = { text: item.str, left, right: left + item.width, baseline: y * cosine - x * sine, size };
  return { angle, fragment: item.dir === 'rtl' ? { ...fragment, isRightToLeft: true } : fragment };
}

function isInside({ transform }: TextItem, [left = 0, bottom = 0, right = 0, top = 0]: number[]): boolean {
  const [, , , , x = 0, y = 0] = transform as number[];
  return x >= left - 1 && x <= right + 1 && y >= bottom - 1 && y <= top + 1;
}

function multiply(one: number[], other: number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = one;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = other;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
