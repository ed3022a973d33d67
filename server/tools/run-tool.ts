import type { Proposal } from '../../contract/proposals.ts';
import { storableInput } from './approval/storable-input.ts';
import type { Preview } from './proposal.ts';
import { ToolError, type Tool, type ToolContext, type ToolResult } from './tool.ts';

/** Ends when the tool does, when its time is over or when the run is stopped, even if the tool listens to neither. */
export async function runTool<Input>(tool: Tool<Input>, input: Input, context: ToolContext): Promise<ToolResult> {
  return bounded(await inTime(tool, context, (limited) => tool.execute(input, limited)), tool.resultLimit);
}

/** What the call would do, within the same time; nothing where the tool has no words for it. */
export async function previewTool<Input>(tool: Tool<Input>, input: Input, context: ToolContext): Promise<Preview> {
  const found = (await inTime(tool, context, async (limited) => tool.preview?.(input, limited))) ?? {};
  const { words, proposal, basis } = found;
  return {
    ...(words !== undefined && { words: storable(words).slice(0, previewLimit).toWellFormed() }),
    ...(proposal && { proposal: storableInput(proposal) as Proposal }),
    basis,
  };
}

async function inTime<Result>(
  tool: Pick<Tool, 'timeLimit' | 'title'>,
  context: ToolContext,
  work: (context: ToolContext) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), tool.timeLimit);
  const signal = AbortSignal.any([context.signal, limit.signal]);
  let stop: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  // Neither may become an unhandled rejection once the other has decided.
  stopped.catch(() => {});
  try {
    const running = Promise.resolve().then(() => {
      signal.throwIfAborted();
      return work({ ...context, signal });
    });
    running.catch(() => {});
    return await Promise.race([running, stopped]);
  } catch (error) {
    if (context.signal.aborted) throw new ToolStopped('The call was stopped.');
    if (limit.signal.aborted) throw new ToolStopped(`${tool.title} did not finish within ${seconds(tool.timeLimit)}.`);
    throw error;
  } finally {
    clearTimeout(timer);
    if (stop) signal.removeEventListener('abort', stop);
  }
}

/** The call ended before the tool did. */
export class ToolStopped extends ToolError {
  override name = 'ToolStopped';
}

const summaryLimit = 300;
/** The words of a message that is to be sent are among it. */
const previewLimit = 2_000;

function bounded(result: ToolResult, limit: number): ToolResult {
  const text = storable(result.text);
  return {
    ...result,
    text:
      text.length <= limit
        ? text
        : `${text.slice(0, limit).toWellFormed()}\n[Cut here: ${limit} of ${text.length} characters are shown. ` +
          'Call the tool again for a smaller part, such as the next page or range, to read the rest.]',
    summary: storable(result.summary).slice(0, summaryLimit).toWellFormed(),
  };
}

/** PostgreSQL refuses NUL in text. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Math.round(milliseconds / 1000)} s`;
}
