import type { Page } from 'playwright-core';
import type { Looker } from '../every-page.ts';
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

interface OwnBudget {
  id: string;
  scopeId: string | null;
  spent: string;
}

/** Asks, with a budget of one's own that this nearly uses up, and that ends with the browser. */
async function spendOwn({ page, context }: Looker, { call, model, agents }: ChatWalk): Promise<void> {
  const { id: scopeId } = await call('GET', '/api/users/me', undefined, 'member');
  const limit = { unit: 'tokens', amount: '1000000000', period: 'day' };
  const { budgets } = await call<{ budgets: OwnBudget[] }>('GET', '/api/budgets');
  const budget =
    budgets.find((one) => one.scopeId === scopeId) ??
    (await call<OwnBudget>('POST', '/api/budgets', { scope: 'user', scopeId, ...limit }));
  context.once('close', () => void call('DELETE', `/api/budgets/${budget.id}`).catch(() => undefined));
  const amount = String(Math.ceil(Number(budget.spent) / 0.9) + 40_000);
  await call('PATCH', `/api/budgets/${budget.id}`, { amount });
  model.respond([{ text: 'Of course.' }, { usage: { input: 36_000, output: 200 } }]);
  await page.goto(`/chat/${agents.scribe}/new`);
  await ask(page, 'May I?');
  await page.getByText('Of course.', { exact: true }).waitFor();
}

/** Asks a model of which nobody knows the price, with a budget in dollars. */
async function askUnpriced(page: Page, { call, model }: ChatWalk): Promise<void> {
  if (!model.models.some(({ id }) => id === 'claude-of-tomorrow'))
    model.models.push({ id: 'claude-of-tomorrow', displayName: 'Claude of tomorrow', tools: true, vision: true });
  await call('POST', '/api/settings/providers/check', { provider: 'anthropic' });
  const { id } = await call('POST', '/api/agents', {
    name: `Purser ${Date.now()}`,
    templateId: 'custom',
    model: 'anthropic/claude-of-tomorrow',
  });
  const limit = { unit: 'usd', amount: '25', period: 'month' };
  await call('POST', '/api/budgets', { scope: 'agent', scopeId: id, ...limit });
  await page.goto(`/chat/${id}/new`);
  await ask(page, 'May I?');
  await page.getByRole('alert').first().waitFor();
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
  { name: 'model-unpriced', go: ({ page }, walk) => askUnpriced(page, walk) },
  { name: 'model-unpriced-fr', language: 'fr', go: ({ page }, walk) => askUnpriced(page, walk) },
  {
    name: 'budget-own',
    as: 'member',
    async go(looker, walk) {
      await spendOwn(looker, walk);
      await looker.page.getByText(/tokens left\./).waitFor();
    },
  },
  {
    name: 'budget-own-fr',
    as: 'member',
    language: 'fr',
    async go(looker, walk) {
      await spendOwn(looker, walk);
      await looker.page
        .getByText(/jetons/)
        .first()
        .waitFor();
    },
  },
];
