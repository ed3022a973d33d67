import type { Page } from 'playwright-core';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdfOf, textAt } from '../../server/tools/files/pdf-fixtures.ts';
import type { Script } from '../../testkit/model-double.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

const formulas = `The sum $\\sum_{i=1}^{n} x_i$ is \\(s\\), bought for $5 and $10:

\\[
\\frac{a_1}{b_2} = \\sqrt{c}
\\]

$$\\notacommand{x$$ | \`$x$\` is code.

| Name | Price |
| --- | ---: |
| Bolt, M8 | $|a|$ |
| =SUM(A1) | -3 |

A claim[^late] and another[^first].

[^first]: The **first** one.
[^late]: Cited before it.`;

const diagram = '```mermaid\nflowchart LR\n  A[Order] --> B{Paid?}\n  B -->|yes| C[Ship]\n```';
const page1 = `\`\`\`html
<style>h1 { color: rgb(1, 2, 3) }</style><h1>Offer</h1><script>document.title = 'ran'; fetch('/api/users/me')</script>
<img src="https://example.com/spy.png" onerror="document.body.append('handler')"><a href="https://example.com/away">away</a>
<meta http-equiv="refresh" content="0; url=https://example.com/refreshed">
\`\`\`

\`\`\`svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><text y="20">Crane</text><image href="https://example.com/svg-spy.png"/>
<script>document.title = 'ran'</script></svg>
\`\`\``;

describe.each(devicesOr('desktop'))('reading, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    agentId = await journey.createAgent('Scribe', { allowedTools: ['pinchy_ls', 'pinchy_read'] });
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  async function hear(script: Script, question = 'Tell me.') {
    journey.model.respond(script);
    await page.goto(`/chat/${agentId}/new`);
    await page.getByLabel('Message to Scribe').fill(question);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Copy as Markdown' }).last().waitFor();
  }
  const answer = () => page.getByRole('article', { name: 'Scribe' }).last();
  /** Nothing of what a frame shows is below its edge. */
  const isWhole = (root: Element) => root.scrollHeight <= root.clientHeight;
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const loadedFiles = () =>
    page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));

  test('formulas are drawn, loaded with the first one only, and money stays text', async () => {
    await hear([{ text: 'Plain words for $5 and $10.' }]);
    await page.getByText('Plain words for $5 and $10.', { exact: true }).waitFor();
    expect((await loadedFiles()).filter((file) => /formula|sandbox|mermaid|drawn/.test(file))).toEqual([]);
    await hear([{ text: formulas, chunks: 40, delayMs: 10 }]);
    await page.locator('.katex').nth(3).waitFor();
    await expect
      .poll(() => page.locator('.katex annotation').allTextContents())
      .toEqual(['\\sum_{i=1}^{n} x_i', 's', '\\frac{a_1}{b_2} = \\sqrt{c}', '|a|']);
    await answer().getByText('bought for $5 and $10:').waitFor();
    // What is no formula shows as it was written.
    await answer().getByText('\\notacommand{x').waitFor();
    await answer().getByText('$x$', { exact: true }).waitFor();
    await visitor.checkAccessibility('formulas');
    await keepScreenshot(page, `formulas-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });

  test('a table is copied as CSV that no spreadsheet runs, and notes lead to and fro', async () => {
    await page.getByRole('button', { name: 'Copy as CSV' }).click();
    await expect.poll(copied).toContain('Bolt');
    expect(parse(await copied())).toEqual([
      ['Name', 'Price'],
      ['Bolt, M8', '|a|'],
      ["'=SUM(A1)", '-3'],
    ]);
    const notes = page.getByRole('region', { name: 'Notes' });
    await expect
      .poll(() => notes.getByRole('listitem').allTextContents())
      .toEqual(['Cited before it. ↩', 'The first one. ↩']);
    await page.getByRole('button', { name: 'Note 2', exact: true }).click();
    const second = notes.getByRole('listitem').nth(1);
    await expect.poll(() => second.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Back to note 2 in the text' }).click();
    const reference = page.getByRole('button', { name: 'Note 2', exact: true });
    await expect.poll(() => reference.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('code scrolls, or wraps when asked to', async () => {
    await hear([{ text: `\`\`\`text\n${'long '.repeat(200)}\n\`\`\`` }]);
    const code = page.locator('pre', { hasText: 'long long' });
    const overflows = () => code.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
    await expect.poll(overflows).toBe(true);
    // A shadow that scrolls with the lines covers the one that stays at the edge: seen only where they go on.
    const shadows = () => code.evaluate((element) => getComputedStyle(element).backgroundAttachment);
    expect(await shadows()).toBe('local, local, scroll, scroll');
    await page.getByRole('button', { name: 'Wrap lines' }).click();
    await expect.poll(overflows).toBe(false);
  });

  test('a diagram is drawn in a frame of its own, code while it grows, and code where it is none', async () => {
    await hear([{ text: `${diagram}\n\nThat is it.` }]);
    const frame = page.frameLocator('iframe[title="Diagram"]');
    await frame.getByText('Paid?').waitFor();
    expect(await frame.locator('body').evaluate(() => self.origin)).toBe('null');
    await expect.poll(() => frame.locator('html').evaluate(isWhole)).toBe(true);
    await visitor.checkAccessibility('a diagram');
    await keepScreenshot(page, `diagram-${device.name}`);
    await page.getByRole('button', { name: 'Show code' }).click();
    await answer().getByText('flowchart LR').waitFor();
    await hear([{ text: '```mermaid\nno such diagram at all\n```' }]);
    await page.getByText('This cannot be drawn.').waitFor();
    await answer().getByText('no such diagram at all').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('HTML is code, and its preview runs nothing and asks nobody', async () => {
    const answered: string[] = [];
    visitor.context.on('response', (response) => answered.push(response.url()));
    await hear([{ text: page1 }]);
    await answer().getByText('<h1>Offer</h1>').waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    await page.getByRole('button', { name: 'Show preview' }).last().click();
    await page.frameLocator('iframe[title="Preview"]').getByText('Crane').waitFor();
    await page.getByRole('button', { name: 'Show code' }).last().click();
    await page.locator('iframe').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Show preview' }).first().click();
    const preview = page.frameLocator('iframe[title="Preview"]');
    const heading = preview.getByRole('heading', { name: 'Offer' });
    await heading.waitFor();
    await expect.poll(() => heading.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(1, 2, 3)');
    await expect.poll(() => preview.locator('html').evaluate(isWhole)).toBe(true);
    await preview.getByText('away').click();
    expect(await preview.locator('body').evaluate(() => document.title)).toBe('Pinchy');
    expect(await preview.getByText('handler').count()).toBe(0);
    const denied = await preview.locator('body').evaluate(async () => {
      const tries = [fetch('/api/users/me'), fetch('https://example.com/')];
      return (await Promise.allSettled(tries)).map(({ status }) => status);
    });
    expect(denied).toEqual(['rejected', 'rejected']);
    expect(answered.filter((url) => /example\.com/.test(url))).toEqual([]);
    // The browser reports what the policy of the frame refused; nothing else went wrong.
    const others = visitor.problems
      .splice(0)
      .filter((problem) => !/Content Security Policy|example\.com|users\/me/.test(problem));
    expect(others).toEqual([]);
  });

  test('several calls in a row are one line that opens, to the very call that an answer cites', async () => {
    const read = (path: string) => ({ toolCall: { name: 'pinchy_read', input: { path } } });
    journey.model.respond(({ messages }) => {
      const results = messages.filter(({ toolResults }) => toolResults).length;
      if (results === 0) return [{ text: 'Let me look.' }, read('/data/none/a.md')];
      if (results === 1) return [read('/data/none/b.md'), read('/data/none/b.md')];
      return [{ text: 'I found none.' }];
    });
    await page.goto(`/chat/${agentId}/new`);
    await page.getByLabel('Message to Scribe').fill('Look.');
    await page.getByRole('button', { name: 'Send' }).click();
    const fold = page.getByRole('button', { name: /Read 2 files/ });
    await answer().getByText('I found none.').waitFor();
    await expect.poll(() => fold.textContent()).toContain('3 did not work');
    expect(await page.getByText('/data/none/a.md').count()).toBe(0);
    await fold.click();
    await visitor.checkAccessibility('an opened fold');
    await keepScreenshot(page, `fold-${device.name}`);
    await expect.poll(() => page.getByRole('button', { name: 'Read files' }).count()).toBe(3);
    await page.reload();
    await fold.waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('pictures are thumbnails, which open large and lead to each other', async () => {
    const png = (await page.screenshot()) as Buffer;
    await page.goto(`/chat/${agentId}/new`);
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Attach files' }).click(),
    ]);
    await chooser.setFiles([
      { name: 'one.png', mimeType: 'image/png', buffer: png },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Notes.') },
      { name: 'two.png', mimeType: 'image/png', buffer: png },
    ]);
    await page.getByRole('button', { name: 'Remove two.png' }).waitFor();
    journey.model.respond([{ text: 'Nice.' }]);
    await page.getByLabel('Message to Scribe').fill('Look at these.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Nice.', { exact: true }).waitFor();
    await page.getByRole('button', { name: /notes\.txt/ }).waitFor();
    // Pictures first, whatever the order they were chosen in.
    const attached = page.getByRole('article', { name: 'You' }).getByRole('listitem');
    await expect.poll(() => attached.last().textContent()).toContain('notes.txt');
    await page.getByRole('button', { name: 'Look at one.png' }).click();
    const viewer = page.getByRole('dialog', { name: 'one.png' });
    const large = viewer.getByRole('img', { name: 'one.png' });
    await expect.poll(() => large.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100);
    await visitor.checkAccessibility('the viewer of pictures');
    await keepScreenshot(page, `viewer-${device.name}`);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'two.png' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(journey.problems()).toEqual([]);
  });

  test('files open beside the conversation: a PDF as pages, others as text, and what cannot be read says why', async () => {
    const content = textAt([[72, 700, 'Offer for the crane']]);
    await page.goto(`/chat/${agentId}/new`);
    await page.getByLabel('Message to Scribe').waitFor();
    await page.locator('input[type="file"]').setInputFiles([
      { name: 'notes.md', mimeType: 'text/markdown', buffer: Buffer.from('# Notes\n\nThe mast is too short.\n') },
      { name: 'offer.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdfOf({ pages: [{ content }] })) },
      { name: 'tool.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\0\0\x01\x02'.repeat(200)) },
    ]);
    await page.getByRole('button', { name: 'Remove tool.exe' }).waitFor();
    journey.model.respond([{ text: 'Noted.' }]);
    await page.getByLabel('Message to Scribe').fill('Read these.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Noted.', { exact: true }).waitFor();

    const said = page.getByRole('article', { name: 'You' });
    await said.getByRole('button', { name: /notes\.md/ }).click();
    const notes = page.getByRole('dialog', { name: 'notes.md' });
    await notes.getByRole('region', { name: 'Text of the document' }).getByText('The mast is too short.').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      notes.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('notes.md');
    await visitor.checkAccessibility('a file beside the conversation');
    await keepScreenshot(page, `file-text-${device.name}`);
    await notes.getByRole('button', { name: 'Close the document' }).click();
    await notes.waitFor({ state: 'hidden' });

    await said.getByRole('button', { name: /offer\.pdf/ }).click();
    const offer = page.getByRole('dialog', { name: 'offer.pdf' });
    await offer.getByRole('region', { name: 'Pages of the document' }).getByText('Offer for the crane').waitFor();
    await keepScreenshot(page, `file-pdf-${device.name}`);
    await offer.getByRole('button', { name: 'Close the document' }).click();
    await offer.waitFor({ state: 'hidden' });
    expect(journey.problems()).toEqual([]);

    await said.getByRole('button', { name: /tool\.exe/ }).click();
    const program = page.getByRole('dialog', { name: 'tool.exe' });
    await program.getByText('This document cannot be opened').waitFor();
    await visitor.checkAccessibility('a file that cannot be shown');
    await program.getByRole('button', { name: 'Close the document' }).click();
    // The browser tells of the 404 itself.
    expect(journey.problems().filter((problem) => !problem.includes('404'))).toEqual([]);
  });
});
