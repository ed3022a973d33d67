import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdfOf, textAt } from '../../server/tools/files/pdf-fixtures.ts';
import { createMember } from '../create-test-app.ts';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

const pdf = pdfOf({
  pages: [
    { content: textAt([[72, 700, 'Cover of the policy']]) },
    {
      content: textAt([
        [72, 700, 'Travel'],
        [72, 660, 'Trains are booked in second class. Flights need approval.'],
      ]),
    },
  ],
});
const texts = Array.from({ length: 19 }, (_, index) => ({
  name: `Richtlinie ${index + 1}.md`,
  content: Buffer.from(
    `# Richtlinie ${index + 1}\n\nDie Kündigungsfrist in Abteilung ${index + 1} beträgt ${index + 2} Wochen.\n`,
  ),
}));
const twenty = [...texts, { name: 'Reisen.pdf', content: pdf }];

/** The words of the page, in the language that the journey is walked in. */
const english = {
  zone: 'Drop files or folders anywhere',
  added: '20 documents were added.',
  ready: 'Ready',
  documents: /^20 documents/,
  message: 'Message to Auskunft',
  directories: 'Directories',
  send: 'Send',
  sources: 'Sources',
  page: 'page 2',
  line: 'line 1',
  pages: 'Pages of the document',
  text: 'Text of the document',
  close: 'Close the document',
  changed: 'The document has changed since',
  refused: 'This document cannot be opened',
  reason: 'The agent may not read this document any more.',
};
const german: typeof english = {
  zone: 'Ziehen Sie Dateien oder Ordner auf diesen Teil der Seite',
  added: '20 Dokumente wurden hinzugefügt.',
  ready: 'Bereit',
  documents: /^20 Dokumente/,
  message: 'Nachricht an Auskunft',
  directories: 'Verzeichnisse',
  send: 'Senden',
  sources: 'Quellen',
  page: 'Seite 2',
  line: 'Zeile 1',
  pages: 'Seiten des Dokuments',
  text: 'Text des Dokuments',
  close: 'Dokument schließen',
  changed: 'Das Dokument hat sich geändert',
  refused: 'Dieses Dokument lässt sich nicht öffnen',
  reason: 'Der Agent darf dieses Dokument nicht mehr lesen.',
};

const journeys = [
  { device: devices[0]!, language: 'en', words: english },
  { device: devices[1]!, language: 'de', words: german },
];

describe.each(journeys)(
  'from dropped documents to the passage, in $language on a $device.name',
  ({ device, language, words }) => {
    let journey: Journey;
    let visitor: Visitor;
    let agentId: string;

    beforeAll(async () => {
      journey = await startJourney(device, { environment: { BACKGROUND_JOBS: '1' } });
      mkdirSync(join(journey.server.dataRoot, 'Handbuch'));
      agentId = await journey.createAgent('Auskunft', {
        templateId: 'knowledge-base',
        pluginConfig: { allowed_paths: ['/data/Handbuch'] },
      });
      journey.model.respond(({ messages }) => {
        const results = messages
          .slice(messages.findLastIndex(({ role }) => role === 'user'))
          .flatMap((one) => one.toolResults ?? []);
        const calls = [
          { name: 'pinchy_search', input: { query: 'Kündigungsfrist Abteilung 7' } },
          { name: 'pinchy_read', input: { path: '/data/Handbuch/Reisen.pdf', page: 2 } },
        ];
        const call = calls[results.length];
        if (call) return [{ toolCall: call }];
        const inSearch = /\[(\d+)\] \/data\/Handbuch\/Richtlinie 7\.md/.exec(results[0]?.text ?? '')?.[1];
        const inPdf = /\[Page 2\] \[(\d+)\]/.exec(results[1]?.text ?? '')?.[1];
        return [
          {
            text: `Die Kündigungsfrist in Abteilung 7 beträgt **8 Wochen** [${inSearch}].\n\nTrains are booked in second class [${inPdf}]. Not a source: [999], a quoted “\\[${inSearch}]”, and \`list[${inPdf}]\` is code.`,
          },
        ];
      });
      visitor = await journey.visit(journey.admin);
      await visitor.page.addInitScript((chosen) => localStorage.setItem('pinchy.language', chosen), language);
    });
    afterAll(() => journey?.close());

    test('twenty documents are dropped and become searchable', async () => {
      const { page } = visitor;
      await page.goto('/knowledge?directory=%2Fdata%2FHandbuch');
      await drop(page, words.zone);
      await page.getByText(words.added).waitFor();
      await page.goto('/knowledge');
      const row = page.getByRole('list', { name: words.directories }).getByRole('listitem');
      await row.getByText(words.documents).waitFor();
      await row.getByText(words.ready).waitFor();
    });

    test('the answer shows what it rests on, and each opens at its passage', async () => {
      const { page } = visitor;
      await page.goto(`/chat/${agentId}`);
      await page.getByLabel(words.message).fill('Wie lange?');
      await page.getByRole('button', { name: words.send, exact: true }).click();
      const numbers = page.getByRole('button', { name: /^(Source|Quelle) \d+:/ });
      await numbers.first().waitFor();
      await expect.poll(() => numbers.count()).toBe(2);
      const below = page.getByRole('list', { name: words.sources }).getByRole('button');
      await expect
        .poll(() => below.allTextContents())
        .toEqual([
          expect.stringContaining(`Richtlinie 7.md, ${words.line}`),
          expect.stringContaining(`Reisen.pdf, ${words.page}`),
        ]);
      const others = page.getByRole('paragraph').filter({ hasText: '[999]' });
      await others.waitFor();
      expect((await others.textContent())?.replaceAll('\u2060', '')).toMatch(/a quoted “\[\d+\]”/);
      await shoot(page, `answer-${language}`);
      const chip = numbers.first();
      await chip.focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      const preview = page.getByRole('tooltip');
      await preview.getByText('Richtlinie 7.md').waitFor();
      await expect.poll(() => preview.textContent()).toContain('beträgt 8 Wochen');
      await shoot(page, `preview-${language}`);
      await visitor.checkAccessibility('an answer with sources');

      await chip.click();
      const dialog = page.getByRole('dialog', { name: 'Richtlinie 7.md' });
      await dialog.getByRole('region', { name: words.text }).waitFor();
      await expect
        .poll(() => dialog.locator('mark[data-quote]').allTextContents())
        .toEqual(['Die Kündigungsfrist in Abteilung 7 beträgt 8 Wochen']);
      await visitor.checkAccessibility('a text at its passage');
      await shoot(page, `text-${language}`);
      await dialog.getByRole('button', { name: words.close }).click();
      await dialog.waitFor({ state: 'hidden' });
    });

    test('a PDF opens as pages, at the sentence', async () => {
      const { page } = visitor;
      await page
        .getByRole('button', { name: new RegExp(`Reisen\\.pdf, ${words.page}$`) })
        .first()
        .click();
      const dialog = page.getByRole('dialog', { name: 'Reisen.pdf' });
      const pages = dialog.getByRole('region', { name: words.pages });
      const second = pages.getByRole('group', { name: words.page });
      await second.locator('mark[data-quote]').waitFor({ state: 'attached' });
      await expect
        .poll(() => second.locator('mark[data-quote]').allTextContents())
        .toEqual(['Trains are booked in second class']);
      await expect.poll(() => isInView(second.locator('mark[data-quote]'))).toBe(true);
      await expect.poll(() => second.locator('canvas').evaluate(isDrawn)).toBe(true);
      await visitor.checkAccessibility('a PDF at its passage');
      await shoot(page, `pdf-${language}`);
      await dialog.getByRole('button', { name: words.close }).click();
      await dialog.waitFor({ state: 'hidden' });
    });

    test('what has changed or was taken away is said; the answer keeps what it rests on', async () => {
      const { page } = visitor;
      writeFileSync(join(journey.server.dataRoot, 'Handbuch/Richtlinie 7.md'), '# Richtlinie 7\n\nNeu gefasst.\n');
      const chip = page.getByRole('button', { name: /Richtlinie 7\.md/ }).first();
      await chip.click();
      const dialog = page.getByRole('dialog', { name: 'Richtlinie 7.md' });
      await dialog.getByText(words.changed).waitFor();
      await dialog.getByText('Neu gefasst.').waitFor();
      await expect.poll(() => dialog.getByRole('blockquote').textContent()).toContain('beträgt 8 Wochen');
      await shoot(page, `changed-${language}`);
      await dialog.getByRole('button', { name: words.close }).click();
      await dialog.waitFor({ state: 'hidden' });
      mkdirSync(join(journey.server.dataRoot, 'Anderes'), { recursive: true });
      await journey.admin.request('PATCH', `/api/agents/${agentId}`, {
        pluginConfig: { allowed_paths: ['/data/Anderes'] },
      });
      await page.reload();
      await chip.click();
      await dialog.getByText(words.refused).waitFor();
      await dialog.getByText(words.reason).waitFor();
      await expect.poll(() => dialog.getByRole('blockquote').textContent()).toContain('beträgt 8 Wochen');
      await visitor.checkAccessibility('a source that may not be opened');
      await shoot(page, `refused-${language}`);
      // The browser notes the refusal itself.
      expect(visitor.problems.splice(0).filter((problem) => !problem.includes('404'))).toEqual([]);
      rmSync(join(journey.server.dataRoot, 'Anderes'), { recursive: true });
    });

    test('an agent without the tool for it says at the paper clip that it cannot read files', async () => {
      const own = await journey.visit(await createMember(journey.server.app, journey.admin));
      const { page } = own;
      const deaf = await journey.createAgent('Ohr', { allowedTools: [] });
      await page.goto(`/chat/${deaf}`);
      await page.getByLabel('Message to Ohr').waitFor();
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
      await page.getByText('Ohr has no tool to read files').waitFor();
      await own.checkAccessibility('an attachment that is not read');
      await shoot(page, `unread-${language}`);
      expect(journey.problems()).toEqual([]);
    });
  },
);

async function drop(page: Page, zoneText: string): Promise<void> {
  const files = twenty.map(({ name, content }) => ({ name, bytes: content.toString('base64') }));
  const dataTransfer = await page.evaluateHandle((dropped) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of dropped) {
      const content = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
      transfer.items.add(new File([content], name));
    }
    return transfer;
  }, files);
  const zone = page.getByText(zoneText);
  for (const event of ['dragenter', 'dragover', 'drop']) await zone.dispatchEvent(event, { dataTransfer });
}

async function isInView(target: ReturnType<Page['locator']>): Promise<boolean> {
  return target.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= window.innerHeight && box.height > 0;
  });
}

/** Something else than white stands on it. */
function isDrawn(element: Element): boolean {
  const canvas = element as HTMLCanvasElement;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels?.some((value, index) => index % 4 !== 3 && value < 128) ?? false;
}

/** For whoever wants to look at it: `SCREENSHOTS` names a directory. */
async function shoot(page: Page, name: string): Promise<void> {
  const directory = process.env['SCREENSHOTS'];
  if (directory) await page.screenshot({ path: join(directory, `${name}.png`) });
}
