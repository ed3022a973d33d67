import type { Signal } from '../db/signals.ts';
import type { Logger } from '../platform/logger.ts';
import { closedBySession } from './accept-socket.ts';
import type { Connection } from './connection.ts';
import type { Hub } from './hub.ts';
import type { ChatAgents, ChatSessions } from './ports.ts';
import type { RunRegistry } from './run-registry.ts';

/** Takes away what was open when a session, a person's rights or an agent's visibility end. */
export interface AccessWatch {
  hear(signal: Signal): void;
  /** Asks about everything, after signals may have been missed. */
  checkAll(): void;
  checkSessions(connections: Iterable<Connection>): Promise<void>;
}

export function createAccessWatch(options: {
  hub: Hub;
  registry: RunRegistry;
  agents: Pick<ChatAgents, 'findUsable'>;
  sessions: ChatSessions;
  log: Logger;
}): AccessWatch {
  const { hub, registry, agents, sessions, log } = options;

  async function checkSessions(connections: Iterable<Connection>): Promise<void> {
    for (const connection of [...connections]) {
      try {
        if (!(await sessions.current(connection.sessionToken))) {
          connection.close(closedBySession, 'Your session has ended.');
        }
      } catch (error) {
        log.warn({ error }, 'the session of an open socket could not be checked');
      }
    }
  }

  /** Ends running answers of agents that their people may not use any more; new ones are refused anyway. */
  async function checkAgents(concerns: { userId?: string; agentId?: string }): Promise<void> {
    const isMeant = (userId: string, agentId: string) =>
      (concerns.userId === undefined || concerns.userId === userId) &&
      (concerns.agentId === undefined || concerns.agentId === agentId);
    for (const run of [...registry.runs()]) {
      const { userId, agentId } = run.conversation;
      if (isMeant(userId, agentId) && !(await agents.findUsable(userId, agentId))) run.abort('revoked');
    }
  }

  function checkAgentsQuietly(concerns: { userId?: string; agentId?: string }): void {
    checkAgents(concerns).catch((error: unknown) => log.warn({ error }, 'who may use an agent could not be checked'));
  }

  return {
    hear(signal) {
      if (signal.kind === 'user') {
        void checkSessions(hub.ofUser(signal.userId));
        checkAgentsQuietly({ userId: signal.userId });
      }
      if (signal.kind === 'agent') checkAgentsQuietly({ agentId: signal.agentId });
      if (signal.kind === 'group') checkAgentsQuietly({});
    },
    checkAll() {
      void checkSessions(hub.all());
      checkAgentsQuietly({});
    },
    checkSessions,
  };
}
