import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { say as german } from '../../../contract/sentences/de.ts';
import { say as spanish } from '../../../contract/sentences/es.ts';
import { say as french } from '../../../contract/sentences/fr.ts';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';

let files: FilePlayground;

beforeAll(async () => {
  files = await createFilePlayground();
});

afterAll(() => files.remove());

const hex = (text: string, length = 64) =>
  Buffer.concat([Buffer.from(text.replaceAll(' ', ''), 'hex'), Buffer.alloc(length)]);
const tar = () => {
  const head = Buffer.alloc(1024);
  head.write('notes.txt', 0);
  head.write(['0000644', '0000000', '0000000', '00000000000', '00000000000', ''].join('\x00'), 100);
  head.write('ustar\x0000', 257);
  const sum = head
    .subarray(0, 512)
    .reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return head;
};

describe('a file that cannot be read', () => {
  it.each([
    ['scan.pdf', hex('49492a00 08000000'), /is a damaged picture, or of a kind that cannot be read\.$/],
    [
      'photo.jpg',
      Buffer.concat([hex('00000018', 0), Buffer.from('ftypheic'), Buffer.alloc(64)]),
      /is a photo in the format HEIC or AVIF, which cannot be read here\. Save it as JPEG or PDF/,
    ],
    ['drawing.bmp', hex('424d 46000000 00000000 36000000 28000000'), /is a BMP picture/],
    ['files.docx', hex('526172211a0700'), /is a RAR archive\. Ask for the files in it, unpacked\.$/],
    ['files.7z', hex('377abcaf271c0004'), /is a 7-Zip archive/],
    ['files.gz', gzipSync('text'), /is a gzip archive/],
    ['files.tar', tar(), /is a TAR archive/],
    ['setup.xlsx', hex('4d5a9000 03000000'), /is a Windows program/],
    [
      'memo.txt',
      Buffer.concat([Buffer.from('RIFF'), Buffer.alloc(4, 1), Buffer.from('WAVEfmt '), Buffer.alloc(64)]),
      /is a sound recording\. Ask for a transcript\.$/,
    ],
    [
      'data.csv',
      Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(64)]),
      /is a database or data file\. Ask for what is needed of it as \.csv or \.xlsx\.$/,
    ],
    [
      'data.mdb',
      Buffer.concat([Buffer.from('\0\u0001\0\0Standard Jet DB\0'), Buffer.alloc(64)]),
      /is an Access database/,
    ],
    [
      'notes.one',
      hex('e4525c7b8cd8a74daeb15378d02996d3'),
      /is a OneNote section \(\.one\)\. Ask for it exported as PDF or Word\.$/,
    ],
    ['winmail.dat', hex('789f3e22 0100'), /is in Outlook's own format \(winmail\.dat\)/],
    ['mail.pst', Buffer.concat([Buffer.from('!BDN'), Buffer.alloc(64)]), /is Outlook's data file \(\.pst\)/],
  ])('is named for what it is, whatever it is called: %s', async (name, bytes, message) => {
    await files.put(`data/hr/${name}`, bytes);
    const refusal = await files.read({ path: `/data/hr/${name}` }).then(
      () => new Error('It was read.'),
      (error: Error) => error,
    );
    expect(refusal.message).toMatch(message);
    for (const say of [german, spanish, french]) {
      expect(say(refusal.message)).toContain(name);
      expect(say(refusal.message), 'English is left').not.toMatch(/ is | as | or |Ask |Save /);
    }
  });
});
