import type { Agent } from '../../../contract/agents.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import type { AgentRuntime } from '../../runtime/agent-runtime.ts';
import { presentAgent } from './agent.presenter.ts';
import { findAgentForUpdate, listAgentsForUpdate, updateAgent } from './agent.queries.ts';
import { requireActor, requireVisible } from './require-agent.ts';

export interface StopSwitch {
  /** Stops or resumes: running answers end at once, on every server and channel. */
  setStopped(actor: Actor, id: string, stopped: boolean): Promise<Agent>;
  /** Returns how many were not so before. */
  setAllStopped(actor: Actor, stopped: boolean): Promise<number>;
}

export function createStopSwitch(options: {
  signals: Signals;
  audit: Pick<AuditTrail, 'record'>;
  runtime: AgentRuntime;
}): StopSwitch {
  const { signals, audit, runtime } = options;

  async function change(
    tx: Transaction,
    actor: Actor,
    { id, name }: { id: string; name: string },
    stopped: boolean,
  ): Promise<void> {
    await updateAgent(tx, id, { stopped });
    await audit.record(tx, {
      eventType: stopped ? 'agent.stopped' : 'agent.resumed',
      actor: { type: 'user', id: actor.userId },
      resource: `agent:${id}`,
      detail: { name },
    });
    signals.signal(tx, { kind: 'agent', agentId: id });
  }

  return {
    async setStopped(actor, id, stopped) {
      const agent = await signals.transaction(actor, async (tx) => {
        const viewer = await requireActor(tx, actor);
        const before = requireVisible(viewer, await findAgentForUpdate(tx, id));
        if (before.stopped !== stopped) await change(tx, actor, before, stopped);
        return presentAgent(viewer, { ...before, stopped });
      });
      await runtime.syncAgent(id);
      return agent;
    },
    async setAllStopped(actor, stopped) {
      const changed = await signals.transaction(actor, async (tx) => {
        const others = (await listAgentsForUpdate(tx)).filter((agent) => agent.stopped !== stopped);
        for (const agent of others) await change(tx, actor, agent, stopped);
        return others;
      });
      for (const { id } of changed) await runtime.syncAgent(id);
      return changed.length;
    },
  };
}
