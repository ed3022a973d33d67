import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFilePlayground, type FilePlayground } from './file-fixtures.ts';

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
        '| Germany | Ham\\|burg |  | 4 |\n| Sum |  | 1 | 6 |',
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

function windows1251(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (letter) => (letter < '\u0080' ? letter.charCodeAt(0) : letter.charCodeAt(0) - 0x410 + 0xc0)),
  );
}
