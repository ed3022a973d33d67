import type { ToolCallOutcome, ToolCallWaiting, ToolGate } from '../../tools/tool-gate.ts';
import type { RunRequest, RuntimeEvent, RuntimeToolCall } from '../agent-runtime.ts';
import type { ModelToolCall } from './model-attempt.ts';
import { cleanJson, cleanText } from './streamed-text.ts';

type ToolEvent = Extract<RuntimeEvent, { type: 'tool-start' | 'tool-end' | 'tool-approval' }>;
type Answer = ToolCallOutcome | ToolCallWaiting;

/** A model may ask for hundreds of calls in one step; each needs the database. */
const concurrency = 8;

/**
 * Runs the calls of one step through the tool gate, several at a time, and yields each end as it comes. Every call
 * gets there, also of tools that do not exist or were not offered: refusing and recording is the tool gate's.
 * Returns what the model reads, in the order of the calls; undefined when some of them wait for a person.
 */
export async function* runToolCalls(
  calls: readonly ModelToolCall[],
  options: {
    request: RunRequest;
    toolGate: Pick<ToolGate, 'call'>;
    offered: ReadonlySet<string>;
    signal: AbortSignal;
  },
): AsyncGenerator<ToolEvent, RuntimeToolCall[] | undefined> {
  const { request, toolGate, offered, signal } = options;
  for (const { toolCallId, name, input } of calls) {
    yield { type: 'tool-start', toolCallId, name: shownName(name), input: cleanJson(input) };
  }
  const results: RuntimeToolCall[] = [];
  const running = new Map<number, Promise<{ index: number; outcome: Answer }>>();
  let someWait = false;
  let next = 0;
  while (next < calls.length || running.size > 0) {
    while (next < calls.length && running.size < concurrency) {
      const index = next++;
      running.set(
        index,
        callTool(calls[index] as ModelToolCall).then((outcome) => ({ index, outcome })),
      );
    }
    const { index, outcome } = await Promise.race(running.values());
    running.delete(index);
    const { toolCallId, name, input } = calls[index] as ModelToolCall;
    if (outcome.state === 'approval') {
      someWait = true;
      const { approvalId, expiresAt, summary } = outcome;
      const waiting = { input: outcome.input, approvalId, expiresAt, ...(summary && { summary }) };
      yield { type: 'tool-approval', toolCallId, name: shownName(name), ...waiting };
      continue;
    }
    const { state, summary, output, images } = outcome;
    const seen = images?.length ? { images } : {};
    results[index] = { toolCallId, name: shownName(name), input, output, failed: state !== 'done', ...seen };
    yield { type: 'tool-end', toolCallId, name: shownName(name), state, summary, output, ...seen };
  }
  return someWait ? undefined : results;

  function callTool({ toolCallId, name, input }: ModelToolCall): Promise<Answer> {
    const { agentId, userId, conversationId, runId } = request;
    return toolGate.call({
      agentId,
      userId,
      conversationId,
      runId,
      toolCallId,
      toolId: name,
      input,
      signal,
      offered: offered.has(name),
    });
  }
}

/** Models invent names too. */
function shownName(name: string): string {
  return cleanText(name).slice(0, 100) || 'unknown';
}
