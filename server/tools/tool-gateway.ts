import { join } from 'node:path';
import type { AuditEvent } from '../../contract/audit-events.ts';
import type { Transaction } from '../db/client.ts';
import type { Signals } from '../db/signals.ts';
import type { Logger } from '../platform/logger.ts';
import { explainInput } from './explain-input.ts';
import { runTool } from './run-tool.ts';
import { ToolDenied, ToolError, type PluginConfig, type Tool, type ToolContext, type ToolImage } from './tool.ts';
import type { ToolRegistry } from './tool-registry.ts';

export interface ToolGrant {
  allowedTools: string[];
  pluginConfig: PluginConfig;
  isPersonal: boolean;
}

export interface ToolGatewayOptions {
  signals: Pick<Signals, 'transaction'>;
  registry: ToolRegistry;
  audit: { record(tx: Transaction, event: AuditEvent): Promise<void> };
  /** Asks the database at each call; undefined when this person may not use the agent (any more). */
  findGrant(who: { agentId: string; userId: string }): Promise<ToolGrant | undefined>;
  /** Holds one directory per agent, named by its id. */
  workspaceRoot: string;
  log: Logger;
}

export interface ToolCallRequest {
  agentId: string;
  userId: string;
  conversationId: string;
  runId: string;
  toolCallId: string;
  toolId: string;
  /** As the model wrote it: parsed JSON, or the text that could not be parsed. */
  input: unknown;
  signal: AbortSignal;
  /** False when the model called a tool that it was not offered: denied, even if it is granted. */
  offered?: boolean;
}

export interface ToolCallOutcome {
  state: 'done' | 'denied' | 'failed';
  /** One line for a person. */
  summary: string;
  /** What the model reads. */
  output: string;
  images?: ToolImage[];
}

export interface ToolGateway {
  /** Never throws. */
  call(request: ToolCallRequest): Promise<ToolCallOutcome>;
}

/**
 * The one way to every tool, for all agents, runtimes and channels.
 *
 * Each call leaves one `tool.<id>` or `tool.denied` with its true outcome. That needs both ends of the call guarded:
 * - Before: a safe tool only runs after its event was written in a transaction that is rolled back again, which proves that the
 *   trail takes it; the trail stays free of rows that say nothing yet. A powerful tool, whose effects outlast a crash of
 *   this process, only runs after `tool.started` was committed.
 * - After: where the outcome cannot be written, the model does not get the result.
 * No transaction stays open while a tool runs: it would hold a connection, and the sealing of the whole trail.
 */
export function createToolGateway(options: ToolGatewayOptions): ToolGateway {
  const { signals, registry, audit, findGrant, workspaceRoot, log } = options;

  return {
    async call(request) {
      const startedAt = performance.now();
      try {
        return await decide(request, startedAt);
      } catch (error) {
        log.error(
          { error, runId: request.runId, tool: request.toolId.slice(0, 100) },
          'a tool call could not be checked or recorded',
        );
        const sentence =
          'The call could not be checked and recorded, so it has no result. Tell the person that tools are unavailable right now.';
        return { state: 'failed', summary: 'Could not be recorded', output: sentence };
      }
    },
  };

  async function decide(request: ToolCallRequest, startedAt: number): Promise<ToolCallOutcome> {
    const { agentId, userId, toolId, input: rawInput } = request;
    const grant = await findGrant({ agentId, userId });
    const tool = registry.find(toolId);
    const refusal = refusalOf(request, grant, tool);
    if (refusal !== undefined || !tool || !grant) {
      return deny(request, refusal ?? 'The call is not allowed.', {});
    }
    const parsed = tool.input.safeParse(rawInput);
    if (!parsed.success) {
      const explanation = explainInput(parsed.error, rawInput);
      await write(callEvent(request, tool, { startedAt, error: explanation }));
      return { state: 'failed', summary: 'Invalid input', output: explanation };
    }
    const input = parsed.data;
    const auditInput = tool.auditInput(input);
    const context: ToolContext = {
      agentId,
      userId,
      conversationId: request.conversationId,
      runId: request.runId,
      toolCallId: request.toolCallId,
      workspaceDirectory: join(workspaceRoot, agentId),
      pluginConfig: grant.pluginConfig,
      signal: request.signal,
    };
    try {
      await tool.checkScope?.(input, context);
    } catch (error) {
      if (error instanceof ToolDenied) return deny(request, error.message, auditInput);
      return fail(request, tool, { startedAt, auditInput, error });
    }
    await proveRecordable(request, tool, auditInput);
    try {
      const result = await runTool(tool, input, context);
      await write(callEvent(request, tool, { startedAt, auditInput, resultAudit: result.audit }));
      return {
        state: 'done',
        summary: result.summary,
        output: result.text,
        ...(result.images?.length ? { images: result.images } : {}),
      };
    } catch (error) {
      if (error instanceof AuditFailure) throw error;
      if (error instanceof ToolDenied) return deny(request, error.message, auditInput);
      return fail(request, tool, { startedAt, auditInput, error });
    }
  }

  async function deny(request: ToolCallRequest, reason: string, auditInput: object): Promise<ToolCallOutcome> {
    const { runId, conversationId, userId, toolCallId, toolId } = request;
    await write({
      eventType: 'tool.denied',
      actor: { type: 'agent', id: request.agentId },
      resource: `agent:${request.agentId}`,
      outcome: 'failure',
      error: reason,
      detail: { ...auditInput, tool: toolId.slice(0, 100), reason, runId, conversationId, userId, toolCallId },
    });
    return { state: 'denied', summary: reason, output: `Denied: ${reason}` };
  }

  /** A ToolError's message is for model and person; any other error is ours to read, in the log. */
  async function fail(
    request: ToolCallRequest,
    tool: Tool,
    { startedAt, auditInput, error }: { startedAt: number; auditInput: object; error: unknown },
  ): Promise<ToolCallOutcome> {
    const isExpected = error instanceof ToolError;
    const message = isExpected ? error.message : `${tool.title} failed because of a fault in Pinchy.`;
    if (!isExpected) log.error({ error, runId: request.runId, tool: tool.id }, 'a tool failed unexpectedly');
    await write(callEvent(request, tool, { startedAt, auditInput, error: message }));
    return { state: 'failed', summary: message, output: isExpected ? message : `${message} Do not try it again.` };
  }

  async function proveRecordable(request: ToolCallRequest, tool: Tool, auditInput: object): Promise<void> {
    if (tool.category === 'powerful') return write(startEvent(request, tool, auditInput));
    const event = callEvent(request, tool, { startedAt: performance.now(), auditInput });
    try {
      await signals.transaction(async (tx) => {
        await audit.record(tx, event);
        throw new RolledBack();
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw new AuditFailure(error);
    }
  }

  async function write(event: AuditEvent): Promise<void> {
    try {
      await signals.transaction((tx) => audit.record(tx, event));
    } catch (error) {
      throw new AuditFailure(error);
    }
  }
}

class RolledBack extends Error {}

class AuditFailure extends Error {
  constructor(cause: unknown) {
    super('The audit trail did not take the event.', { cause });
  }
}

function refusalOf(request: ToolCallRequest, grant: ToolGrant | undefined, tool: Tool | undefined): string | undefined {
  if (!grant) return 'This person may not use this agent.';
  if (!tool) return 'There is no tool with this name.';
  if (!grant.allowedTools.includes(tool.id)) return 'This tool is not granted to this agent.';
  if (tool.personal && !grant.isPersonal) return 'This tool is for personal agents only.';
  if (request.offered === false) return 'This tool was not offered in this step.';
  return undefined;
}

function callEvent(
  request: ToolCallRequest,
  tool: Tool,
  call: { startedAt: number; auditInput?: object; resultAudit?: object | undefined; error?: string },
): AuditEvent {
  const { agentId, userId, conversationId, runId, toolCallId } = request;
  return {
    eventType: `tool.${tool.id}`,
    actor: { type: 'agent', id: agentId },
    resource: `agent:${agentId}`,
    outcome: call.error === undefined ? 'success' : 'failure',
    error: call.error,
    // What a tool says about itself cannot hide whose call it was.
    detail: {
      ...call.auditInput,
      ...call.resultAudit,
      runId,
      conversationId,
      userId,
      toolCallId,
      durationMs: Math.round(performance.now() - call.startedAt),
    },
  };
}

function startEvent(request: ToolCallRequest, tool: Tool, auditInput: object): AuditEvent<'tool.started'> {
  const { agentId, userId, conversationId, runId, toolCallId } = request;
  return {
    eventType: 'tool.started',
    actor: { type: 'agent', id: agentId },
    resource: `agent:${agentId}`,
    detail: { ...auditInput, tool: tool.id, runId, conversationId, userId, toolCallId },
  };
}
