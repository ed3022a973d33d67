import { createHash } from 'node:crypto';
import { open, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateRawSync, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ToolError } from '../tool.ts';
import { documentQueue, extractBytes, extractDocument } from './extract-document.ts';
import { storedZip } from './extract/stored-zip.ts';
import {
  createFilePlayground,
  docxWithBody,
  type FilePlayground,
  pdfWithContent,
  pdfWithPages,
  wordParagraph,
} from '../../../test/files/file-fixtures.ts';

const userId = 'user1';
let files: FilePlayground;

beforeAll(async () => {
  files = await createFilePlayground();
});

afterAll(() => files.remove());

async function failureOf(answer: Promise<unknown>): Promise<Error> {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ToolError);
  return error as Error;
}

describe('text files', () => {
  it('pages through lines and says how to go on', async () => {
    await files.put(
      'data/hr/long.md',
      Array.from({ length: 480 }, (_, index) => `Line ${index + 1}`).join('\r\n') + '\r\n',
    );
    const first = await files.read({ path: '/data/hr/long.md', limit: 120 });
    expect(first.text).toMatch(/^File: \/data\/hr\/long\.md \(lines 1-120 of 480\)\nLine 1\nLine 2\n/);
    expect(first.text).toMatch(/\nLine 120\n\[There is more: go on with offset=121\.\]$/);
    expect(first.audit).toEqual({ path: '/data/hr/long.md', bytes: 4692, lines: 120 });
    const last = await files.read({ path: '/data/hr/long.md', offset: 480 });
    expect(last.text).toBe('File: /data/hr/long.md (lines 480-480 of 480)\nLine 480');
    expect((await failureOf(files.read({ path: '/data/hr/long.md', offset: 481 }))).message).toContain('480 lines');
  });

  it('finds lines by their text, with their numbers', async () => {
    await files.put('data/hr/find.md', 'Alpha\nSick LEAVE: 10 days\nOmega\nParental leave');
    const { text } = await files.read({ path: '/data/hr/find.md', find: 'leave' });
    expect(text).toBe('File: /data/hr/find.md (search: matching lines: 2)\n2: Sick LEAVE: 10 days\n4: Parental leave');
  });

  it.each([
    ['SKU;Price;Place', 'semicolons'],
    ['sep=|\nSKU|Price, net', 'bars'],
    ['SKU\tPrice', 'tabs'],
    ['"a;b",Price', 'commas'],
  ])('of separated values say how, and repeat their header: %s', async (header, separator) => {
    const path = '/data/hr/prices.csv';
    const rows = Array.from({ length: 500 }, (_, index) =>
      header
        .split('\n')
        .at(-1)
        ?.replace(/SKU|"a;b"/, `K-${index}`),
    );
    await files.put('data/hr/prices.csv', [header, ...rows].join('\n'));
    const shown = `${header.split('\n').at(-1)} (header, line ${header.includes('sep=') ? 2 : 1})`;
    const { text } = await files.read({ path, offset: 300, limit: 1 });
    expect(text).toContain(`(CSV, separated by ${separator}; lines 300-300 of 50`);
    expect(text.split('\n')[1]).toBe(shown);
    expect((await files.read({ path, find: 'K-400' })).text).toContain(`\n${shown}\n40`);
  });

  it('breaks up endless lines without losing a character', async () => {
    const content = Array.from({ length: 5000 }, (_, index) => `"key${index}":${index},`).join('');
    await files.put('data/hr/minified.json', content);
    let all = '';
    let offset: number | undefined = 1;
    while (offset !== undefined) {
      const { text }: { text: string } = await files.read({ path: '/data/hr/minified.json', offset, limit: 5 });
      const more: RegExpExecArray | null = /\n\[There is more: go on with offset=(\d+)\.\]$/.exec(text);
      all += text.slice(text.indexOf('\n') + 1, more?.index).replaceAll('\n', '');
      offset = more ? Number(more[1]) : undefined;
    }
    expect(all).toBe(content);
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from('\ufeffGrüße', 'utf8')],
    ['UTF-16 little endian', Buffer.from('\ufeffGrüße', 'utf16le')],
    ['UTF-16 big endian', Buffer.from('\ufeffGrüße', 'utf16le').swap16()],
    ['Latin-1', Buffer.from('Grüße', 'latin1')],
    ['a character across the chunk border', Buffer.from(`${'x\n'.repeat(2 ** 19 - 2)}12Grüße`)],
  ])('reads %s', async (_name, bytes) => {
    await files.put('data/hr/encoded.txt', bytes);
    const { text } = await files.read({ path: '/data/hr/encoded.txt', find: 'Grüße' });
    expect(text).toMatch(/: (12)?Grüße$/);
  });

  it('reads an empty file, and refuses binary ones by name', async () => {
    await files.put('data/hr/empty.txt', '');
    expect((await files.read({ path: '/data/hr/empty.txt' })).text).toContain('(empty)');
    await files.put('data/hr/program', Buffer.from('7f454c4602010100000000000000000003003e0001000000', 'hex'));
    expect((await failureOf(files.read({ path: '/data/hr/program' }))).message).toContain('binary file');
  });

  it('reads a huge log in bounded memory', async () => {
    const path = await files.put('data/hr/huge.log', '');
    const handle = await open(path, 'r+');
    const size = 5 * 1024 ** 3;
    const spaces = Buffer.alloc(1024 * 1024, 'filler line of the log\n');
    for (let written = 0; written < 200; written += 1)
      await handle.write(spaces, 0, spaces.length, written * spaces.length);
    await handle.truncate(size);
    await handle.close();
    const before = process.memoryUsage().rss;
    const { text } = await files.read({ path: '/data/hr/huge.log', offset: 5, limit: 3 });
    expect(text).toContain('lines 5-7; the file has 5120.0 MB and was not read to its end');
    const deep = await files.read({ path: '/data/hr/huge.log', offset: 4_000_000, limit: 2 });
    expect(deep.text).toContain('lines 4000000-4000001');
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  it('stops reading when the run is stopped', async () => {
    const signal = AbortSignal.timeout(50);
    const stopped = files.read({ path: '/data/hr/huge.log', offset: 2_000_000_000 }, { signal });
    await expect(stopped).rejects.toHaveProperty('name', 'TimeoutError');
  });
});

describe('images', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  it('are recognised by their content and handed over', async () => {
    await files.put('data/hr/chart.txt', png);
    const result = await files.read({ path: '/data/hr/chart.txt' });
    const sha256 = createHash('sha256').update(png).digest('hex');
    const reference = { mediaType: 'image/png', path: '/data/hr/chart.txt', sha256, bytes: png.length };
    expect(result.images).toEqual([reference]);
  });

  it('are not handed over above 5 MB, only their text', async () => {
    await files.put('data/hr/large.png', Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]));
    const { text, images } = await files.read({ path: '/data/hr/large.png' });
    expect(text).toContain('is not attached: images can be seen up to 5 MB');
    expect(images).toBeUndefined();
  });
});

describe('PDF', () => {
  it('is read page by page, with marks', async () => {
    await files.put('data/hr/report.pdf', pdfWithPages(['Annual report', 'Revenue (total): 12', 'The end']));
    const { text, audit } = await files.read({ path: '/data/hr/report.pdf' });
    expect(text).toBe(
      'File: /data/hr/report.pdf (PDF, pages 1-3 of 3)\n[Page 1]\nAnnual report\n[Page 2]\nRevenue (total): 12\n[Page 3]\nThe end',
    );
    expect(audit).toMatchObject({ pages: 3 });
    expect((await files.read({ path: '/data/hr/report.pdf', page: 3 })).text).toContain(
      '(PDF, page 3 of 3)\n[Page 3]\nThe end',
    );
    expect((await files.read({ path: '/data/hr/report.pdf', find: 'revenue' })).text).toContain(
      'page 2, line 1: Revenue',
    );
    expect((await failureOf(files.read({ path: '/data/hr/report.pdf', page: 4 }))).message).toContain('3 pages');
  });

  it('of 3,000 pages is read in parts, each within the time limit, and searched to its end', async () => {
    await files.put(
      'data/hr/long.pdf',
      pdfWithPages(Array.from({ length: 3000 }, (_, index) => `This is sheet ${index + 1}`)),
    );
    const started = performance.now();
    const first = await files.read({ path: '/data/hr/long.pdf' });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(first.text).toMatch(/pages 1-200 of 3000.*\[There is more: go on with page=201\.\]$/s);
    const later = await files.read({ path: '/data/hr/long.pdf', page: 2950, limit: 4 });
    expect(later.text).toContain('This is sheet 2950');
    const search = await files.read({ path: '/data/hr/long.pdf', page: 2000, find: 'sheet 2999' });
    expect(search.text).toContain('page 2999, line 1: This is sheet 2999');
  }, 60_000);

  it('that is damaged says so, and the server lives on', async () => {
    await files.put('data/hr/broken.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5000, 'x')]));
    expect((await failureOf(files.read({ path: '/data/hr/broken.pdf' }))).message).toContain('damaged');
  });

  it('above 50 MB is refused before it is read', async () => {
    const path = await files.put('data/hr/huge.pdf', '%PDF-1.7\n');
    await truncate(path, 51 * 1024 * 1024);
    expect((await failureOf(files.read({ path: '/data/hr/huge.pdf' }))).message).toContain('50 MB');
  });
});

describe('Office documents', () => {
  it('Word becomes Markdown', async () => {
    const cell = (text: string) => `<w:tc>${wordParagraph(text)}</w:tc>`;
    const row = (...texts: string[]) => `<w:tr>${texts.map(cell).join('')}</w:tr>`;
    const table = `<w:tbl>${row('Name', 'Days')}${row('Sick &amp; care', '10')}</w:tbl>`;
    const body =
      wordParagraph('Leave policy', 'Heading1') + wordParagraph('Everybody gets 30 days &lt;a year&gt;.') + table;
    await files.put('data/hr/leave.docx', docxWithBody(body));
    const { text } = await files.read({ path: '/data/hr/leave.docx' });
    expect(text).toContain(
      'Leave policy\n\nEverybody gets 30 days <a year>.\n\n| Name | Days |\n| --- | --- |\n| Sick & care | 10 |',
    );
  });

  it('Excel becomes rows with sheet marks, row numbers, values and dates', async () => {
    // Written by exceljs 4.4: a date in a cell, a formula with its result, an empty row, a sheet that begins at C7.
    const workbook = await readFile(join(import.meta.dirname, 'fixtures/budget.xlsx'));
    await files.put('data/hr/budget.xlsx', workbook);
    const { text } = await files.read({ path: '/data/hr/budget.xlsx' });
    expect(text.slice(text.indexOf('\n') + 1)).toBe(
      '[Budget 2026]\n1\tItem\tAmount\tDue\n2\tRent\t1200.5\t2026-03-01\n4\tSum\t2401\tTRUE\n\n[Notes]\n7\t\t\ttwo lines',
    );
  });

  it('PowerPoint becomes text with slide marks', async () => {
    const slide = (text: string) =>
      Buffer.from(`<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`);
    const parts = [
      { name: 'ppt/presentation.xml', data: Buffer.from('<p:presentation xmlns:p="p"/>') },
      { name: 'ppt/slides/slide10.xml', data: slide('Questions') },
      { name: 'ppt/slides/slide2.xml', data: slide('Strategy') },
    ];
    await files.put('data/hr/talk.pptx', storedZip(parts));
    const { text } = await files.read({ path: '/data/hr/talk.pptx' });
    expect(text).toMatch(/\[Slide 2\]\nStrategy\n\n\[Slide 10\]\nQuestions$/);
  });

  it('other archives are refused with a reason', async () => {
    await files.put('data/hr/backup.zip', storedZip([{ name: 'a.xml', data: Buffer.from('<a/>') }]));
    expect((await failureOf(files.read({ path: '/data/hr/backup.zip' }))).message).toContain('is an archive');
  });
});

describe('hostile documents', () => {
  /** Declares `declared` bytes for a part that really inflates to `real`. */
  function bomb({ real, declared }: { real: number; declared: number }): Buffer {
    const compressed = deflateRawSync(Buffer.alloc(real, ' '));
    const zip = storedZip([
      { name: 'word/document.xml', data: compressed },
      { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    ]);
    const central = zip.indexOf(Buffer.from('504b0102', 'hex'));
    zip.writeUInt16LE(8, 8);
    zip.writeUInt32LE(declared, 22);
    zip.writeUInt16LE(8, central + 10);
    zip.writeUInt32LE(declared, central + 24);
    return zip;
  }

  it('a zip bomb is refused by what it declares', async () => {
    await files.put('data/hr/bomb.docx', bomb({ real: 300 * 1024 ** 2, declared: 300 * 1024 ** 2 }));
    expect((await failureOf(files.read({ path: '/data/hr/bomb.docx' }))).message).toContain('zip bomb');
  });

  it('a zip bomb that lies about its size is stopped while it inflates', async () => {
    await files.put('data/hr/liar.docx', bomb({ real: 300 * 1024 ** 2, declared: 1000 }));
    expect((await failureOf(files.read({ path: '/data/hr/liar.docx' }))).message).toMatch(/damaged|bomb/);
  });

  it('entities that multiply are no text', async () => {
    const entities = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('');
    const sheet = `<!DOCTYPE x [<!ENTITY e0 "ha">${entities}]><worksheet><sheetData><row><c t="str"><v>&e12;</v></c></row></sheetData></worksheet>`;
    const parts = {
      'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': sheet,
    };
    await files.put(
      'data/hr/laughs.xlsx',
      storedZip(Object.entries(parts).map(([name, text]) => ({ name, data: Buffer.from(text) }))),
    );
    expect((await failureOf(files.read({ path: '/data/hr/laughs.xlsx' }))).message).toContain('damaged');
  });

  it('a document that needs more memory than a worker has ends the worker, not the server', async () => {
    const body = `<w:p>${'<w:r/>'.repeat(5_000_000)}</w:p>`;
    await files.put('data/hr/dense.docx', docxWithBody(body));
    const message = (await failureOf(files.read({ path: '/data/hr/dense.docx' }))).message;
    expect(message).toMatch(/memory|within 20 seconds|damaged/);
  }, 40_000);

  it('a runaway is terminated at the time limit while the event loop goes on', async () => {
    const path = await files.put(
      'data/hr/slow.pdf',
      pdfWithPages(Array.from({ length: 3000 }, (_, index) => `Page ${index}`)),
    );
    const handle = await open(path);
    const { size } = await handle.stat();
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 5);
    const signal = new AbortController().signal;
    const request = {
      handle,
      size,
      kind: 'pdf',
      firstPage: 1,
      path: 'slow.pdf',
      userId,
      signal,
      hardTime: 300,
    } as const;
    expect((await failureOf(extractDocument(request))).message).toContain('could not be read within');
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(10);
    await handle.close();
  });

  it('a stopped run terminates its worker, also while it waits for its turn', async () => {
    const handle = await open(
      await files.put('data/hr/stop.pdf', pdfWithPages(Array.from({ length: 2000 }, () => 'x'))),
    );
    const { size } = await handle.stat();
    const controller = new AbortController();
    const { signal } = controller;
    const request = { handle, size, kind: 'pdf', firstPage: 1, path: 'stop.pdf', userId, signal } as const;
    const all = Array.from({ length: 6 }, () => extractDocument(request).catch((error: Error) => error.message));
    setTimeout(() => controller.abort(new Error('stopped')), 30);
    expect(await Promise.all(all)).toEqual(Array.from({ length: 6 }, () => 'stopped'));
    const after = await extractDocument({ ...request, signal: new AbortController().signal });
    expect(after.totalPages).toBe(2000);
    await handle.close();
  }, 30_000);

  it('of somebody who has heavy ones read, and of others who do, leave a worker to a colleague', async () => {
    // A million small texts: well within every limit of size, and half a minute of work.
    const heavy = new Uint8Array(
      pdfWithContent(deflateSync(Buffer.from('BT /F1 1 Tf (x) Tj ET '.repeat(1_000_000))), {
        filter: '/Filter /FlateDecode',
      }),
    );
    const plain = new Uint8Array(pdfWithPages(['The parental leave is 14 weeks.']));
    const stopped = new AbortController();
    const extract = (bytes: Uint8Array<ArrayBuffer>, reader: string) =>
      extractBytes({
        bytes,
        kind: 'pdf',
        firstPage: 1,
        userId: reader,
        path: `${reader}.pdf`,
        signal: stopped.signal,
        hardTime: 15_000,
      });
    const heavyOnes = ['one', 'one', 'one', 'other', 'other'].map((reader) => extract(heavy, reader));
    const ended = Promise.allSettled(heavyOnes);
    let isAnyRead = false;
    void Promise.any(heavyOnes).then(
      () => (isAnyRead = true),
      () => {},
    );
    await sleep(1_000);
    const waits: number[] = [];
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      expect((await extract(plain, 'colleague')).pages).toEqual(['The parental leave is 14 weeks.']);
      waits.push(performance.now() - start);
    }
    expect(isAnyRead).toBe(false);
    // The first may have to wait until one of two that have only begun is put aside.
    expect(Math.max(...waits)).toBeLessThan(12_000);
    stopped.abort(new Error('enough'));
    expect((await ended).every(({ status }) => status === 'rejected')).toBe(true);
    expect([documentQueue.running, documentQueue.waiting]).toEqual([0, 0]);
  }, 60_000);
});
