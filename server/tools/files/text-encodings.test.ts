import iconv from 'iconv-lite';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';

let files: FilePlayground;

beforeAll(async () => {
  files = await createFilePlayground();
});

afterAll(() => files.remove());

async function readBytes(bytes: Uint8Array): Promise<string> {
  await files.put('data/hr/text.txt', bytes);
  return (await files.read({ path: '/data/hr/text.txt' })).text;
}

describe('text of few words', () => {
  it.each([
    ['gbk.csv', '年假;27天'],
    ['sjis.csv', '年次休暇;27日'],
    ['cp1251.csv', 'Отпуск;27 дней'],
    ['iso8859-2.csv', 'Urlop żółty;27 dni'],
    ['cp1253.csv', 'Άδεια;27 ημέρες'],
    ['euckr.csv', '연차휴가;27일'],
    ['utf16le-nobom.txt', 'Leave: 27 days'],
    ['utf16be-nobom.txt', 'Leave: 27 days'],
    ['utf32.txt', 'Leave: 27 days'],
  ])('in %s is read as it was written', async (name, words) => {
    await copyFile(join(import.meta.dirname, 'fixtures/encodings', name), join(files.dataRoot, 'hr', name));
    const { text } = await files.read({ path: `/data/hr/${name}` });
    expect(text.split('\n')[1]).toContain(words);
  });
});

const sentences = {
  polish: 'Każdy pracownik ma prawo do urlopu wypoczynkowego; zażółć gęślą jaźń.',
  czech: 'Příliš žluťoučký kůň úpěl ďábelské ódy; dovolená činí dvacet pět dnů.',
  hungarian: 'Árvíztűrő tükörfúrógép, a szabadság huszonöt nap minden évben.',
  russian: 'Каждый работник имеет право на ежегодный оплачиваемый отпуск.',
  greek: 'Κάθε εργαζόμενος έχει δικαίωμα σε ετήσια άδεια μετ’ αποδοχών.',
  turkish: 'Her çalışanın yıllık ücretli izin hakkı vardır; İstanbul şubesi için geçerlidir.',
  german: 'Jede Beschäftigte hat Anspruch auf Urlaub; Größe und Gewicht dürfen überprüft werden.',
  chinese: '每位员工每年享有二十七天带薪年假，须提前两周申请。',
  traditional: '每位員工每年享有二十七天帶薪年假，須提前兩週申請。',
  japanese: '従業員は年次有給休暇を二十七日取得することができます。',
  korean: '모든 직원은 매년 이십칠 일의 유급 휴가를 받을 수 있습니다.',
};

it.each([
  ['windows-1250', 'polish'],
  ['iso-8859-2', 'polish'],
  ['windows-1250', 'czech'],
  ['windows-1250', 'hungarian'],
  ['windows-1251', 'russian'],
  ['koi8-r', 'russian'],
  ['cp866', 'russian'],
  ['windows-1253', 'greek'],
  ['windows-1254', 'turkish'],
  ['windows-1252', 'german'],
  ['cp850', 'german'],
  ['macroman', 'german'],
  ['gbk', 'chinese'],
  ['gb18030', 'chinese'],
  ['big5', 'traditional'],
  ['shift_jis', 'japanese'],
  ['euc-jp', 'japanese'],
  ['euc-kr', 'korean'],
  ['utf-16le', 'russian'],
  ['utf-16be', 'korean'],
  ['utf-16le', 'chinese'],
  ['utf-32le', 'greek'],
  ['utf-32be', 'japanese'],
] as const)('%s is recognised by the letters of %s', async (encoding, language) => {
  const lines = Array.from({ length: 5 }, (_, index) => `${index + 1}: ${sentences[language]}`).join('\r\n');
  const text = await readBytes(iconv.encode(lines, encoding));
  expect(text.slice(text.indexOf('\n') + 1)).toBe(lines.replaceAll('\r', ''));
});

it('ISO-2022-JP, which is ASCII with escapes, is Japanese', async () => {
  const bytes = Buffer.concat([Buffer.from('\x1b$B'), Buffer.from('467c4b5c386c', 'hex'), Buffer.from('\x1b(B OK\n')]);
  expect(await readBytes(bytes)).toContain('\n日本語 OK');
});

describe('a letter far in', () => {
  const filler = 'Name;Days of leave in the year\n'.repeat(100_000);

  it('decides as much as the first one', async () => {
    await files.put(
      'data/hr/far.csv',
      Buffer.concat([Buffer.from(filler), iconv.encode('Müller und Größe;30\n', 'windows-1252')]),
    );
    const { text } = await files.read({ path: '/data/hr/far.csv', find: 'Müller' });
    expect(text).toContain('100001: Müller und Größe;30');
  });

  it('that is no UTF-8 in a file of UTF-8 is shown as such, and said', async () => {
    const bytes = Buffer.concat([Buffer.from(`Grüße\n${filler}Größe`), Buffer.from([0xfc]), Buffer.from('\n')]);
    expect(await readBytes(bytes)).toMatch(/^File: .* \(lines .*; 1 byte is no UTF-8 and shown as �\)\nGrüße\n/);
    const found = await files.read({ path: '/data/hr/text.txt', find: 'Größe' });
    expect(found.text).toContain('100002: Größe\ufffd');
    expect(found.text).toMatch(/\n\[1 byte is no UTF-8 and shown as �\.\]$/);
  });

  it('cut by the border of two chunks is still one letter', async () => {
    const text = `${'x'.repeat(1024 * 1024 - 1)}ü\n年`;
    expect(await readBytes(Buffer.from(text))).toMatch(
      /^File: \S+ \(lines 1-\d+ of 264; there is more|^File: \S+ \(lines [^;]*\)/,
    );
  });
});

describe.each([
  ['gbk', '年假;27天', 'chinese'],
  ['big5', '年假;27天', 'traditional'],
  ['shift_jis', '年次休暇を27日', 'japanese'],
  ['euc-kr', '연차휴가;27일', 'korean'],
  ['windows-1251', 'Отпуск;27 дней', 'russian'],
] as const)('a letter of %s', (encoding, words, language) => {
  it('that ends the file without a line end is whole', async () => {
    expect(await readBytes(iconv.encode(`${words}\r\n${words}`, encoding))).toContain(`\n${words}\n${words}`);
  });

  it.each([1, 2, 3, 4, 5])('%i bytes before the border of two chunks is whole', async (before) => {
    const filler = 'x\n'.repeat(512 * 1024).slice(0, 1024 * 1024 - before - 1);
    const bytes = iconv.encode(`${filler}\n${sentences[language]}`, encoding);
    await files.put('data/hr/border.txt', bytes);
    const { text } = await files.read({ path: '/data/hr/border.txt', find: sentences[language].slice(1, 6) });
    expect(text).toContain(`: ${sentences[language]}`);
    expect(text).not.toContain('may be wrong');
  });
});

it('says which encoding was told by the letters, and when it is hardly more than a guess', async () => {
  expect(await readBytes(iconv.encode(sentences.russian, 'windows-1251'))).toContain(
    '(lines 1-1 of 1; in windows-1251)',
  );
  expect(await readBytes(iconv.encode('Æ5', 'windows-1252'))).toMatch(/; (probably|in) /);
});

it('refuses text whose letters no encoding makes sense of', async () => {
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647);
  const noise = Buffer.from(Array.from({ length: 4000 }, () => (random() % 5 === 0 ? 0x20 : 0x80 + (random() % 0x80))));
  await files.put('data/hr/noise.txt', noise);
  await expect(files.read({ path: '/data/hr/noise.txt' })).rejects.toThrow(
    '/data/hr/noise.txt is text in an encoding that could not be recognised, so its letters would come out wrong. Ask for it saved as UTF-8.',
  );
});

it('knows the line ends of old programs', async () => {
  await files.put('data/hr/mac.txt', 'one\rtwo\r\nthree\rfour');
  expect((await files.read({ path: '/data/hr/mac.txt' })).text).toMatch(/lines 1-4 of 4.*\none\ntwo\nthree\nfour$/);
});
