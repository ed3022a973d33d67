import type { Signal } from '../../db/signals.ts';
import type { Logger } from '../../platform/logger.ts';
import { closedBySession } from './accept-socket.ts';
import type { ChatSocket } from './chat-socket.ts';
import type { OpenSockets } from './open-sockets.ts';
import type { ChatAgents, ChatSessions } from '../ports.ts';
import { createPageNews } from './page-news.ts';
import type { LocalRuns } from '../runs/local-runs.ts';

/** Takes away what was open when a session, a person's rights or an agent's visibility end. */
export interface AccessWatch {
  hear(signal: Signal): void;
  /** Asks about everything, after signals may have been missed. */
  checkAll(): void;
  checkSessions(sockets: Iterable<ChatSocket>): Promise<void>;
}

export function createAccessWatch(options: {
  openSockets: OpenSockets;
  localRuns: LocalRuns;
  agents: Pick<ChatAgents, 'findUsable' | 'findPersonalOwner'>;
  sessions: ChatSessions;
  log: Logger;
}): AccessWatch {
  const { openSockets, localRuns, agents, sessions, log } = options;
  const news = createPageNews({ openSockets }, 'agents');

  async function checkSessions(sockets: Iterable<ChatSocket>): Promise<void> {
    for (const socket of [...sockets]) {
      try {
        if (!(await sessions.current(socket.sessionToken))) {
          socket.close(closedBySession, 'Your session has ended.');
        }
      } catch (error) {
        log.warn({ error }, 'the session of an open socket could not be checked');
      }
    }
  }

  /** Ends running answers of agents that are stopped or that their people may not use any more; new ones are refused anyway. */
  async function checkAgents(concerns: { userId?: string; agentId?: string }): Promise<void> {
    const isMeant = (userId: string, agentId: string) =>
      (concerns.userId === undefined || concerns.userId === userId) &&
      (concerns.agentId === undefined || concerns.agentId === agentId);
    for (const run of [...localRuns.runs()]) {
      const { userId, agentId } = run.conversation;
      if (!isMeant(userId, agentId)) continue;
      const agent = await agents.findUsable(userId, agentId);
      if (!agent) run.abort('revoked');
      else if (agent.stopped) run.abort('stopped');
    }
  }

  function checkAgentsQuietly(concerns: { userId?: string; agentId?: string }): void {
    checkAgents(concerns).catch((error: unknown) => log.warn({ error }, 'who may use an agent could not be checked'));
  }

  /** A personal agent is no news to others, who could make everybody's pages ask. */
  async function tellOfAgent(agentId: string): Promise<void> {
    const owner = await agents.findPersonalOwner(agentId).catch(() => undefined);
    news.tell(owner);
  }

  return {
    hear(signal) {
      if (signal.kind === 'user') {
        // First, so that a page whose session has just ended is not sent to ask for what it may not see any more.
        void checkSessions(openSockets.ofUser(signal.userId)).then(() => news.tell(signal.userId));
        checkAgentsQuietly({ userId: signal.userId });
      }
      if (signal.kind === 'agent') {
        checkAgentsQuietly({ agentId: signal.agentId });
        void tellOfAgent(signal.agentId);
      }
      if (signal.kind === 'group') {
        checkAgentsQuietly({});
        news.tell();
      }
    },
    checkAll() {
      void checkSessions(openSockets.all()).then(() => news.tell());
      checkAgentsQuietly({});
    },
    checkSessions,
  };
}
