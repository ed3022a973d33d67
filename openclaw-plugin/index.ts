import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

// Runs inside an OpenClaw Gateway. It decides nothing: prompt, tools and the outcome of every call are Pinchy's. Where
// Pinchy cannot be reached, a turn gets no tools and no call is made.

interface ToolDefinition {
  id: string;
  title: string;
  description: string;
  /** JSON schema of the input. */
  schema: object;
}

interface RunContext {
  agentId?: string;
  sessionKey?: string;
  runId?: string;
}

interface Turn {
  system: string;
  toolIds: string[];
}

interface Outcome {
  state: 'done' | 'denied' | 'failed' | 'approval';
  summary?: string;
  output?: string;
  images?: { mediaType: string; data: string }[];
  approvalId?: string;
  expiresAt?: string;
  input?: unknown;
}

type Content = { type: 'text'; text: string } | { type: 'image'; data: string; mimeType: string };

interface ToolResult {
  content: Content[];
  details: { pinchy: Omit<Outcome, 'output' | 'images'> };
}

/** Nothing reaches the model. `message` stands in the gateway's transcript instead of what was asked. */
interface BlockedRun {
  outcome: 'block';
  reason: string;
  message: string;
}

/** The part of OpenClaw's plugin interface that is used here. */
interface PluginApi {
  pluginConfig?: { url?: string; token?: string };
  registerTool(factory: (context: RunContext) => object | null, options: { name: string }): void;
  on(hook: 'before_prompt_build', handler: (event: object, context: RunContext) => Promise<object | undefined>): void;
  on(
    hook: 'before_agent_run',
    handler: (event: object, context: RunContext) => Promise<{ outcome: 'pass' } | BlockedRun>,
  ): void;
  on(hook: 'agent_end', handler: (event: object, context: RunContext) => Promise<void>): void;
  on(
    hook: 'before_tool_call',
    handler: (
      event: { toolName: string; toolCallId?: string; runId?: string },
      context: RunContext,
    ) => Promise<object | undefined>,
  ): void;
}

const tools = JSON.parse(readFileSync(new URL('./tools.json', import.meta.url), 'utf8')) as ToolDefinition[];
const toolIds = new Set(tools.map(({ id }) => id));

/**
 * The run of each call that is about to be made: a tool is only told its session. Shared by all registrations, since hooks
 * and tools may live in different ones.
 */
const runIds = new Map<string, string>();

/**
 * Runs of which Pinchy said that it began them. A gateway has reasons of its own to run an agent, such as an answer that was
 * cut off by its restart.
 */
const begun = new Set<string>();

const isPinchyAgent = (agentId: string | undefined) => agentId?.startsWith('pinchy-') === true;

/** A step that waits for a person is stopped by Pinchy within moments; this is for when Pinchy is gone. */
const maxWaitMs = 120_000;
const turnTimeoutMs = 15_000;
const retryPausesMs = [200, 500, 1_000, 2_000, 4_000];

export default {
  id: 'pinchy',
  name: 'Pinchy',
  description: "Gives agents Pinchy's tools; Pinchy decides about and records every call.",
  register(api: PluginApi) {
    const { url = '', token = '' } = api.pluginConfig ?? {};

    const post = (path: string, body: object, signal: AbortSignal) =>
      fetch(`${url}/api/internal/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
        redirect: 'error',
        signal,
      });

    /** Asks again where nobody answered: another server process may, and makes no call twice. */
    async function ask<Answer>(path: string, body: object, signal: AbortSignal): Promise<Answer> {
      for (const pauseMs of [...retryPausesMs, undefined]) {
        const response = await post(path, body, signal).catch((error: unknown) => {
          if (signal.aborted || pauseMs === undefined) throw error;
        });
        if (response?.ok) return (await response.json()) as Answer;
        const isAway = !response || [502, 503, 504].includes(response.status);
        if (!isAway || pauseMs === undefined) throw new Error(`Pinchy answered ${response?.status}.`);
        await sleep(pauseMs, undefined, { signal });
      }
      throw new Error('Pinchy does not answer.');
    }

    api.on('before_prompt_build', async (_event, { agentId, sessionKey, runId }) => {
      if (!isPinchyAgent(agentId)) return undefined;
      try {
        const turn = await ask<Turn>('turns', { agentId, sessionKey, runId }, AbortSignal.timeout(turnTimeoutMs));
        begun.add(runId ?? '');
        return { systemPrompt: turn.system, toolsAllow: turn.toolIds };
      } catch {
        return {
          systemPrompt: 'Say only that you cannot work right now, because Pinchy cannot be reached.',
          toolsAllow: [],
        };
      }
    });

    api.on('before_agent_run', async (_event, { agentId, runId }) => {
      if (!isPinchyAgent(agentId) || begun.has(runId ?? '')) return { outcome: 'pass' };
      const reason = 'Pinchy did not say that it began this run.';
      return { outcome: 'block', reason, message: reason };
    });
    api.on('agent_end', async (_event, { runId }) => void begun.delete(runId ?? ''));

    // The allow-list of the configuration says the same; this holds where somebody widened it.
    api.on('before_tool_call', async ({ toolName, toolCallId, runId }, context) => {
      const isOurs = toolIds.has(toolName);
      if (!isPinchyAgent(context.agentId) && !isOurs) return undefined;
      if (!isPinchyAgent(context.agentId) || !isOurs)
        return { block: true, blockReason: 'Pinchy decides which tools its agents have.' };
      const run = runId ?? context.runId;
      if (toolCallId && run) runIds.set(`${context.sessionKey} ${toolCallId}`, run);
      return undefined;
    });

    for (const tool of tools) {
      api.registerTool(
        ({ agentId, sessionKey }) =>
          isPinchyAgent(agentId)
            ? {
                name: tool.id,
                label: tool.title,
                description: tool.description,
                parameters: tool.schema,
                async execute(
                  toolCallId: string,
                  input: unknown,
                  signal: AbortSignal = new AbortController().signal,
                  onUpdate?: (partial: ToolResult) => void,
                ): Promise<ToolResult> {
                  const key = `${sessionKey} ${toolCallId}`;
                  const runId = runIds.get(key) ?? '';
                  runIds.delete(key);
                  const call = { agentId, sessionKey, runId, toolCallId, input };
                  const outcome = await ask<Outcome>(`tools/${tool.id}`, call, signal);
                  if (outcome.state !== 'approval') return resultOf(outcome);
                  onUpdate?.(resultOf({ ...outcome, output: 'Waiting for a person.' }));
                  await untilStopped(signal);
                  throw new Error('This call waits for a person.');
                },
              }
            : null,
        { name: tool.id },
      );
    }
  },
};

function resultOf({ output = '', images = [], ...details }: Outcome): ToolResult {
  const pictures = images.map(({ data, mediaType }): Content => ({ type: 'image', data, mimeType: mediaType }));
  return { content: [{ type: 'text', text: output }, ...pictures], details: { pinchy: details } };
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, maxWaitMs);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    if (signal.aborted) resolve();
  });
}
