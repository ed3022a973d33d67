import type { Page } from 'playwright-core';
import type { ChatState, ChatWalk } from './chat-state.ts';

/** Asks an agent of its own, with 30,000 tokens a month, something that takes as many. */
async function spend(page: Page, { call, model }: ChatWalk, tokens: number): Promise<void> {
  const { id } = await call('POST', '/api/agents', { name: `Purser ${Date.now()}`, templateId: 'custom' });
  const limit = { unit: 'tokens', amount: '30000', period: 'month' };
  await call('POST', '/api/budgets', { scope: 'agent', scopeId: id, ...limit });
  model.respond([{ text: 'Of course.' }, { usage: { input: tokens, output: 200 } }]);
  await page.goto(`/chat/${id}/new`);
  await ask(page, 'May I?');
  await page.getByText('Of course.', { exact: true }).waitFor();
}

/** In any language. */
async function ask(page: Page, words: string): Promise<void> {
  await page.locator('textarea:not([aria-hidden])').fill(words);
  await page.locator('button:has(.lucide-arrow-up)').click();
}

/** What a budget leaves, over the composer. */
export const budgetStates: ChatState[] = [
  {
    name: 'budget-nearly',
    as: 'member',
    async go({ page }, walk) {
      await spend(page, walk, 27_000);
      await page.getByText('is nearly used up').waitFor();
    },
  },
  {
    name: 'budget-used-up',
    as: 'member',
    async go({ page }, walk) {
      await spend(page, walk, 31_000);
      await page.getByText('is used up. It starts anew').waitFor();
    },
  },
  {
    name: 'budget-used-up-de',
    as: 'member',
    language: 'de',
    async go({ page }, walk) {
      await spend(page, walk, 31_000);
      await page.getByText('ist aufgebraucht. Es beginnt neu').waitFor();
    },
  },
  {
    name: 'budget-refused',
    async go({ page }, walk) {
      await spend(page, walk, 31_000);
      await page.getByText('is used up. It starts anew').waitFor();
      await ask(page, 'And once more?');
      await page.getByText('A budget is used up.').waitFor();
    },
  },
];
