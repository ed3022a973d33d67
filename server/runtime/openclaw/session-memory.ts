import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { RunRequest } from '../agent-runtime.ts';
import type { GatewayConnection } from './gateway-connection.ts';
import { textOf } from './gateway-events.ts';
import { lastUserMessage } from './turn-message.ts';

/** Whether the gateway's sessions hold the conversations as Pinchy has them. */
export interface SessionMemory {
  /**
   * Makes the session one that the run can go on in, and returns whether it is new, so that it must be told what came
   * before. One that holds something else (of a deleted conversation, of another runtime's time) is removed first.
   */
  prepare(sessionKey: string, request: RunRequest): Promise<boolean>;
  remember(sessionKey: string, request: RunRequest): void;
  remove(sessionKey: string): Promise<void>;
  forget(): void;
}

const historySchema = z.looseObject({
  messages: z.array(
    z.looseObject({
      role: z.string(),
      content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]).optional(),
    }),
  ),
});

const removeTries = 20;
const removePauseMs = 100;

/** How far back the person's last message is looked for. */
const historyLimit = 30;

export function createSessionMemory(connection: Pick<GatewayConnection, 'request'>): SessionMemory {
  /** The last message of the person that a session has, and its branch, for sessions that were used since we connected. */
  const known = new Map<string, { position: number; branch: number }>();

  async function remove(sessionKey: string): Promise<void> {
    known.delete(sessionKey);
    for (let attempt = 1; ; attempt++) {
      try {
        await connection.request('sessions.delete', { key: sessionKey, deleteTranscript: true });
        return;
      } catch (error) {
        // A run that just ended is still being written down.
        if (attempt >= removeTries || !(error instanceof Error) || !error.message.endsWith('Retry.')) throw error;
        await sleep(removePauseMs, undefined, { ref: false });
      }
    }
  }

  return {
    async prepare(sessionKey, request) {
      const current = lastUserMessage(request.messages);
      const expected = request.stepsUsed > 0 ? current : lastUserMessage(request.messages, current?.position);
      const held = known.get(sessionKey);
      const isSameBranch = held?.branch === request.branch;
      if (held && isSameBranch && held.position === expected?.position) return false;
      const { messages } = historySchema.parse(
        await connection.request('chat.history', { sessionKey, limit: historyLimit }),
      );
      if (messages.length === 0) return true;
      const last = messages.findLast(({ role }) => role === 'user');
      // Branches may have the same words at their ends; which one a session holds only its use has told.
      const mayBeSame = isSameBranch || (held === undefined && request.branch === 0);
      const isSame = mayBeSame && expected !== undefined && textOf(last?.content).endsWith(expected.text.trim());
      if (!isSame) await remove(sessionKey);
      return !isSame;
    },
    remember(sessionKey, { messages, branch }) {
      const position = lastUserMessage(messages)?.position;
      if (position !== undefined) known.set(sessionKey, { position, branch });
    },
    remove,
    forget: () => known.clear(),
  };
}
