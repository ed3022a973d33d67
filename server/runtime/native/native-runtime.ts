import type { LanguageModel } from 'ai';
import type { Logger } from '../../platform/logger.ts';
import type { ProviderId } from '../../providers/provider.ts';
import type { ImageSource } from '../../tools/files/image-source.ts';
import type { ToolGate } from '../../tools/tool-gate.ts';
import type { ToolRegistry } from '../../tools/tool-registry.ts';
import type { AgentRuntime, RunRequest } from '../agent-runtime.ts';
import type { AgentLoop } from './agent-loop.ts';
import type { Spending } from '../spending.ts';
import { toErrorEvent } from './error-event.ts';
import { type Fallback, resolveFallback } from './fallback.ts';
import type { RetryOptions } from './model-step.ts';
import type { SilenceLimits } from './watchdog.ts';

export interface ResolvedModel {
  model: LanguageModel;
  provider: ProviderId;
  /** Tokens of prompt and answer together; null when nobody says. */
  contextWindow: number | null;
  /** Tokens that one answer may have; null leaves it to the provider. */
  maxOutput: number | null;
  vision: boolean;
  toolUse: boolean;
}

export interface NativeRuntimeOptions {
  /** Throws `{ code, message, retryable }` with a code of the chat socket when the model cannot be used. */
  resolveModel(fullModelId: string): Promise<ResolvedModel>;
  toolGate: Pick<ToolGate, 'call'>;
  registry: ToolRegistry;
  images: ImageSource;
  spending: Spending;
  log: Logger;
  silence?: Partial<SilenceLimits>;
  retry?: Partial<RetryOptions>;
}

/** The agent loop in this process. It is loaded when somebody may ask: the AI SDK takes memory that a server at rest need not have. */
export function createNativeRuntime(options: NativeRuntimeOptions): AgentRuntime {
  const { resolveModel, log } = options;
  let loop: AgentLoop | undefined;
  const load = () => import('./agent-loop.ts');

  async function resolveFirst(
    request: RunRequest,
  ): Promise<Omit<Fallback, 'event'> & Partial<Pick<Fallback, 'event'>>> {
    try {
      return { request, resolved: await resolveModel(request.model) };
    } catch (error) {
      const next = await resolveFallback(request, error, options);
      if (next) return next;
      throw error;
    }
  }

  return {
    async *run(request, signal) {
      try {
        const first = await resolveFirst(request);
        if (first.event) yield first.event;
        loop ??= (await load()).createAgentLoop(options);
        if (!signal.aborted) yield* loop(first.request, first.resolved, signal);
      } catch (error) {
        if (!signal.aborted) yield toErrorEvent(error, log, request);
      }
    },
    health: () => ({ connected: true, mode: 'native' }),
    prepare() {
      // What cannot be loaded is told by the answer that needs it.
      for (const loading of [load(), import('../../providers/create-model.ts')]) loading.catch(() => undefined);
    },
    // Each run gets agent, files, contexts and grants with its request: there is nothing to keep in step.
    async syncAgent() {},
    async removeAgent() {},
  };
}
