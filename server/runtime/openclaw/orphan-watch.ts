import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { GatewayConnection } from './gateway-connection.ts';
import { gatewayRunIds, type KeyOwner, sessionOwnerOf } from './gateway-names.ts';

const sessionsSchema = z.looseObject({
  sessions: z.array(z.looseObject({ key: z.string(), hasActiveRun: z.boolean().optional() })),
});

/** A session of the gateway that is at an answer. */
export interface BusySession extends KeyOwner {
  key: string;
}

/** An answer that has ended without its gateway saying so, with the steps that it had taken. */
export interface BrokenRun {
  sessionKey: string;
  runId: string;
  steps: number;
}

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
  /** The last answers of these conversations that did not end by themselves. */
  findBrokenRuns: (sessions: BusySession[]) => Promise<BrokenRun[]>;
  abort: (run: { sessionKey: string; gatewayRunId: string }) => Promise<void>;
  onError: (error: unknown) => void;
}) {
  const { connection, findBrokenRuns, abort, onError } = options;
  const stopping = new AbortController();

  /** The gateway tells which sessions are busy, not with what; so it is told exactly which runs to stop. */
  async function poll(): Promise<void> {
    const params = { activeOnly: true, limit: sessionLimit };
    const { sessions } = sessionsSchema.parse(await connection.request('sessions.list', params));
    const busy = sessions.flatMap(({ key, hasActiveRun }) => {
      const owner = hasActiveRun ? sessionOwnerOf(key) : undefined;
      return owner ? [{ key, ...owner }] : [];
    });
    if (busy.length === 0) return;
    const broken = await findBrokenRuns(busy);
    for (const { sessionKey, runId, steps } of broken)
      await Promise.all(gatewayRunIds(runId, steps).map((id) => abort({ sessionKey, gatewayRunId: id })));
  }

  return {
    async poll(): Promise<void> {
      await poll().catch(onError);
    },
    async start(): Promise<void> {
      while (!stopping.signal.aborted) {
        if (connection.connected) await poll().catch(onError);
        await sleep(pauseMs, undefined, { ref: false, signal: stopping.signal }).catch(() => undefined);
      }
    },
    stop: () => stopping.abort(),
  };
}
