import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedZip } from './extract/stored-zip.ts';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';

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

describe('HTML', () => {
  it('is read as a person sees it: no scripts, no menu, tables as tables, entities as letters', async () => {
    await copyFile(join(import.meta.dirname, 'fixtures/leave.html'), join(files.dataRoot, 'hr/leave.html'));
    const { text } = await files.read({ path: '/data/hr/leave.html' });
    expect(text).toBe(
      'File: /data/hr/leave.html (HTML, lines 1-7 of 7)\nTitle: Leave\n\n| Leave | Days |\n| --- | --- |\n| Parental | 90 |\n\nZuschuss für Eltern: 300 €',
    );
    expect((await files.read({ path: '/data/hr/leave.html', find: 'für Eltern' })).text).toContain(
      '7: Zuschuss für Eltern: 300 €',
    );
  });

  it('keeps headings, lists with their numbers, links, quotes and what is struck out', async () => {
    const page = `<!DOCTYPE html><title>Guide</title><h1>Guide</h1><h2 id=a>Leave</h2>
      <p>Ask <a href="mailto:hr@example.com">HR</a>, see <a href="https://example.com/leave?x=1">the rules</a>, <a href="#a">above</a> or
      <a href="javascript:alert(1)">here</a>. <del>20</del> 25 days, 10<sup>2</sup>&nbsp;m.
      <ol start=10><li>ten<ul><li>inner</ul><li>eleven</ol><ol type=a><li>first<li>second</ol>
      <blockquote>They said<br>so</blockquote><pre>  a\n    b</pre><p><input type=checkbox checked> Yes <input type=checkbox> No`;
    expect(await read('guide.htm', page)).toBe(
      '# Guide\n\n## Leave\n\nAsk [HR](mailto:hr@example.com), see [the rules](https://example.com/leave?x=1), above or here. ' +
        '~~20~~ 25 days, 10^2 m.\n\n10. ten\n  - inner\n11. eleven\n\na. first\nb. second\n\n> They said\n> so\n\n```\n  a\n    b\n```\n\n[x] Yes [ ] No',
    );
  });

  it('keeps cells under their headings where cells span', async () => {
    const page = `<html><table><tr><th rowspan=2>Country<th rowspan=2>City<th colspan=2>2026<tr><th>Q1<th>Q2
      <tr><td rowspan=2>Germany<td>Berlin<td>1<td>2<tr><td>Ham|burg<td><td>4<tr><td colspan=2>Sum<td>1<td>6</table>`;
    expect(await read('spans.html', page)).toBe(
      '| Country | City | 2026 | 2026 |\n| --- | --- | --- | --- |\n| Country | City | Q1 | Q2 |\n| Germany | Berlin | 1 | 2 |\n' +
        '| Germany | Ham\\|burg |  | 4 |\n| Sum | Sum | 1 | 6 |',
    );
  });

  it('reads tables that only arrange the page as text', async () => {
    const page = '<html><table><tr><td><table><tr><td>Left<td>1</table></td><td><p>Right<p>more</td></tr></table>';
    expect(await read('layout.html', page)).toBe('| Left | 1 |\n| --- | --- |\n\nRight\nmore');
  });

  it('leaves out menus by what they are: nothing but links', async () => {
    const page = `<html><div class="top-menu"><ul><li><a href=/>Home</a><li><a href=/a>About us</a></ul></div>
      <div id="sidebar"><p>Office hours: nine to five, <a href=/map>Berlin</a>.</div>
      <p hidden>secret</p><p style="display: none">secret</p>
      <footer><a href=/imprint>Imprint</a> <a href=/privacy>Privacy</a></footer>`;
    expect(await read('menu.html', page)).toBe('Office hours: nine to five, [Berlin](/map).');
  });

  const cyrillic = '<p>Отпуск: 27 дней</p>';
  it.each([
    ['a meta element', Buffer.concat([Buffer.from('<html><meta charset="windows-1251">'), windows1251(cyrillic)])],
    [
      'http-equiv',
      Buffer.concat([
        Buffer.from('<html><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1251">'),
        windows1251(cyrillic),
      ]),
    ],
    [
      'an XML declaration',
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1251"?><html>'), windows1251(cyrillic)]),
    ],
    ['a wrong declaration', Buffer.from(`<html><meta charset="shift_jis">${cyrillic}`)],
    ['a mark', Buffer.from(`\ufeff<html>${cyrillic}`, 'utf16le')],
    ['nothing but its letters', Buffer.concat([Buffer.from('<html>'), windows1251(cyrillic)])],
  ])('takes the letters as %s tells them', async (_name, bytes) => {
    expect(await read('letters.html', bytes)).toBe('Отпуск: 27 дней');
  });

  it.each([
    ['nested elements', '<div>'.repeat(1_000_000)],
    ['nested tables', '<table><tr><td>'.repeat(100_000)],
    ['links within links', '<a href=x>'.repeat(1_000_000)],
    [
      'cells that span everything',
      `<table>${`<tr>${'<td colspan=999 rowspan=99999>x'.repeat(2000)}`.repeat(10)}</table>`,
    ],
    ['a million cells', `<table>${'<tr><td>abc<td>def'.repeat(500_000)}</table>`],
  ])(
    'ends in time and memory with %s',
    async (_name, body) => {
      await files.put('data/hr/bomb.html', `<html>first${body}`);
      const { text } = await files.read({ path: '/data/hr/bomb.html', limit: 5 });
      expect(text).toContain('first');
    },
    30_000,
  );
});

describe('MHTML', () => {
  it('is read as the page in it, whose letters the page declares', async () => {
    const page = [
      'From: <Saved by Blink>',
      'Snapshot-Content-Location: https://example.com/',
      'Subject: =?utf-8?Q?Stra=C3=9Fe?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/related; type="text/html"; boundary="x"',
      '',
      '--x',
      'Content-Type: text/html',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      '<html><head><meta charset=3D"windows-1250"></head><body><h2>Zam=F3wienie</h2><p>=BF=F3=B3ty =',
      'kolor</p><img src=3D"cid:a"></body></html>',
      '--x',
      'Content-Type: image/png',
      '',
      'x',
      '--x--',
    ].join('\r\n');
    await files.put('data/hr/page.mht', page);
    const { text } = await files.read({ path: '/data/hr/page.mht' });
    expect(text).toBe(
      'File: /data/hr/page.mht (MHTML, lines 1-5 of 5; not shown: 1 picture)\nTitle: Straße\n\n## Zamówienie\n\nżółty kolor',
    );
  });
});

describe('EPUB', () => {
  const book = (more: Record<string, string> = {}) =>
    storedZip(
      Object.entries({
        mimetype: 'application/epub+zip',
        'META-INF/container.xml':
          '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
        'OEBPS/content.opf':
          '<package xmlns:dc="d"><metadata><dc:title>Hand &amp; Book</dc:title><dc:creator>Ann Lee</dc:creator></metadata><manifest>' +
          '<item id="c2" href="b.xhtml"/><item id="c1" href="a%20b.xhtml"/><item id="n" href="nav.xhtml" properties="nav"/></manifest>' +
          '<spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>',
        'OEBPS/a b.xhtml': '<?xml version="1.0"?><html><body><h1>First</h1><p>One&#160;x</p></body></html>',
        'OEBPS/b.xhtml': '<html><body><p>Second text</p></body></html>',
        'OEBPS/nav.xhtml':
          '<html><nav><a href="a%20b.xhtml">First</a> <a href="b.xhtml#x">Second chapter</a></nav></html>',
        ...more,
      }).map(([name, text]) => ({ name, data: Buffer.from(text) })),
    );

  it('is read chapter by chapter in the order of its spine, with headings from its contents', async () => {
    expect(await read('book.epub', book())).toBe(
      '# Hand & Book\nBy: Ann Lee\n\n## First\n\nOne x\n\n## Second chapter\n\nSecond text',
    );
  });

  it('that is protected against copying says so', async () => {
    const encryption = '<encryption><CipherReference URI="OEBPS/b.xhtml"/></encryption>';
    await files.put('data/hr/shop.epub', book({ 'META-INF/encryption.xml': encryption }));
    await expect(files.read({ path: '/data/hr/shop.epub' })).rejects.toThrow('protected against copying');
  });
});

describe('calendars', () => {
  it('are read as events in words, in the order of their dates', async () => {
    const calendar = `BEGIN:VCALENDAR
X-WR-CALNAME:Team
BEGIN:VEVENT
SUMMARY:Jour fixe\\, weekly
DTSTART;TZID=Europe/Berlin:20260303T090000
DTEND;TZID=Europe/Berlin:20260303T103000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20260630T000000Z
EXDATE;TZID=Europe/Berlin:20260317T090000
LOCATION:Room 5
ORGANIZER;CN=Anna:mailto:anna@example.com
ATTENDEE;CN="Bob, Jr.";PARTSTAT=ACCEPTED:mailto:bob@example.com
DESCRIPTION:Agenda\\n1. Bu
 dget
END:VEVENT
BEGIN:VEVENT
SUMMARY:Holiday
DTSTART;VALUE=DATE:20260101
DTEND;VALUE=DATE:20260103
END:VEVENT
BEGIN:VEVENT
SUMMARY:Call
DTSTART:20260105T080000Z
DURATION:PT1H30M
STATUS:CANCELLED
RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3
END:VEVENT
BEGIN:VTODO
SUMMARY:File taxes
DUE;VALUE=DATE:20260531
END:VTODO
END:VCALENDAR
`.replaceAll('\n', '\r\n');
    expect(await read('team.ics', calendar)).toBe(
      `# Team

## Holiday
When: Thu 2026-01-01 to Fri 2026-01-02 (whole days)

## Call
When: Mon 2026-01-05, 08:00 (UTC), for 1 hour 30 minutes
Repeats: every month on the last Friday (3 times)
Status: cancelled

## Jour fixe, weekly
When: Tue 2026-03-03, 09:00 to 10:30 (Europe/Berlin)
Repeats: every 2 weeks on Tuesday and Thursday until 2026-06-30
Not on: Tue 2026-03-17, 09:00 (Europe/Berlin)
Where: Room 5
Organizer: Anna <anna@example.com>
People: Bob, Jr. <bob@example.com> (accepted)

Agenda
1. Budget

## File taxes
Due: Sun 2026-05-31`,
    );
  });

  it('that are broken are shown as they stand', async () => {
    expect(await read('broken.ics', 'BEGIN:VCALENDAR\nSUMMARY without a colon\n')).toBe(
      'BEGIN:VCALENDAR\nSUMMARY without a colon',
    );
  });
});

describe('contacts', () => {
  it('are read in all versions', async () => {
    const cards = `BEGIN:VCARD
VERSION:2.1
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen M=C3=
=BCller
TEL;WORK;VOICE:+49 30 1
ADR;WORK:;;Street 1;Berlin;;10115;Germany
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Ann\\, Lee
item1.EMAIL;TYPE=home:ann@example.com
PHOTO:data:image/png;base64,AAAA
 BBBB
END:VCARD
`;
    expect(await read('people.vcf', cards)).toBe(
      '# Jürgen Müller\nPhone (work): +49 30 1\nAddress (work): Street 1, Berlin, 10115, Germany\n\n# Ann, Lee\nMail (home): ann@example.com',
    );
  });
});

function windows1251(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (letter) => (letter < '\u0080' ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x410 + 0xc0)),
  );
}
