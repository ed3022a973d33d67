import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { GatewayConnection } from './gateway-connection.ts';
import { agentIdOf, runIdOf } from './gateway-names.ts';

const activeSessionsSchema = z.looseObject({
  sessions: z.array(z.looseObject({ key: z.string(), activeRunIds: z.array(z.string()).nullish() })),
});

/** Far more than run at once. */
const sessionLimit = 2_000;
/** The gateway starts a process of its own to list its sessions, so it is not asked often. */
const pauseMs = 30_000;

/**
 * Stops what the gateway still does for answers that have ended in Pinchy: those of a process that was killed, and those
 * whose stop was lost. Looks at each connect, and while connected, since the process that died may have been another one.
 */
export function createOrphanWatch(options: {
  connection: Pick<GatewayConnection, 'request' | 'connected'>;
  /** Which of these ids are of no answer that is being written, here or on another process. */
  findEnded: (runIds: string[]) => Promise<string[]>;
  abort: (run: { sessionKey: string; gatewayRunId: string }) => Promise<void>;
  onError: (error: unknown) => void;
}) {
  const { connection, findEnded, abort, onError } = options;
  const stopping = new AbortController();

  async function look(): Promise<void> {
    // What is asked of the gateway first cannot have begun after the database was asked.
    const params = { activeOnly: true, limit: sessionLimit };
    const { sessions } = activeSessionsSchema.parse(await connection.request('sessions.list', params));
    const active = sessions
      .filter(({ key }) => agentIdOf(key.split(':')[1] ?? '') !== undefined)
      .flatMap(({ key, activeRunIds }) =>
        (activeRunIds ?? []).map((gatewayRunId) => ({ sessionKey: key, gatewayRunId })),
      );
    if (active.length === 0) return;
    const ended = new Set(await findEnded(active.map(({ gatewayRunId }) => runIdOf(gatewayRunId))));
    await Promise.all(active.filter(({ gatewayRunId }) => ended.has(runIdOf(gatewayRunId))).map(abort));
  }

  return {
    async look(): Promise<void> {
      await look().catch(onError);
    },
    async start(): Promise<void> {
      while (!stopping.signal.aborted) {
        if (connection.connected) await look().catch(onError);
        await sleep(pauseMs, undefined, { ref: false, signal: stopping.signal }).catch(() => undefined);
      }
    },
    stop: () => stopping.abort(),
  };
}
