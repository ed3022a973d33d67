import { composerOf } from './conversations.ts';
import { type ChatWalk, openList, type ChatState } from './chat-state.ts';

/** Opens a conversation that was held, and waits until this text of it can be read. */
const opened =
  (name: keyof ChatWalk['conversations'], text: string | RegExp): ChatState['go'] =>
  async ({ page }, { conversations }) => {
    await page.goto(conversations[name]);
    await page.getByText(text).filter({ visible: true }).first().waitFor();
  };

/** What answers hold. */
export const readingStates: ChatState[] = [
  {
    name: 'formulas',
    // What screen readers read of a formula, and limits beside a sign.
    expected: /in (math\.null|span\.vlist)/,
    async go(looker, walk) {
      await opened('formulas', 'The mean of the samples')(looker, walk);
      await looker.page.locator('.katex').nth(3).waitFor();
    },
  },
  { name: 'table', go: opened('table', 'Azure Interior') },
  {
    name: 'diagram',
    async go(looker, walk) {
      await opened('diagram', 'This cannot be drawn.')(looker, walk);
      await looker.page.frameLocator('iframe[title="Diagram"]').getByText('Paid?').waitFor();
    },
  },
  { name: 'code', go: opened('code', 'export async function') },
  {
    name: 'html',
    expected: /Content Security Policy/,
    async go(looker, walk) {
      await opened('html', 'A page:')(looker, walk);
      await looker.page.getByRole('button', { name: 'Show preview' }).first().click();
      await looker.page.frameLocator('iframe[title="Preview"]').getByRole('heading', { name: 'Offer' }).waitFor();
    },
  },
  { name: 'sources', go: opened('sources', 'leave a year') },
  {
    name: 'sources-opened',
    async go(looker, walk) {
      await opened('sources', 'leave a year')(looker, walk);
      await looker.page.getByRole('list', { name: 'Sources' }).getByRole('button').first().click();
      await looker.page.getByRole('region', { name: 'Text of the document' }).waitFor();
    },
  },
  { name: 'calls', go: opened('calls', 'Two files are not there.') },
  {
    name: 'calls-opened',
    async go(looker, walk) {
      await opened('calls', 'Two files are not there.')(looker, walk);
      const { page } = looker;
      await page.getByRole('button', { name: /Read 3 files|Read 4 files/ }).click();
      await page.getByRole('button', { name: 'Read files' }).last().click();
    },
  },
  { name: 'files', go: opened('files', 'Two pictures, notes and an offer.') },
  {
    name: 'files-viewer',
    async go(looker, walk) {
      await opened('files', 'Two pictures, notes and an offer.')(looker, walk);
      await looker.page.getByRole('button', { name: 'Look at one.png' }).click();
      await looker.page.getByRole('dialog', { name: 'one.png' }).getByRole('img', { name: 'one.png' }).waitFor();
    },
  },
  {
    name: 'files-preview',
    async go(looker, walk) {
      await opened('files', 'Two pictures, notes and an offer.')(looker, walk);
      await looker.page.getByRole('button', { name: /offer\.pdf/ }).click();
      await looker.page.getByRole('region', { name: 'Pages of the document' }).getByText('Offer').waitFor();
    },
  },
  {
    name: 'files-text',
    async go(looker, walk) {
      await opened('files', 'Two pictures, notes and an offer.')(looker, walk);
      await looker.page.getByRole('button', { name: /\.txt/ }).click();
      await looker.page.getByText('Notes of the meeting.').waitFor();
    },
  },
  { name: 'cut-off', go: opened('cutOff', 'This answer was cut off') },
  { name: 'cut-off-es', language: 'es', go: opened('cutOff', 'The first half of the') },
  { name: 'refused-fr', language: 'fr', go: opened('refused', 'Is all well?') },
  { name: 'stopped', go: opened('stopped', 'Stopped by you.') },
  { name: 'refused', go: opened('refused', 'The model provider refused the key.') },
  { name: 'model-gone', go: opened('modelGone', 'no longer offered') },
  { name: 'branches', go: opened('branches', '2 of 3') },
  {
    name: 'branches-edit',
    async go(looker, walk) {
      await opened('branches', '2 of 3')(looker, walk);
      await looker.page.getByRole('button', { name: 'Edit message' }).first().click();
      await looker.page.getByLabel('Your message in other words').waitFor();
    },
  },
  {
    name: 'branches-models',
    async go(looker, walk) {
      await opened('branches', '2 of 3')(looker, walk);
      await looker.page.getByRole('button', { name: 'Answer again with another model' }).click();
      await looker.page.getByRole('menuitem').last().waitFor();
    },
  },
  {
    name: 'rating',
    async go(looker, walk) {
      await opened('branches', '2 of 3')(looker, walk);
      await looker.page.getByRole('button', { name: 'Bad answer' }).last().click();
      await looker.page.getByRole('dialog', { name: 'Your rating' }).waitFor();
    },
  },
  { name: 'long', go: opened('long', /^Turn 12\./) },
  { name: 'long-names', go: opened('unbrokenNames', /^Procurement, .*Donau/) },
  {
    name: 'writing',
    async go({ page }, { model, agents }) {
      model.respond([{ text: 'The first words of an answer that' }, { hang: true }]);
      await page.goto(`/chat/${agents.scribe}/new`);
      await composerOf(page).fill('Take your time.');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText('The first words of an answer').first().waitFor();
      await composerOf(page).fill('And one more thing');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText('Waits for its turn', { exact: true }).waitFor();
    },
  },
  {
    name: 'thinking',
    async go({ page }, { model, agents }) {
      model.respond([{ hang: true }]);
      await page.goto(`/chat/${agents.clerk}/new`);
      await composerOf(page).fill('Take your time.');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText('is thinking').first().waitFor();
    },
  },
  {
    name: 'search-hits',
    async go(looker, { agents }) {
      await looker.page.goto(`/chat/${agents.clerk}`);
      await openList(looker);
      await looker.page.getByLabel('Search conversations').filter({ visible: true }).fill('mast');
      await looker.page
        .getByRole('link', { name: /Scribe ·/ })
        .first()
        .waitFor();
    },
  },
  {
    name: 'search-nothing',
    async go(looker, { agents }) {
      await looker.page.goto(`/chat/${agents.clerk}`);
      await openList(looker);
      await looker.page.getByLabel('Search conversations').filter({ visible: true }).fill('zebra crossing');
      await looker.page.getByText('Nothing found with').first().waitFor();
    },
  },
];
