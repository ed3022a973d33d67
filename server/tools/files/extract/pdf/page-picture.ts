import { ImageKind, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { createRaster, type Matrix, type PlacedImage } from './raster.ts';
import type { PdfPage } from './open-pdf.ts';

/** What a page shows as pictures, put together to one. */
export interface PagePicture {
  /** PGM: grey, one byte per pixel. */
  bytes: Uint8Array;
  /** The share of the page that its pictures cover, 0 to 1. */
  coverage: number;
}

const identity: Matrix = [1, 0, 0, 1, 0, 0];
const loadTime = 10_000;

/**
 * The pictures of a page in their places: a scan may consist of stripes, be turned, or lie as a mask over white. Undefined
 * when there are none.
 */
export async function pagePicture(page: PdfPage): Promise<PagePicture | undefined> {
  const images = await placedImages(page);
  if (images.length === 0) return undefined;
  const { width, height } = page.getViewport({ scale: 1 });
  return createRaster(images, width, height);
}

async function placedImages(page: PdfPage): Promise<PlacedImage[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const images: PlacedImage[] = [];
  const stack: Matrix[] = [];
  let matrix = multiply(page.getViewport({ scale: 1 }).transform as Matrix, identity);
  for (const [index, operator] of fnArray.entries()) {
    const values = argsArray[index] as unknown[] | null;
    if (operator === OPS.save) stack.push(matrix);
    else if (operator === OPS.restore || operator === OPS.paintFormXObjectEnd) matrix = stack.pop() ?? matrix;
    else if (operator === OPS.transform) matrix = multiply(matrix, numbers(values));
    else if (operator === OPS.paintFormXObjectBegin) {
      stack.push(matrix);
      matrix = multiply(matrix, numbers(values?.[0]));
    } else if (
      operator === OPS.paintImageXObject ||
      operator === OPS.paintInlineImageXObject ||
      operator === OPS.paintImageMaskXObject
    ) {
      const image = await load(page, values?.[0]);
      if (image) images.push({ ...image, matrix });
    }
  }
  return images;
}

type Bitmap = Omit<PlacedImage, 'matrix'>;

async function load(page: PdfPage, source: unknown): Promise<Bitmap | undefined> {
  if (typeof source === 'string') return bitmapOf(await objectOf(page, source));
  if (typeof source !== 'object' || source === null) return undefined;
  const { data } = source as { data?: unknown };
  if (typeof data !== 'string') return bitmapOf(source);
  const loaded = await objectOf(page, data);
  return bitmapOf({ ...source, ...(loaded as object | null) });
}

function objectOf(page: PdfPage, name: string): Promise<unknown> {
  const objects = name.startsWith('g_') ? page.commonObjs : page.objs;
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const timer = setTimeout(() => resolve(undefined), loadTime);
  objects.get(name, resolve);
  return promise.finally(() => clearTimeout(timer));
}

function bitmapOf(object: unknown): Bitmap | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  const { data, width, height, kind } = object as Partial<Record<'data' | 'width' | 'height' | 'kind', unknown>>;
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) return undefined;
  if (typeof width !== 'number' || typeof height !== 'number') return undefined;
  if (kind === ImageKind.RGB_24BPP) return { data, width, height, channels: 3 };
  if (kind === ImageKind.RGBA_32BPP) return { data, width, height, channels: 4 };
  return { data, width, height, channels: 0 };
}

function numbers(values: unknown): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = (
    Array.isArray(values) || ArrayBuffer.isView(values)
      ? Array.from(values as unknown as ArrayLike<unknown>, Number)
      : []
  ) as number[];
  return [a, b, c, d, e, f];
}

function multiply([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
