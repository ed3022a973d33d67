import { measureAgainstBare } from './bare-ratio.ts';
import type { BenchContext } from './bench-context.ts';
import type { Result } from './result.ts';
import { createAgent, setStage } from './stage.ts';

export async function benchAgents(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  for (let number = 1; number <= 9; number += 1) await createAgent(stage, `Agent ${number}`);
  const name = 'GET /api/agents with a session, 10 agents';
  return measureAgainstBare(context, stage, { path: '/api/agents', name, target: 0.95 });
}
