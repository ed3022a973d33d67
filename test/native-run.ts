import * as z from 'zod';
import { startModelDouble, type ModelDouble } from '../testkit/model-double.ts';
import { createLogger } from '../server/platform/logger.ts';
import { createLanguageModel } from '../server/providers/create-model.ts';
import type { ProviderId } from '../server/providers/provider.ts';
import { credentialFor, rootsFor, sampleModels } from './provider-roots.ts';
import type { ToolCallOutcome, ToolCallRequest, ToolCallWaiting } from '../server/tools/tool-gate.ts';
import { createToolRegistry } from '../server/tools/tool-registry.ts';
import type { Tool } from '../server/tools/tool.ts';
import type { RunRequest, RuntimeEvent, RuntimeMessage } from '../server/runtime/agent-runtime.ts';
import {
  createNativeRuntime,
  type NativeRuntimeOptions,
  type ResolvedModel,
} from '../server/runtime/native/native-runtime.ts';

/** One white pixel. */
export const imageData =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==';

const doubles: ModelDouble[] = [];

export async function closeDoubles(): Promise<void> {
  await Promise.all(doubles.splice(0).map((double) => double.close()));
}

const registry = createToolRegistry([
  {
    id: 'pinchy_ls',
    title: 'List',
    description: 'Lists a directory',
    category: 'safe',
    integration: null,
    input: z.strictObject({ path: z.string(), limit: z.int().optional() }),
    timeLimit: 1_000,
    resultLimit: 1_000,
    execute: async () => ({ text: '', summary: '' }),
    auditInput: () => ({}),
  } satisfies Tool<{ path: string; limit?: number | undefined }> as Tool,
]);

export function user(text: string, position = 1): Extract<RuntimeMessage, { role: 'user' }> {
  return { position, role: 'user', text };
}

function requestOf(changes: Partial<RunRequest>): RunRequest {
  return {
    runId: 'run',
    agentId: 'agent',
    userId: 'user',
    conversationId: 'conversation',
    isDefault: true,
    branch: 0,
    model: 'anthropic/none',
    system: 'Be helpful.',
    messages: [user('What is there?')],
    summary: null,
    toolIds: ['pinchy_ls'],
    stepsUsed: 0,
    ...changes,
  };
}

/** A runtime in front of a provider's double, with a gateway that records calls and answers as told. */
export async function startRun(
  provider: ProviderId,
  options: Partial<Pick<ResolvedModel, 'contextWindow' | 'maxOutput' | 'vision' | 'toolUse'>> &
    Pick<NativeRuntimeOptions, 'silence' | 'retry'> & { loadImage?: NativeRuntimeOptions['images']['load'] } = {},
) {
  const double = await startModelDouble({ kind: provider });
  doubles.push(double);
  const modelId = `${provider}/${sampleModels[provider]}`;
  const calls: ToolCallRequest[] = [];
  let answer: (call: ToolCallRequest) => Promise<ToolCallOutcome | ToolCallWaiting> = async () => ({
    state: 'done',
    summary: 'Done',
    output: 'ok',
  });
  const model = createLanguageModel(modelId, credentialFor(provider, double.url, 'key'), rootsFor(double.url));
  const resolved: ResolvedModel = {
    model,
    provider,
    contextWindow: options.contextWindow ?? null,
    maxOutput: options.maxOutput ?? null,
    vision: options.vision ?? false,
    toolUse: options.toolUse ?? true,
  };
  const start = (
    changes: Partial<RunRequest> = {},
    signal = new AbortController().signal,
    resolveModel: NativeRuntimeOptions['resolveModel'] = async () => resolved,
  ) =>
    createNativeRuntime({
      resolveModel,
      toolGate: {
        call: (call) => {
          calls.push(call);
          return answer(call);
        },
      },
      registry,
      images: { load: options.loadImage ?? (async () => ({ data: imageData })) },
      spending: { of: () => ({ reserve: async () => undefined, hear: () => {} }) },
      log: createLogger('silent'),
      silence: options.silence ?? {},
      retry: { firstPauseMs: 10, ...options.retry },
    }).run({ ...requestOf(changes), model: modelId }, signal);
  return {
    double,
    modelId,
    resolved,
    calls,
    start,
    answerCalls(next: typeof answer) {
      answer = next;
    },
  };
}

export async function collect(run: AsyncIterable<RuntimeEvent>): Promise<RuntimeEvent[]> {
  const events: RuntimeEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
}

/** The types in order, a series of text deltas as one. */
export function kinds(events: RuntimeEvent[]): string[] {
  const types = events.map(({ type }) => type);
  return types.filter((type, index) => type !== 'text-delta' || types[index - 1] !== 'text-delta');
}

export function textsOf(events: RuntimeEvent[]): string {
  return events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
}
