import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createFilePlayground,
  docxWithBody,
  type FilePlayground,
  pdfWithPages,
  wordParagraph,
} from '../../../test/files/file-fixtures.ts';
import { outlookMessage } from './msg-fixture.ts';

let files: FilePlayground;

beforeAll(async () => {
  files = await createFilePlayground();
});

afterAll(() => files.remove());

/** What the tool answers below its first line. */
async function read(name: string, content: string | Uint8Array): Promise<string> {
  await files.put(`data/hr/${name}`, content);
  const { text } = await files.read({ path: `/data/hr/${name}` });
  return text.slice(text.indexOf('\n') + 1);
}

const head =
  'From: Anna <anna@example.com>\r\nTo: legal@example.com\r\nDate: Tue, 02 Dec 2025 09:00:00 +0100\r\nMIME-Version: 1.0\r\n';

function part(type: string, body: string | Buffer, name?: string): string {
  const disposition = name === undefined ? '' : `Content-Disposition: attachment; filename="${name}"\r\n`;
  const base64 = Buffer.from(body).toString('base64').replace(/.{76}/g, '$&\r\n');
  return `--b\r\nContent-Type: ${type}\r\n${disposition}Content-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`;
}

function mailOf(subject: string, ...parts: string[]): string {
  return `${head}Subject: ${subject}\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n${parts.join('')}--b--\r\n`;
}

describe('mail', () => {
  it('is read with its subject, people, date, text and attachments', async () => {
    await copyFile(join(import.meta.dirname, 'fixtures/kuendigung.eml'), join(files.dataRoot, 'hr/kuendigung.eml'));
    const { text } = await files.read({ path: '/data/hr/kuendigung.eml' });
    expect(text).toBe(
      'File: /data/hr/kuendigung.eml (mail, lines 1-11 of 11)\n# Kündigung des Vertrags 4711\nFrom: Anna Schmidt <anna@example.com>\n' +
        'To: legal@example.com\nDate: Tue, 02 Dec 2025 09:00:00 +0100\nAttachments: notice.txt (16 bytes)\n\n' +
        'Hiermit kündigen wir zum 31.03.2026.\n\n## Attachment: notice.txt\n\nFrist: 3 Monate',
    );
    const found = await files.read({ path: '/data/hr/kuendigung.eml', find: 'kündigen' });
    expect(found.text).toContain('7: Hiermit kündigen wir');
  });

  it('reads attachments with the reader of their kind, also what they attach', async () => {
    const inner = mailOf(
      'Inner',
      part('text/plain', 'Forwarded words'),
      part('text/csv', 'Name;Days\nAnna;30', 'days.csv'),
    )
      .replaceAll('--b', '--inner')
      .replace('"b"', '"inner"');
    const text = await read(
      'attached.eml',
      mailOf(
        'Outer',
        part('text/plain; charset=utf-8', 'See below.'),
        part('application/pdf', pdfWithPages(['Contract page one']), 'contract.pdf'),
        part('application/octet-stream', docxWithBody(wordParagraph('Annex text')), 'annex.docx'),
        part('text/html', '<html><h1>Offer</h1><table><tr><th>Item<th>Price<tr><td>Pen<td>3 €</table>', 'offer.html'),
        `--b\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n`,
        part('image/png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'logo.png'),
        part('application/x-msdownload', Buffer.from('4d5a90000300000004000000ffff0000', 'hex'), 'setup.exe'),
      ),
    );
    expect(text).toContain('## Attachment: contract.pdf\n\n[Page 1 of 1]\nContract page one');
    expect(text).toContain('## Attachment: annex.docx\n\nAnnex text');
    expect(text).toContain('## Attachment: offer.html\n\n### Offer\n\n| Item | Price |\n| --- | --- |\n| Pen | 3 € |');
    expect(text).toContain('### Inner\nFrom: Anna <anna@example.com>');
    expect(text).toContain('Forwarded words');
    expect(text).toContain('#### Attachment: days.csv\n\nName;Days\nAnna;30');
    expect(text).toContain('## Attachment: logo.png\n\n(a picture)');
    expect(text).toContain(
      '## Attachment: setup.exe\n\n(not read: it is a Windows program (.exe or .dll). There is no text in it to read)',
    );
  });

  it('prefers HTML for its tables, and plain text where there is no other', async () => {
    const alternative =
      `${head}Subject: Prices\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n` +
      part('text/plain', 'Pen 3') +
      part('text/html; charset=utf-8', '<p>Dear all,<table><tr><th>Item<th>Price<tr><td>Pen<td>3 €</table>') +
      '--b--';
    expect(await read('prices.eml', alternative)).toMatch(
      /\n\nDear all,\n\n\| Item \| Price \|\n\| --- \| --- \|\n\| Pen \| 3 € \|$/,
    );
  });

  const cyrillic = Buffer.from([
    0xce, 0xf2, 0xef, 0xf3, 0xf1, 0xea, 0x3a, 0x20, 0xe4, 0xe2, 0xe0, 0xe4, 0xf6, 0xe0, 0xf2, 0xfc, 0x20, 0xf1, 0xe5,
    0xec, 0xfc, 0x20, 0xe4, 0xed, 0xe5, 0xe9,
  ]);
  const words = 'Отпуск: двадцать семь дней';
  const plain = (headers: string, body: Buffer | string) =>
    Buffer.concat([Buffer.from(`${head}Subject: Leave\r\n${headers}\r\n\r\n`), Buffer.from(body)]);
  it.each([
    [
      'a declared encoding',
      plain('Content-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: 8bit', cyrillic),
    ],
    [
      'quoted-printable',
      plain(
        'Content-Type: text/plain; charset=windows-1251\r\nContent-Transfer-Encoding: quoted-printable',
        Array.from(cyrillic, (byte) => `=${byte.toString(16).toUpperCase()}`).join(''),
      ),
    ],
    ['no declared encoding', plain('Content-Type: text/plain\r\nContent-Transfer-Encoding: 8bit', cyrillic)],
    ['no declared encoding, in base64', plain('Content-Transfer-Encoding: base64', cyrillic.toString('base64'))],
    ['a wrongly declared encoding', plain('Content-Type: text/plain; charset="utf-8"', cyrillic)],
    ['UTF-8 that calls itself ASCII', plain('Content-Type: text/plain; charset=us-ascii', Buffer.from(words))],
    [
      'a page that declares it itself',
      plain('Content-Type: text/html', Buffer.concat([Buffer.from('<html><meta charset=windows-1251><p>'), cyrillic])),
    ],
  ])('reads letters in %s', async (_name, message) => {
    expect(await read('letters.eml', message)).toContain(`\n\n${words}`);
  });

  it('reads heads with encoded words cut in a letter, in two encodings, and with none', async () => {
    const encoded = `From: =?ISO-8859-1?Q?J=FCrgen_M=FCller?= <j@example.com>\r\nTo: =?utf-8?B?${Buffer.from('Zoë').toString('base64')}?= <z@example.com>, "Smith, Bob" <bob@example.com>\r\nCc: Team: a@example.com, b@example.com;\r\nSubject: =?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\n\r\nHello`;
    expect(await read('words.eml', encoded)).toBe(
      '# Grüße\nFrom: Jürgen Müller <j@example.com>\nTo: Zoë <z@example.com>, Smith, Bob <bob@example.com>\nCc: Team: a@example.com, b@example.com;\n\nHello',
    );
    const raw = Buffer.from(
      'From: Jürgen Müller <j@example.com>\r\nSubject: Größe\r\nMIME-Version: 1.0\r\n\r\nHello',
      'latin1',
    );
    expect(await read('raw.eml', raw)).toBe('# Größe\nFrom: Jürgen Müller <j@example.com>\n\nHello');
  });

  it('says when a message is encrypted, and what a program of its own hides', async () => {
    const smime = `${head}Subject: Secret\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHA6CAMIACAQAxgg==`;
    expect(await read('smime.eml', smime)).toContain(
      '(The message is encrypted with S/MIME: its text cannot be read.)',
    );
    const tnef = mailOf(
      'Rich',
      part('text/plain', 'Hi'),
      part('application/ms-tnef', Buffer.from('789f3e220100', 'hex'), 'winmail.dat'),
    );
    expect(await read('tnef.eml', tnef)).toContain(
      "(not read: it is in Outlook's own format (winmail.dat). Ask the sender",
    );
  });

  it.each([
    ['a mark', 'eml', (message: string) => Buffer.from(`\ufeff${message}`)],
    ['blank lines', 'eml', (message: string) => Buffer.from(`\r\n\r\n${message}`)],
    ['UTF-16', 'eml', (message: string) => Buffer.from(`\ufeff${message}`, 'utf16le')],
    [
      'what Apple Mail writes around it',
      'emlx',
      (message: string) => Buffer.from(`${message.length}      \n${message}<?xml version="1.0"?><plist>flags</plist>`),
    ],
  ])('is read within %s', async (_name, ending, wrap) => {
    const text = await read(`wrapped.${ending}`, wrap(`${head}Subject: Hello\r\n\r\nThe words\r\n`));
    expect(text).toMatch(/^# Hello\nFrom: Anna <anna@example.com>\n(.*\n)*\nThe words$/);
  });

  it('with an invitation shows the event in words', async () => {
    const event =
      'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Review\r\nDTSTART:20260105T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
    const text = await read(
      'invite.eml',
      mailOf('Review', part('text/plain', 'Please come.'), part('text/calendar; method=REQUEST', event)),
    );
    expect(text).toContain('## Attachment: part 1.ics\n\n#### Review\nWhen: Mon 2026-01-05, 08:00 (UTC)');
  });

  it('leaves a note that only looks like a mail as it is', async () => {
    const note = 'From: the board\nTo: everybody\nSubject: cake\n\nThere is cake.';
    expect(await read('note.txt', note)).toBe(note);
  });

  it('of a mailbox are all read, with lines that begin with From', async () => {
    const message = (subject: string, body: string) =>
      `From anna@example.com Tue Dec  2 09:00:00 2025\n${head.replaceAll('\r', '')}Subject: ${subject}\n\n${body}\n\n`;
    const text = await read(
      'archive.mbox',
      message('One', 'First body\n\n>From here on it gets better') + message('Two', 'Second body'),
    );
    expect(text).toBe(
      '# One\nFrom: Anna <anna@example.com>\nTo: legal@example.com\nDate: Tue, 02 Dec 2025 09:00:00 +0100\n\nFirst body\n\nFrom here on it gets better\n\n' +
        '# Two\nFrom: Anna <anna@example.com>\nTo: legal@example.com\nDate: Tue, 02 Dec 2025 09:00:00 +0100\n\nSecond body',
    );
  });

  it('within mail within mail is read to a depth, and the rest is named', async () => {
    let message = mailOf('Innermost', part('text/plain', 'core'));
    for (let level = 0; level < 20; level += 1)
      message = `${head}Subject: Level ${level}\r\nContent-Type: multipart/mixed; boundary="l${level}"\r\n\r\n--l${level}\r\nContent-Type: message/rfc822\r\n\r\n${message}\r\n--l${level}--\r\n`;
    const text = await read('deep.eml', message);
    expect(text).toContain('Level 19');
    expect(text).toContain('(not read: it lies too deep within other files)');
    expect(text).not.toContain('core');
  });

  it.each([
    [
      'nested parts',
      Array.from(
        { length: 5000 },
        (_, n) => `--n${n}\r\nContent-Type: multipart/mixed; boundary="n${n + 1}"\r\n\r\n`,
      ).join(''),
    ],
    ['an endless head', `X-A: ${'a'.repeat(5_000_000)}\r\n\r\n`],
    [
      '20,000 attachments',
      Array.from({ length: 20_000 }, (_, n) => part('text/plain', 'x', `a${n}.txt`).replace('--b', '--n0')).join(''),
    ],
  ])(
    'ends in time with %s',
    async (_name, body) => {
      const bomb = `${head}Subject: Bomb\r\nContent-Type: multipart/mixed; boundary="n0"\r\n\r\n${body}`;
      await files.put('data/hr/bomb.eml', bomb);
      const started = performance.now();
      await files
        .read({ path: '/data/hr/bomb.eml', limit: 5 })
        .catch((error: Error) => expect(error.message).toMatch(/nested|head/));
      expect(performance.now() - started).toBeLessThan(20_000);
    },
    30_000,
  );
});

describe('Outlook messages', () => {
  const message = {
    '0037001F': 'Kündigung',
    '0C1A001F': 'Anna Schmidt',
    '5D01001F': 'anna@example.com',
    '1000001F': 'Guten Tag,\r\nhiermit kündigen wir.',
    '007D001F': 'Date: Tue, 02 Dec 2025 09:00:00 +0100\r\n',
    '__recip_version1.0_#00000000': { '3001001F': 'Legal', '39FE001F': 'legal@example.com', '0C150003': 1 },
    '__recip_version1.0_#00000001': { '3001001F': 'Bob', '39FE001F': 'bob@example.com', '0C150003': 2 },
  };

  it('are read like mail, with attachments and messages within', async () => {
    const withParts = outlookMessage({
      ...message,
      '__attach_version1.0_#00000000': { '3707001F': 'notice.txt', '37010102': Buffer.from('Frist: 3 Monate') },
      '__attach_version1.0_#00000001': {
        '3001001F': 'Inner',
        '__substg1.0_3701000D': { '0037001F': 'Forwarded', '1000001F': 'inner words', '0C1A001F': 'Cleo' },
      },
    });
    expect(await read('kuendigung.msg', withParts)).toMatch(
      /^# Kündigung\nFrom: Anna Schmidt <anna@example.com>\nTo: Legal <legal@example.com>\nCc: Bob <bob@example.com>\nDate: Tue, 02 Dec 2025 09:00:00 \+0100\nAttachments: notice.txt \(15 bytes\), Forwarded.msg \(.*\)\n\nGuten Tag,\nhiermit kündigen wir.\n\n## Attachment: notice.txt\n\nFrist: 3 Monate\n\n## Attachment: Forwarded.msg\n\n### Forwarded\nFrom: Cleo\n\ninner words$/,
    );
  });

  it('keep the tables of their page, the letters of their code page, and a page within rich text', async () => {
    const page = Buffer.from('<html><table><tr><th>Item<th>Price<tr><td>Stra\xdfe<td>3</table>', 'latin1');
    const table = outlookMessage({ ...message, '10130102': page, '3FDE0003': 1252 });
    expect(await read('table.msg', table)).toContain('| Item | Price |\n| --- | --- |\n| Straße | 3 |');
    const old = outlookMessage({
      '0037001E': windows1251('Отпуск'),
      '1000001E': windows1251('двадцать дней'),
      '3FFD0003': 1251,
    });
    expect(await read('old.msg', old)).toBe('# Отпуск\n\nдвадцать дней');
    const rtf = Buffer.from(
      "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 {\\*\\htmltag64 <p>}Gr\\'fc\\'dfe{\\*\\htmltag72 </p>}}",
    );
    // Not compressed, as its head says. (Format: MS-OXRTFCP, 2.1.3.1.1.)
    const rtfHead = Buffer.alloc(16);
    rtfHead.writeUInt32LE(rtf.length + 12, 0);
    rtfHead.writeUInt32LE(rtf.length, 4);
    rtfHead.write('MELA', 8);
    const rich = outlookMessage({ '0037001F': 'Rich', '10090102': Buffer.concat([rtfHead, rtf]) });
    expect(await read('rich.msg', rich)).toBe('# Rich\n\nGrüße');
  });

  it.each([
    ['cut in half', outlookMessage(message).subarray(0, 2000)],
    [
      'of which only the beginning is right',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(5000, 7)]),
    ],
  ])(
    'are refused when %s',
    async (_name, bytes) => {
      await files.put('data/hr/broken.msg', bytes);
      await expect(files.read({ path: '/data/hr/broken.msg' })).rejects.toThrow(/damaged|memory|cannot be read/);
    },
    40_000,
  );
});

function windows1251(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (letter) => (letter < '\u0080' ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x410 + 0xc0)),
  );
}
