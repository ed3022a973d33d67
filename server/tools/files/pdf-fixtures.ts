import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** For tests: a small PDF that shows what people see. */
export async function pdfFixture(name: string): Promise<Buffer> {
  return readFile(join(import.meta.dirname, 'fixtures/pdf', name));
}

interface PdfParts {
  pages: { content: string | Buffer; resources?: string; entries?: string }[];
  /** Further objects; the first one has the number 10. */
  objects?: (string | Buffer)[];
  /** Entries of the catalog. */
  catalog?: string;
}

/** A PDF without a table of its objects, which readers make up for. Font F1 is Helvetica. (ISO 32000-1, 7.5.) */
export function pdfOf({ pages, objects = [], catalog = '' }: PdfParts): Buffer<ArrayBuffer> {
  const firstPage = 10 + objects.length;
  const kids = pages.map((_, index) => `${firstPage + 2 * index} 0 R`).join(' ');
  const parts: [number, string | Buffer][] = [
    [1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`],
    [2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`],
    [3, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'],
    ...objects.map((object, index): [number, string | Buffer] => [10 + index, object]),
    ...pages.flatMap(({ content, resources = '', entries = '' }, index): [number, string | Buffer][] => [
      [
        firstPage + 2 * index,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${entries} /Resources << /Font << /F1 3 0 R >> ${resources} >> /Contents ${firstPage + 2 * index + 1} 0 R >>`,
      ],
      [firstPage + 2 * index + 1, pdfStream('', content)],
    ]),
  ];
  const body = parts.map(([number, object]) =>
    Buffer.concat([Buffer.from(`${number} 0 obj\n`), bytesOf(object), Buffer.from('\nendobj\n')]),
  );
  return Buffer.concat([Buffer.from('%PDF-1.7\n'), ...body, Buffer.from('trailer\n<< /Root 1 0 R >>\n%%EOF\n')]);
}

/** A stream with these entries in its dictionary. */
export function pdfStream(entries: string, content: string | Buffer): Buffer {
  const bytes = bytesOf(content);
  const head = `<< /Length ${bytes.length} ${entries} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream')]);
}

/** Content that shows texts at points from the lower left corner. */
export function textAt(texts: [x: number, y: number, text: string, size?: number][]): string {
  return texts
    .map(([x, y, text, size = 10]) => `BT /F1 ${size} Tf ${x} ${y} Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`)
    .join('\n');
}

function bytesOf(content: string | Buffer): Buffer {
  return typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
}

/** Pages that consist of a picture, the fixture `scan.jpg`, laid upon them by this matrix. */
export function scannedPdfOf(
  scan: Buffer,
  pages: { matrix?: string; text?: string; entries?: string }[],
): Buffer<ArrayBuffer> {
  const image = '/Type /XObject /Subtype /Image /Width 1050 /Height 495 /ColorSpace /DeviceRGB /BitsPerComponent 8';
  return pdfOf({
    pages: pages.map(({ matrix = '600 0 0 283 6 500', text = '', entries = '' }) => ({
      content: `q ${matrix} cm /I Do Q ${text}`,
      resources: '/XObject << /I 10 0 R >>',
      entries: `/MediaBox [0 0 612 792] ${entries}`,
    })),
    objects: [pdfStream(`${image} /Filter /DCTDecode`, scan)],
  });
}
