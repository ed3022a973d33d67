import type { Pool } from 'pg';
import type { FullProduct } from './full-product.ts';

// What may be spent, and what models cost: budgets of every kind and standing, prices of yesterday, today and tomorrow, and
// models that have none. And an agent that has all settings of its model.

interface Spending {
  request: FullProduct['request'];
  pool: Pool;
  agents: string[];
  groups: string[];
  people: string[];
  wordy: string;
  unbroken: string;
}

const dayMs = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

export async function fillSpending(filled: Spending): Promise<void> {
  await useUnpriced(filled);
  await fillBudgets(filled);
  await fillPrices(filled);
  const [agent = ''] = filled.agents;
  await filled.request('PATCH', `/api/agents/${agent}`, {
    fallbackModel: 'openai/gpt-5-mini',
    reasoningEffort: 'high',
    temperature: 0.7,
    maxOutputTokens: 64_000,
  });
}

/** More of them than are shown at once. */
async function useUnpriced({ pool, agents, people, unbroken }: Spending): Promise<void> {
  await pool.query(
    `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens,
       cache_read_tokens, cache_write_tokens, cost)
     select now() - n * interval '1 day', $1, $2, 'chat',
       case n when 1 then 'openai/' || $3 else 'openai/our-own-model-' || n end, 1000000 / n, 4000, 0, 0, null
     from generate_series(1, 7) n`,
    [agents[2], people[2], unbroken],
  );
}

async function fillBudgets({ request, agents, groups, people, wordy }: Spending): Promise<void> {
  const create = (scope: string, scopeId: string | undefined, limit: object) =>
    request('POST', '/api/budgets', { scope, ...(scopeId && { scopeId }), ...limit });
  const { id } = await create('organisation', undefined, { unit: 'usd', amount: '60', period: 'month' });
  await create('organisation', undefined, { unit: 'tokens', amount: '15000000', period: 'month', action: 'warn' });
  await create('group', groups[2], { unit: 'usd', amount: '1.5', period: 'week' });
  await create('group', groups[3], { unit: 'tokens', amount: '25000', period: 'day' });
  await create('user', people[2], { unit: 'tokens', amount: '100', period: 'month', action: 'warn' });
  await create('agent', agents[0], { unit: 'usd', amount: '12345.67', period: 'month' });
  await create('agent', agents[9], { unit: 'tokens', amount: '8000', period: 'month' });
  await request('POST', `/api/budgets/${id}/raise`, {
    amount: '100',
    until: inDays(3),
    reason: `The fair in spring: ${wordy}`,
  });
}

async function fillPrices({ request, unbroken }: Spending): Promise<void> {
  const price = (
    model: string,
    days: number,
    [inputPerMillion, outputPerMillion, cache]: [string, string, string?],
  ) => ({
    model,
    inputPerMillion,
    outputPerMillion,
    ...(cache && { cacheReadPerMillion: cache, cacheWritePerMillion: '12.3456789' }),
    validFrom: inDays(days),
  });
  await request('PUT', '/api/settings/prices', {
    prices: [
      price('anthropic/claude-sonnet-4-5', -60, ['3', '15', '0.3']),
      price('anthropic/claude-sonnet-4-5', -10, ['2.7', '13.5', '0.27']),
      price('anthropic/claude-sonnet-4-5', 20, ['2.5', '12.5']),
      price('openai/gpt-5-mini', -3, ['0.2', '1.6']),
      price('google/gemini-2.5-pro', -30, ['0', '0']),
      price('ollama-local/a-model-with-a-rather-long-name-of-its-own:70b-instruct-q4_K_M', -5, ['1234.5678', '0.0001']),
      price(`openai/${unbroken.slice(0, 60)}/${unbroken.toLowerCase()}`, -1, ['100000', '250000', '99999.99']),
    ],
  });
}
