import type { Role } from '../../../contract/common.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { personalTools } from './agent.policy.ts';
import { findPersonalAgent, insertAgent, updateAgent } from './agent.queries.ts';
import { keepVersion, recordFirstVersion } from './agent-versions.ts';
import { smithers } from './templates.ts';

export interface PersonalAgentOwner {
  id: string;
  role: Role;
  /** The default model, asked for before the transaction; null without a provider. */
  model: string | null;
}

export interface PersonalAgents {
  /** Everybody's Smithers. Called inside the transaction that makes the account. */
  createPersonal(tx: Transaction, user: PersonalAgentOwner): Promise<void>;
  /** Smithers' tools follow the role of its owner. Called inside the transaction that changes the role. */
  followRole(tx: Transaction, userId: string, role: Role): Promise<void>;
}

export function createPersonalAgents(options: {
  signals: Pick<Signals, 'signal'>;
  audit: Pick<AuditTrail, 'record'>;
}): PersonalAgents {
  const { signals, audit } = options;
  return {
    async followRole(tx, userId, role) {
      const agent = await findPersonalAgent(tx, userId);
      if (!agent) return;
      const allowedTools = personalTools(role);
      await keepVersion(tx, { agentId: agent.id, authorId: null }, () => updateAgent(tx, agent.id, { allowedTools }));
      signals.signal(tx, { kind: 'agent', agentId: agent.id });
    },
    async createPersonal(tx, user) {
      const created = await insertAgent(tx, {
        name: smithers.name,
        model: user.model,
        templateId: smithers.templateId,
        allowedTools: personalTools(user.role),
        pluginConfig: {},
        isPersonal: true,
        ownerId: user.id,
        tagline: smithers.tagline,
        greetingMessage: smithers.greetingMessage,
        personality: smithers.personality,
        instructions: smithers.instructions,
      });
      await recordFirstVersion(tx, { agentId: created.id, authorId: user.id });
      await audit.record(tx, {
        eventType: 'agent.created',
        actor: { type: 'user', id: user.id },
        resource: `agent:${created.id}`,
        detail: { name: created.name, templateId: created.templateId, model: created.model, isPersonal: true },
      });
    },
  };
}
