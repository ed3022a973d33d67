import type { Agent } from '../../../contract/agents.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import type { AgentRuntime } from '../../runtime/agent-runtime.ts';
import type { AgentIntegrationService } from '../integrations/agent-integration.service.ts';
import { recordFirstVersion } from './agent-versions.ts';
import { presentAgent } from './agent.presenter.ts';
import { findAgent, findAgentActor, findAgentForUpdate, insertAgent, replaceAgentGroups } from './agent.queries.ts';
import { requireActor, requireVisible } from './require-agent.ts';
import { readState } from './version.queries.ts';

export interface Duplication {
  /** A new shared agent like another: settings, permissions and instructions, not what was said to it. */
  duplicate(actor: Actor, id: string, name: string): Promise<Agent>;
}

type Audience = Pick<Agent, 'visibility' | 'groupIds'>;

/** As every new agent begins. */
const forEverybody: Audience = { visibility: 'all', groupIds: [] };

export function createDuplication(options: {
  signals: Signals;
  audit: Pick<AuditTrail, 'record'>;
  runtime: AgentRuntime;
  /** @throws AppError 403 where restricting it so needs a licence that is not there */
  requireLicenceFor(before: Audience, next: Audience): Promise<void>;
  isKnownTool(id: string): boolean;
  copyGrants: AgentIntegrationService['copyGrants'];
}): Duplication {
  const { signals, audit, runtime, requireLicenceFor, isKnownTool, copyGrants } = options;
  return {
    async duplicate(actor, id, name) {
      const agent = await signals.transaction(actor, async (tx) => {
        const viewer = await requireActor(tx, actor);
        const source = requireVisible(viewer, await findAgentForUpdate(tx, id));
        if (source.isPersonal) throw new AppError('invalid_request', 'A personal agent cannot be duplicated.');
        await requireLicenceFor(forEverybody, source);
        const state = await readState(tx, id);
        if (!state) throw notFound('The agent');
        const { connections: _copied, groupIds, responsibleUserId, allowedTools, ...settings } = state;
        const isThere = responsibleUserId !== null && (await findAgentActor(tx, responsibleUserId)) !== undefined;
        const created = await insertAgent(tx, {
          ...settings,
          name,
          templateId: source.templateId,
          ownerId: actor.userId,
          allowedTools: allowedTools.filter(isKnownTool),
          responsibleUserId: isThere ? responsibleUserId : actor.userId,
          // Who stopped it had a reason, which holds for its like.
          stopped: source.stopped,
        });
        await replaceAgentGroups(tx, created.id, groupIds);
        await audit.record(tx, {
          eventType: 'agent.created',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${created.id}`,
          detail: {
            name,
            templateId: created.templateId,
            model: created.model,
            isPersonal: false,
            copiedFrom: { id, name: source.name },
          },
        });
        await copyGrants(tx, actor, { from: id, to: created });
        await recordFirstVersion(tx, { agentId: created.id, authorId: actor.userId });
        signals.signal(tx, { kind: 'agent', agentId: created.id });
        return presentAgent(viewer, requireVisible(viewer, await findAgent(tx, created.id)));
      });
      await runtime.syncAgent(agent.id);
      return agent;
    },
  };
}
