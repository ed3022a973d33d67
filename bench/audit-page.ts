import { measureAgainstBare } from './bare-ratio.ts';
import type { BenchContext } from './bench-context.ts';
import type { Result } from './result.ts';
import { createAgent, setStage } from './stage.ts';

export async function benchAuditPage(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  for (let number = 1; number <= 60; number += 1) await createAgent(stage, `Agent ${number}`);
  const name = 'GET /api/audit?limit=50 with a session';
  return measureAgainstBare(context, stage, { path: '/api/audit?limit=50', name, target: 0.8 });
}
