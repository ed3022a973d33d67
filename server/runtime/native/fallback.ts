import type { SocketErrorCode } from '../../../contract/socket.ts';
import type { RunRequest, RuntimeEvent } from '../agent-runtime.ts';
import { toErrorEvent } from './error-event.ts';
import type { NativeRuntimeOptions, ResolvedModel } from './native-runtime.ts';
import type { PromptMessage, StepMessage } from './prompt-messages.ts';

/** What is no fault of the question, so that another model may well answer it. */
const curable: ReadonlySet<SocketErrorCode> = new Set([
  'no_provider',
  'provider_auth',
  'provider_quota',
  'provider_unavailable',
  'model_not_found',
  'rate_limited',
  'internal',
]);

export interface Fallback {
  /** As the fallback model is asked it. */
  request: RunRequest;
  resolved: ResolvedModel;
  event: Extract<RuntimeEvent, { type: 'fallback' }>;
}

/** What goes on when the model of a request failed so; undefined where no other one could answer. Never throws. */
export async function resolveFallback(
  request: RunRequest,
  failure: unknown,
  { resolveModel, log }: Pick<NativeRuntimeOptions, 'resolveModel' | 'log'>,
): Promise<Fallback | undefined> {
  const { runId, model, fallbackModel } = request;
  if (!fallbackModel || fallbackModel === model) return undefined;
  const { code, message } = toErrorEvent(failure, log, request);
  if (!curable.has(code)) return undefined;
  try {
    const resolved = await resolveModel(fallbackModel);
    const event = { type: 'fallback' as const, code, message, model, fallbackModel };
    return { request: { ...request, model: fallbackModel, fallbackModel: null }, resolved, event };
  } catch (error) {
    log.warn({ error, runId, fallbackModel }, 'the fallback model cannot be used');
    return undefined;
  }
}

/** Another model takes nothing of what a provider gave for itself: reasoning, signatures, ids. */
export function neutralise(messages: readonly PromptMessage[]): PromptMessage[] {
  return messages.map((message) =>
    message.role === 'step' ? { ...message, parts: message.parts.flatMap(neutralPart) } : message,
  );
}

function neutralPart(part: StepMessage['parts'][number]): StepMessage['parts'] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  if (part.type !== 'tool-call') return [];
  const { type, toolCallId, toolName, input } = part;
  return [{ type, toolCallId, toolName, input }];
}
