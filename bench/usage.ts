import type { BenchContext } from './bench-context.ts';
import { measure, type Result } from './result.ts';
import { createAgent, measureRounds, setStage } from './stage.ts';

const records = 1_000_000;
const rounds = 5;

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** The usage page over a million records of ninety days. */
export async function benchUsage(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const agents: string[] = [];
  for (let number = 0; number < 10; number += 1) agents.push((await createAgent(stage, `Agent ${number}`)).id);
  const users = await stage.createUsers(50);
  const fillMs = await measure(async () => {
    await stage.database.query(
      `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens,
         cache_read_tokens, cache_write_tokens, cost)
       select now() - interval '90 days' * (1 - n::float8 / $1::int), ($2::uuid[])[1 + n % 10], ($3::uuid[])[1 + n % 50],
         (array['chat', 'chat', 'chat', 'system'])[1 + n % 4], 'anthropic/claude-sonnet-4-5-20250929',
         1000 + n % 7000, n % 900, n % 5000, n % 300, case when n % 10 > 0 then (n % 1000) / 100000.0 end
       from generate_series(1, $1::int) n`,
      [records, agents, users.map((user) => user.id)],
    );
    await stage.database.query('vacuum analyze usage_records, usage_hours, usage_days, usage_model_days');
  });
  console.log(`Filled ${records} usage records in ${(fillMs / 1_000).toFixed(0)} s`);
  const pages: Record<string, string> = {
    'summary of 30 days': '/api/usage/summary?days=30',
    'summary of all time': '/api/usage/summary?days=0',
    'summary of one agent, all time': `/api/usage/summary?days=0&agentId=${agents[0]}`,
    'by model, 30 days': '/api/usage/by-model?days=30',
    'summary of own dates': `/api/usage/summary?from=${daysAgo(60)}&to=${daysAgo(30)}`,
    'time series of 30 days by day': '/api/usage/timeseries?days=30&interval=day&tz=Europe/Vienna',
    'time series of 90 days by day': '/api/usage/timeseries?days=90&interval=day&tz=Europe/Vienna',
    'time series of 7 days by hour': '/api/usage/timeseries?days=7&interval=hour&tz=Europe/Vienna',
    'time series of 90 days by day, half an hour off UTC': '/api/usage/timeseries?days=90&interval=day&tz=Asia/Kolkata',
    'time series of all time by day': '/api/usage/timeseries?days=0&interval=day&tz=Europe/Vienna',
  };
  const results: Result[] = [];
  for (const [name, path] of Object.entries(pages)) {
    const measured = await measureRounds(stage, rounds, () => stage.request('GET', path));
    results.push({ name: `usage: ${name}, a million records`, ...measured, unit: 'ms', target: 100 });
  }
  return results;
}
