export type Matrix = [number, number, number, number, number, number];

export interface PlacedImage {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  /** 0: one bit per pixel, black where it is 0. */
  channels: 0 | 3 | 4;
  /** From the unit square to the page, its origin at the upper left. */
  matrix: Matrix;
}

/** A4 at 300 points to the inch; more costs time and reads no better. */
const maxPixels = 9_000_000;
const maxPerPoint = 300 / 72;
const minPerPoint = 150 / 72;

/** Draws the pictures of a page onto one, in grey. */
export function createRaster(images: PlacedImage[], pageWidth: number, pageHeight: number) {
  const scale = scaleOf(images, pageWidth, pageHeight);
  const width = Math.max(1, Math.round(pageWidth * scale));
  const height = Math.max(1, Math.round(pageHeight * scale));
  const head = Buffer.from(`P5\n${width} ${height}\n255\n`);
  const bytes = new Uint8Array(head.length + width * height).fill(255);
  bytes.set(head);
  const pixels = bytes.subarray(head.length);
  let covered = 0;
  for (const image of images) covered += draw(image, pixels, { width, height, scale });
  return { bytes, coverage: Math.min(1, covered / (width * height)) };
}

function scaleOf(images: PlacedImage[], pageWidth: number, pageHeight: number): number {
  const finest = Math.max(...images.map(({ width, matrix: [a, b] }) => width / Math.max(1, Math.hypot(a, b))));
  const wanted = Math.min(maxPerPoint, Math.max(minPerPoint, finest));
  return Math.min(wanted, Math.sqrt(maxPixels / Math.max(1, pageWidth * pageHeight)));
}

interface Target {
  width: number;
  height: number;
  scale: number;
}

/** Returns how many pixels it drew. */
function draw(image: PlacedImage, pixels: Uint8Array, { width, height, scale }: Target): number {
  const [a, b, c, d, e, f] = image.matrix.map((value) => value * scale) as Matrix;
  const determinant = a * d - b * c;
  if (Math.abs(determinant) < 1) return 0;
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  const [left, right] = [Math.max(0, Math.floor(Math.min(...xs))), Math.min(width, Math.ceil(Math.max(...xs)))];
  const [top, bottom] = [Math.max(0, Math.floor(Math.min(...ys))), Math.min(height, Math.ceil(Math.max(...ys)))];
  // So many pixels of the picture fall on one of the page, in each direction.
  const density = Math.sqrt((image.width * image.height) / Math.abs(determinant));
  const samples = Math.min(4, Math.max(1, Math.round(density)));
  let drawn = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      let [sum, count] = [0, 0];
      for (let sample = 0; sample < samples * samples; sample += 1) {
        const dx = x + ((sample % samples) + 0.5) / samples - e;
        const dy = y + (Math.floor(sample / samples) + 0.5) / samples - f;
        const u = (dx * d - dy * c) / determinant;
        const v = (dy * a - dx * b) / determinant;
        if (u < 0 || u >= 1 || v < 0 || v >= 1) continue;
        // The first row of a picture is at the top of the unit square.
        sum += greyAt(image, Math.floor(u * image.width), Math.floor((1 - v) * image.height));
        count += 1;
      }
      if (count === 0) continue;
      pixels[y * width + x] = sum / count;
      drawn += 1;
    }
  }
  return drawn;
}

function greyAt({ data, width, height, channels }: PlacedImage, x: number, y: number): number {
  const row = Math.min(y, height - 1);
  if (channels === 0) return ((data[row * ((width + 7) >> 3) + (x >> 3)] ?? 0xff) & (0x80 >> (x & 7))) === 0 ? 0 : 255;
  const at = (row * width + x) * channels;
  const grey = 0.299 * (data[at] ?? 255) + 0.587 * (data[at + 1] ?? 255) + 0.114 * (data[at + 2] ?? 255);
  if (channels === 3) return grey;
  const alpha = (data[at + 3] ?? 255) / 255;
  return grey * alpha + 255 * (1 - alpha);
}
