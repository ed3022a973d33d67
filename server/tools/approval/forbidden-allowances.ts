import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/client.ts';
import { agents, allowances } from '../../db/schema/index.ts';
import { allowsAlways } from './allowance.queries.ts';

/** What the admin does not permit any more does not come back with the permission. */
export async function endForbiddenAllowances(tx: Transaction, agentId: string): Promise<void> {
  await tx.execute(sql`delete from ${allowances} using ${agents}
    where ${allowances.agentId} = ${agentId} and ${agents.id} = ${agentId}
      and not (coalesce(${allowsAlways(allowances.toolId)}, false)
        and ${allowances.toolId} = any(${agents.allowedTools}))`);
}
