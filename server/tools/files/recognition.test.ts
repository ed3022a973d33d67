import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractBytes, heavyQueue } from './extract-document.ts';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';
import { pdfFixture, scannedPdfOf, textAt } from './pdf-fixtures.ts';

let files: FilePlayground;
let scan: Buffer;
beforeAll(async () => {
  files = await createFilePlayground();
  scan = await pdfFixture('scan.jpg');
});
afterAll(() => files.remove());

const scannedPdf = (pages: Parameters<typeof scannedPdfOf>[1]) => scannedPdfOf(scan, pages);

async function read(name: string, bytes: Uint8Array, input: object = {}): Promise<string> {
  await files.put(`data/hr/${name}`, bytes);
  return (await files.read({ path: `/data/hr/${name}`, ...input })).text;
}

describe('a scan', () => {
  it('is read with its table and its language, and marked with its confidence', async () => {
    const text = await read('scan.pdf', scannedPdf([{}]));
    expect(text).toMatch(/\[Page 1\] \(text recognised in a picture, confidence \d\d %\)/);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'Beschäftigten haben Anspruch auf Erholungsurlaub von dreißig Tagen',
    );
    expect(text).toContain('Deutschland\t14\t156');
    expect(text).toContain('Spanien\t\t16');
    expect((await files.read({ path: '/data/hr/scan.pdf', find: 'Anspruch auf Erholungsurlaub' })).text).toContain(
      'page 1',
    );
  }, 60_000);

  it('is read also where it lies on its side, below what a scanner wrote upon it', async () => {
    const text = await read(
      'turned.pdf',
      scannedPdf([{ matrix: '0 600 -283 0 500 60', text: textAt([[20, 20, 'Scanned with a phone', 8]]) }]),
    );
    expect(text).toContain('Scanned with a phone');
    expect(text).toContain('Deutschland');
  }, 60_000);

  it('of many pages comes page after page, and says how to go on', async () => {
    const bytes = scannedPdf(Array.from({ length: 40 }, () => ({})));
    const request = {
      bytes,
      kind: 'pdf',
      firstPage: 3,
      path: 'long.pdf',
      userId: 'user1',
      signal: new AbortController().signal,
    } as const;
    const left = await extractBytes(request);
    expect(left.scannedPages).toHaveLength(38);
    const found = await extractBytes({ ...request, recogniseScans: true });
    expect(found.pages.length).toBeGreaterThan(0);
    expect(found.pages.length).toBeLessThan(38);
    expect(found.recognised?.[0]).toMatchObject({ page: 3, language: 'deu' });
    expect(found.scannedPages).toEqual([]);
  }, 90_000);
});

it.each(['gone.pdf', 'gone.jpg'])(
  '%s that is removed before its turn is not answered with what is left of it',
  async (name) => {
    const endTurn = await heavyQueue.takeTurn({ key: 'somebody else' });
    try {
      const reading = read(name, name.endsWith('.pdf') ? scannedPdf([{ text: textAt([[20, 20, 'Above', 8]]) }]) : scan);
      const ending = reading.catch((error: Error) => error.message);
      await expect.poll(() => heavyQueue.waiting).toBe(1);
      await rm(join(files.dataRoot, 'hr', name));
      expect(await ending).toBe(`/data/hr/${name} was removed while it was read.`);
    } finally {
      endTurn();
    }
  },
  60_000,
);

describe('a picture', () => {
  it('is shown, with the text that is recognised in it', async () => {
    const text = await read('photo.jpg', scan);
    expect(text).toMatch(
      /^File: \/data\/hr\/photo\.jpg \(image\/jpeg, [\d.]+ kB\)\. The image is attached\.\n\[text recognised in a picture, confidence/,
    );
    expect(text).toContain('Deutschland\t14\t156');
    expect((await files.read({ path: '/data/hr/photo.jpg', find: 'Uberstunden' })).text).toContain(
      'no line contains it',
    );
    expect((await files.read({ path: '/data/hr/photo.jpg', find: 'Überstunden' })).text).toContain('page 1, line');
  }, 60_000);

  it('of a kind that cannot be read says what to do', async () => {
    const heic = Buffer.concat([
      Buffer.from('00000018', 'hex'),
      Buffer.from('ftypheic\0\0\0\0heicmif1'),
      Buffer.alloc(200),
    ]);
    await expect(read('photo.heic', heic)).rejects.toThrow(/HEIC.*Save it as JPEG/);
  });

  it('that unpacks to more than fits is refused before', async () => {
    const png = Buffer.alloc(60);
    Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(png);
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    expect(await read('bomb.png', png)).toContain('million pixels');
  });

  it('in TIFF is read page by page', async () => {
    const text = await read('fax.tif', blankTiff(2));
    expect(text).toContain('[Page 1: no text was recognised in it]\n[Page 2: no text was recognised in it]');
  }, 60_000);
});

/** White pages of 40 by 20 points. (TIFF 6.0, section 2.) */
function blankTiff(pages: number): Buffer {
  const size = 40 * 20;
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1'), Buffer.alloc(size, 255)];
  parts[0]?.writeUInt32LE(8 + size, 4);
  const entries = [[256, 40], [257, 20], [258, 8], [259, 1], [262, 1], [273, 8], [277, 1], [278, 20], [279, size]]; // prettier-ignore
  const length = 2 + entries.length * 12 + 4;
  for (let page = 1; page <= pages; page += 1) {
    const directory = Buffer.alloc(length);
    directory.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag = 0, value = 0], index) => {
      directory.writeUInt16LE(tag, 2 + index * 12);
      directory.writeUInt16LE(4, 4 + index * 12);
      directory.writeUInt32LE(1, 6 + index * 12);
      directory.writeUInt32LE(value, 10 + index * 12);
    });
    if (page < pages) directory.writeUInt32LE(8 + size + page * length, length - 4);
    parts.push(directory);
  }
  return Buffer.concat(parts);
}
