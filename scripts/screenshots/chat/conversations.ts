import type { Page } from 'playwright-core';
import { pdfOf, textAt } from '../../../server/tools/files/pdf-fixtures.ts';
import type { Script } from '../../../testkit/model-double.ts';
import { type Crowded, longName, unbroken } from '../crowded.ts';
import { openLooker, screens } from '../every-page.ts';

/** Conversations in which everything has been said that an answer can hold; by the name of each, its path. */
export type Conversations = Record<
  | 'formulas'
  | 'table'
  | 'diagram'
  | 'code'
  | 'html'
  | 'sources'
  | 'calls'
  | 'files'
  | 'cutOff'
  | 'stopped'
  | 'refused'
  | 'modelGone'
  | 'branches'
  | 'long'
  | 'unbrokenNames',
  string
>;

const formulas = `The mean of the samples is $\\bar{x} = \\frac{1}{n} \\sum_{i=1}^{n} x_i$, bought for $5 and $10:

\\[
\\sigma = \\sqrt{\\frac{1}{n-1} \\sum_{i=1}^{n} (x_i - \\bar{x})^2} + \\int_{0}^{\\infty} e^{-t^2}\\,dt + \\prod_{k=1}^{m} \\left(1 + \\frac{a_k}{b_k}\\right)
\\]

1. First \\(a_1\\), then \\(b_2\\).
2. What cannot be drawn stays: $$\\notacommand{x$$

A claim[^late] and another[^first].

[^first]: The **first** one.
[^late]: Cited before it.`;

const table = `| Customer | City | Ordered on | Product | Amount | Remark |
| --- | --- | --- | --- | ---: | --- |
| Azure Interior | Fremont | 12 March 2026 | Quay crane refit | 48,000.00 | ${longName} |
| ${unbroken} | Linz | 3 April 2026 | Spare winches | 7,200.00 | – |
| Deco Addict | Pleasant Hill | 9 May 2026 | Mooring lines | 3,900.00 | paid |

> A quotation, **with** _emphasis_, ~~struck~~ and \`code\`.

- [x] Checked
- [ ] Not yet
  - One level down: https://example.com/${unbroken.toLowerCase()}/${unbroken.toLowerCase()}

### A heading of the third rank

${unbroken}${unbroken}${unbroken}`;

const diagram = `How an order goes on:

\`\`\`mermaid
flowchart LR
  A[Order] --> B{Paid?}
  B -->|yes| C[Ship]
  B -->|no| D[Remind]
  D --> B
  C --> E[Close]
\`\`\`

And what is none:

\`\`\`mermaid
no such diagram at all
\`\`\``;

const code = `\`\`\`ts
export async function total(orders: readonly Order[]): Promise<number> {
  // ${longName}: a line that is longer than any screen of a phone can show at once, and then some more.
  return orders.filter(({ paid }) => paid).reduce((sum, { amount }) => sum + amount, 0);
}
\`\`\`

\`\`\`sh
curl --fail --silent --show-error https://example.com/api/orders?page=1 | jq '.orders[] | select(.paid)'
\`\`\`

Inline: \`${unbroken}${unbroken}\`.`;

const html = `A page:

\`\`\`html
<style>h1 { font-family: sans-serif; color: teal }</style><h1>Offer</h1><p>Quay crane refit: 48,000.00</p>
\`\`\`

\`\`\`svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><rect width="200" height="60" fill="#cde"/><text x="20" y="38">Larkspur</text></svg>
\`\`\``;

const read = (path: string) => ({ toolCall: { name: 'pinchy_read', input: { path } } });
const handbook = '/data/handbook';

export async function holdConversations(crowded: Crowded, folder: string): Promise<Conversations> {
  const { model, agents } = crowded;
  const looker = await openLooker({
    address: crowded.url,
    screen: screens[1]!,
    folder,
    cookie: crowded.cookies.admin,
    language: 'en',
  });
  const { page } = looker;
  const last = () => page.getByRole('button', { name: 'Copy as Markdown' }).last();
  async function hold(question: string, script: Script, agentId = agents.scribe): Promise<string> {
    model.respond(script);
    await begin(page, agentId);
    await say(page, question);
    await last().waitFor();
    return pathOf(page);
  }
  const held: Partial<Conversations> = {};
  held.formulas = await hold('How far do the samples spread?', [{ text: formulas }]);
  held.table = await hold('Which orders are open?', [{ text: table }]);
  held.diagram = await hold('Draw how an order goes on.', [{ text: diagram }]);
  held.code = await hold('Show me the code.', [{ text: code }]);
  held.html = await hold('Make a page of the offer.', [{ text: html }]);

  model.respond(({ messages }) => {
    const result = messages.flatMap(({ toolResults }) => toolResults ?? []).at(-1)?.text;
    if (result === undefined) return [read(`${handbook}/leave.md`)];
    const number = /\[(\d+)\]/.exec(result)?.[1] ?? '';
    return [{ text: `Everybody has **27 days** of leave a year [${number}].` }];
  });
  await begin(page, agents.scribe);
  await say(page, 'How many days of leave do I have?');
  await page.getByRole('list', { name: 'Sources' }).waitFor();
  held.sources = await pathOf(page);

  model.respond(({ messages }) => {
    const results = messages.flatMap(({ toolResults }) => toolResults ?? []).length;
    if (results === 0) return [{ text: 'Let me look.' }, read(`${handbook}/leave.md`)];
    if (results === 1) return [read(`${handbook}/${unbroken}.md`), read(`${handbook}/none.md`), read('/data/no.md')];
    return [{ text: 'The mast costs 4,800 euros. Two files are not there.' }];
  });
  await begin(page, agents.scribe);
  await say(page, 'What does the mast cost?');
  await page.getByText('Two files are not there.').first().waitFor();
  held.calls = await pathOf(page);

  held.files = await holdFiles(crowded, page);
  held.cutOff = await hold('Tell me all of it.', [{ text: 'The first half of the' }, { finish: 'length' }]);
  held.stopped = await holdStopped(crowded, page);
  held.refused = await holdRefused(crowded, page, { error: 'auth' });
  held.modelGone = await holdRefused(crowded, page, { error: 'model-not-found' });

  let answers = 0;
  const count = () => [{ text: `Answer number ${(answers += 1)}: it depends on the size of the mast.` }];
  model.respond(count);
  await begin(page, agents.scribe);
  await say(page, 'What does a mast cost?');
  for (const number of [1, 2, 3]) {
    await page.getByText(`Answer number ${number}:`).last().waitFor();
    await last().waitFor();
    if (number < 3) await page.getByRole('button', { name: 'Answer again', exact: true }).last().click();
  }
  await page.getByRole('button', { name: 'Previous version' }).last().click();
  held.branches = await pathOf(page);

  await begin(page, agents.scribe);
  for (let turn = 1; turn <= 12; turn += 1) {
    model.respond([{ text: `Turn ${turn}. ${`${longName}. `.repeat(5)}` }]);
    await say(page, turn === 1 ? `${longName}: ${unbroken}` : `And then, in step ${turn}?`);
    await page.getByText(`Turn ${turn}.`).last().waitFor();
    await last().waitFor();
  }
  held.long = await pathOf(page);
  held.unbrokenNames = await hold(`${unbroken}?`, [{ text: `${longName}, ${unbroken}.` }], agents.long);
  await looker.close();
  return held as Conversations;
}

async function holdFiles({ model, agents }: Crowded, page: Page): Promise<string> {
  await begin(page, agents.scribe);
  const png = await page.screenshot();
  await attach(page, [
    { name: 'one.png', mimeType: 'image/png', buffer: png },
    { name: `${unbroken}.png`, mimeType: 'image/png', buffer: png },
    { name: `${longName}.txt`, mimeType: 'text/plain', buffer: Buffer.from('Notes of the meeting.') },
    {
      name: 'offer.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(pdfOf({ pages: [{ content: textAt([[72, 700, 'Offer']]) }] })),
    },
  ]);
  await page.getByRole('button', { name: 'Remove offer.pdf' }).waitFor();
  model.respond([{ text: 'Two pictures, notes and an offer.' }]);
  await say(page, 'What is in these?');
  await page.getByText('Two pictures, notes and an offer.').first().waitFor();
  return pathOf(page);
}

async function holdStopped({ model, agents }: Crowded, page: Page): Promise<string> {
  model.respond([{ text: 'One sheep, two sheep, ' }, { hang: true }]);
  await begin(page, agents.scribe);
  await say(page, 'Count sheep.');
  await page.getByText('One sheep, two sheep,').first().waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByText('Stopped by you.').waitFor();
  return pathOf(page);
}

async function holdRefused({ model, agents }: Crowded, page: Page, fault: Script[number]): Promise<string> {
  model.respond([fault]);
  await begin(page, agents.scribe);
  await say(page, 'Is all well?');
  await page.getByRole('alert').first().waitFor();
  return pathOf(page);
}

export const composerOf = (page: Page) => page.getByRole('textbox', { name: /^Message to/ });

export async function begin(page: Page, agentId: string): Promise<void> {
  await page.goto(`/chat/${agentId}/new`);
  await composerOf(page).waitFor();
}

export async function say(page: Page, text: string): Promise<void> {
  await composerOf(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

export async function attach(page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  await chooser.setFiles(files);
}

/** A conversation has an address of its own once its first message is stored. */
async function pathOf(page: Page): Promise<string> {
  await page.waitForURL(/\/chat\/[^/]+\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}
