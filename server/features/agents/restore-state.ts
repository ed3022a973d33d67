import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import type { AgentState } from '../../db/schema/index.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { conflict } from '../../platform/errors.ts';
import type { AgentIntegrationService } from '../integrations/agent-integration.service.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import { type AgentActor, forbiddenFields, isFixed } from './agent.policy.ts';
import {
  type AgentWithGroups,
  findAgentActor,
  findKnownGroups,
  replaceAgentGroups,
  updateAgent,
} from './agent.queries.ts';
import { keepVersion } from './agent-versions.ts';
import { describeChanges } from './describe-changes.ts';

interface Restoration {
  actor: Actor;
  viewer: AgentActor;
  before: AgentWithGroups;
  state: AgentState;
  number: number;
}

const texts = { personality: 'SOUL.md', instructions: 'AGENTS.md' } as const;

/**
 * Makes an agent what it was, as far as that still exists: tools, groups and connections that are gone stay away, and a
 * person who left answers for nothing. A personal agent's permissions follow its owner's role, so only the rest comes back.
 */
export function createRestoreState(options: {
  audit: Pick<AuditTrail, 'record'>;
  signals: Pick<Signals, 'signal'>;
  providers: Pick<ProviderService, 'resolveModelId'>;
  isKnownTool(id: string): boolean;
  restoreGrants: AgentIntegrationService['restoreGrants'];
}): (tx: Transaction, restoration: Restoration) => Promise<void> {
  const { audit, signals, providers, isKnownTool, restoreGrants } = options;

  async function possible(tx: Transaction, { before, state }: Restoration) {
    const { connections: _connections, groupIds: _groups, responsibleUserId, model, allowedTools, ...rest } = state;
    const { fallbackModel } = rest;
    if (model !== null && !(await providers.resolveModelId(model, before.model)))
      throw conflict(`The model ${model} of this version is not offered any more. Choose a model by hand.`);
    return {
      ...rest,
      model: model ?? before.model,
      fallbackModel: fallbackModel && ((await providers.resolveModelId(fallbackModel, before.fallbackModel)) ?? null),
      allowedTools: allowedTools.filter(isKnownTool),
      responsibleUserId: responsibleUserId && (await findAgentActor(tx, responsibleUserId)) ? responsibleUserId : null,
    };
  }

  return async (tx, restoration) => {
    const { actor, viewer, before, state, number } = restoration;
    const { id, isPersonal } = before;
    const wanted = await possible(tx, restoration);
    const mayNot = new Set(
      forbiddenFields(
        viewer,
        Object.keys(wanted).filter((field) => !(field in texts)),
      ),
    );
    const kept = ([field]: [string, unknown]) => !mayNot.has(field) && !isFixed(before, field);
    const values = Object.fromEntries(Object.entries(wanted).filter(kept)) as Partial<typeof wanted>;
    const groupIds = isPersonal ? [] : await findKnownGroups(tx, state.groupIds);
    const difference = describeChanges(before, { ...values, groupIds });
    const isChanged = await keepVersion(tx, { agentId: id, authorId: actor.userId, restoredFrom: number }, async () => {
      await updateAgent(tx, id, values);
      if (isPersonal) return;
      await replaceAgentGroups(tx, id, groupIds);
      await restoreGrants(tx, actor, before, state.connections);
    });
    if (!isChanged) return;
    const files = Object.keys(texts).filter((field) => field in difference) as (keyof typeof texts)[];
    const changes = Object.fromEntries(Object.entries(difference).filter(([field]) => !(field in texts)));
    await audit.record(tx, {
      eventType: 'agent.restored',
      actor: { type: 'user', id: actor.userId },
      resource: `agent:${id}`,
      detail: { name: before.name, version: number, files: files.map((field) => texts[field]), changes },
    });
    signals.signal(tx, { kind: 'agent', agentId: id });
  };
}
