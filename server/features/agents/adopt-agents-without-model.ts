import { and, isNull } from 'drizzle-orm';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import { agents } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';

/** Agents that were made before any provider was there get the first one's default model. */
export async function adoptAgentsWithoutModel(
  { audit, signals }: { audit: Pick<AuditTrail, 'record'>; signals: Pick<Signals, 'signal'> },
  tx: Transaction,
  model: string | null,
): Promise<void> {
  if (!model) return;
  const adopted = await tx
    .update(agents)
    .set({ model, updatedAt: new Date() })
    .where(and(isNull(agents.model), isNull(agents.deletedAt)))
    .returning({ id: agents.id, name: agents.name });
  for (const agent of adopted) {
    await audit.record(tx, {
      eventType: 'agent.updated',
      actor: { type: 'system' },
      resource: `agent:${agent.id}`,
      detail: { name: agent.name, changes: { model: { from: null, to: model } } },
    });
    signals.signal(tx, { kind: 'agent', agentId: agent.id });
  }
}
