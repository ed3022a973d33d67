import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import type { AgentRuntime } from '../../runtime/agent-runtime.ts';
import { findAgent, findAgentForUpdate, updateAgent } from './agent.queries.ts';
import { keepVersion } from './agent-versions.ts';
import { requireActor, requireEditable, requireVisible } from './require-agent.ts';

export type AgentFileName = 'SOUL.md' | 'AGENTS.md';

const fileColumns = { 'SOUL.md': 'personality', 'AGENTS.md': 'instructions' } as const;

/** What an agent is told of itself and its work, as files. */
export interface AgentFiles {
  getFile(actor: Actor, id: string, name: AgentFileName): Promise<string>;
  putFile(actor: Actor, id: string, name: AgentFileName, content: string): Promise<string>;
}

export function createAgentFiles(options: {
  db: Database;
  signals: Signals;
  audit: Pick<AuditTrail, 'record'>;
  runtime: Pick<AgentRuntime, 'syncAgent'>;
}): AgentFiles {
  const { db, signals, audit, runtime } = options;
  return {
    async getFile(actor, id, name) {
      const viewer = await requireActor(db, actor);
      return requireVisible(viewer, await findAgent(db, id))[fileColumns[name]];
    },
    async putFile(actor, id, name, content) {
      await signals.transaction(actor, async (tx) => {
        const viewer = await requireActor(tx, actor);
        const agent = requireEditable(viewer, await findAgentForUpdate(tx, id));
        const before = agent[fileColumns[name]];
        if (before === content) return;
        await keepVersion(tx, { agentId: id, authorId: actor.userId }, () =>
          updateAgent(tx, id, { [fileColumns[name]]: content }),
        );
        await audit.record(tx, {
          eventType: 'agent.file_updated',
          actor: { type: 'user', id: actor.userId },
          resource: `agent:${id}`,
          detail: {
            name: agent.name,
            file: name,
            fromBytes: Buffer.byteLength(before),
            toBytes: Buffer.byteLength(content),
          },
        });
        signals.signal(tx, { kind: 'agent', agentId: id });
      });
      await runtime.syncAgent(id);
      return content;
    },
  };
}
