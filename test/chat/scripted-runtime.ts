import { setTimeout as sleep } from 'node:timers/promises';
import type { AgentRuntime, RunRequest, RuntimeEvent } from '../../server/runtime/agent-runtime.ts';

export interface ScriptedRuntime extends AgentRuntime {
  requests: RunRequest[];
  aborted: string[];
  connected: boolean;
}

export type Answer = (request: RunRequest, signal: AbortSignal) => AsyncIterable<RuntimeEvent>;

/** A runtime that says what a test wants, so that tests of the chat decide when every token comes. */
export function createScriptedRuntime(
  answer: Answer = (request) => say(`Echo: ${lastText(request)}`),
): ScriptedRuntime {
  const runtime: ScriptedRuntime = {
    requests: [],
    aborted: [],
    connected: true,
    run(request, signal) {
      runtime.requests.push(request);
      signal.addEventListener('abort', () => runtime.aborted.push(request.runId));
      return answer(request, signal);
    },
    health: () => ({ connected: runtime.connected, mode: 'native' }),
    syncAgent: async () => {},
    removeAgent: async () => {},
  };
  return runtime;
}

export const model = 'ollama-local/scripted';
export const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 0, cacheWriteTokens: 0 };

export function lastText(request: RunRequest): string {
  return request.messages.at(-1)?.text ?? '';
}

/** Says a text in parts, a little time apart, as one step. */
export async function* say(text: string | string[], pauseMs = 0): AsyncGenerator<RuntimeEvent> {
  const parts = typeof text === 'string' ? (text.match(/\S+\s*|\s+/g) ?? []) : text;
  for (const part of parts) {
    yield { type: 'text-delta', text: part };
    if (pauseMs > 0) await sleep(pauseMs);
  }
  yield { type: 'step-end', usage, model };
  yield { type: 'finish', reason: 'stop' };
}

/** Never ends by itself. */
export async function* sayForever(pauseMs = 5): AsyncGenerator<RuntimeEvent> {
  for (let count = 0; ; count++) {
    yield { type: 'text-delta', text: `${count} ` };
    await sleep(pauseMs);
  }
}
