import { setTimeout as sleep } from 'node:timers/promises';
import { persistently } from '../../chat/runs/persistently.ts';
import type { WritableDatabase } from '../../db/client.ts';
import { storableInput, storableText } from '../../tools/approval/storable-input.ts';
import { claimPluginCall, findPluginCall, storePluginOutcome } from '../../tools/plugin-calls.ts';
import { type ToolCallOutcome, type ToolCallWaiting, unknownOutcome } from '../../tools/tool-gate.ts';

type Outcome = ToolCallOutcome | ToolCallWaiting;

/**
 * Makes a call, unless it was asked for before: then whoever asks gets the outcome of the first time, from whatever
 * process. Undefined when the run has ended.
 */
export type CallOnce = (
  call: { runId: string; gatewayRunId: string; toolCallId: string },
  signal: AbortSignal,
  make: () => Promise<Outcome>,
) => Promise<Outcome | undefined>;

const lookMs = 100;

/** PostgreSQL decides who makes the call, so that it also holds across processes and restarts. */
export function createCallOnce({ db, replicaId }: { db: WritableDatabase; replicaId: string }): CallOnce {
  return async ({ runId, gatewayRunId, toolCallId }, signal, make) => {
    const key = { gatewayRunId, toolCallId: storableText(toolCallId) };
    const claim = await claimPluginCall(db, { runId, replicaId, ...key });
    if (claim === 'ended') return undefined;
    if (claim === 'taken') return awaitOutcome(key, signal);
    const outcome = await make();
    const stored = await persistently(() => storePluginOutcome(db, key, storable(outcome)));
    return (stored as Outcome | undefined) ?? outcome;
  };

  async function awaitOutcome(
    key: { gatewayRunId: string; toolCallId: string },
    signal: AbortSignal,
  ): Promise<Outcome | undefined> {
    for (;;) {
      const call = await findPluginCall(db, key);
      if (!call) return undefined;
      if (call.outcome !== null) return call.outcome as Outcome;
      if (call.isLost) return (await storePluginOutcome(db, key, unknownOutcome)) as Outcome | undefined;
      await sleep(lookMs, undefined, { signal });
    }
  }
}

/** As the plugin reads it: JSON. */
const storable = (outcome: Outcome) => storableInput(JSON.parse(JSON.stringify(outcome))) as object;
