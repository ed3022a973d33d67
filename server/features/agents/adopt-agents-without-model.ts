import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { setMissingModels } from './agent.queries.ts';

/** Agents that were made before any provider was there get the first one's default model. */
export async function adoptAgentsWithoutModel(
  { audit, signals }: { audit: Pick<AuditTrail, 'record'>; signals: Pick<Signals, 'signal'> },
  tx: Transaction,
  model: string | null,
): Promise<void> {
  if (!model) return;
  for (const agent of await setMissingModels(tx, model)) {
    await audit.record(tx, {
      eventType: 'agent.updated',
      actor: { type: 'system' },
      resource: `agent:${agent.id}`,
      detail: { name: agent.name, changes: { model: { from: null, to: model } } },
    });
    signals.signal(tx, { kind: 'agent', agentId: agent.id });
  }
}
