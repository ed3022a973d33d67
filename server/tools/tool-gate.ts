import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AuditEvent } from '../../contract/audit-events.ts';
import type { Transaction } from '../db/client.ts';
import type { Signals } from '../db/signals.ts';
import type { Logger } from '../platform/logger.ts';
import { type Approval, findApproval, insertApproval, takeApproval } from './approval/approval.queries.ts';
import { mayAllowAlways, scopeOf } from './approval/allow-always.ts';
import { findAllowance, holdAllowance } from './approval/allowance.queries.ts';
import { asksFirst } from './approval/ask-first.ts';
import { storableInput, storableText } from './approval/storable-input.ts';
import { explainInput } from './explain-input.ts';
import { numberCitations } from './citations/number-citations.ts';
import { changesBetween, fingerprint, type Preview } from './proposal.ts';
import { previewTool, runTool } from './run-tool.ts';
import { callEvent, type CheckedCall, denialEvent, startEvent } from './tool-call-events.ts';
import type { PluginConfig } from '../../contract/agents.ts';
import { ToolDenied, ToolError, type ImageReference, type Tool, type ToolContext } from './tool.ts';
import type { ToolRegistry } from './tool-registry.ts';
import { systemAuthority } from '../db/authority.ts';

export interface ToolGrant {
  allowedTools: string[];
  pluginConfig: PluginConfig;
  isPersonal: boolean;
}

export interface ToolGateOptions {
  signals: Pick<Signals, 'transaction' | 'signal'>;
  registry: ToolRegistry;
  audit: { record(tx: Transaction, event: AuditEvent, options?: { isTrial?: boolean }): Promise<void> };
  /** Asks the database at each call; undefined when this person may not use the agent (any more). */
  findGrant(who: { agentId: string; userId: string }): Promise<ToolGrant | undefined>;
  /** Holds one directory per agent, named by its id. */
  workspaceRoot: string;
  /** How long a person has to decide about a call that asks first, in milliseconds. */
  approvalLifetimeMs?: number;
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
  images?: ImageReference[];
}

/** The call is allowed, and waits for a person. */
export interface ToolCallWaiting {
  state: 'approval';
  approvalId: string;
  expiresAt: Date;
  /** Exactly what the tool will be given. */
  input: unknown;
  /** What it will do, in words, where the tool has some. */
  summary?: string;
}

export interface ToolGate {
  /** Never throws. */
  call(request: ToolCallRequest): Promise<ToolCallOutcome | ToolCallWaiting>;
  /**
   * Makes a call that was approved, with the input that is stored with the approval. Asks for grant and scopes again; runs
   * the tool at most once, whoever asks how often. Never throws.
   */
  callApproved(request: { approvalId: string; signal: AbortSignal }): Promise<ToolCallOutcome>;
}

/** What is known of a call whose execution was claimed, and of which no outcome was stored. */
export const unknownOutcome: ToolCallOutcome = {
  state: 'failed',
  summary: 'The server stopped during the call: it is not known whether it happened.',
  output:
    'The server stopped while this call was being made. It is not known whether it happened. Do not repeat it: tell the person, ' +
    'and look first at what is there now if you can.',
};

const defaultApprovalLifetimeMs = 15 * 60_000;

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
export function createToolGate(options: ToolGateOptions): ToolGate {
  const { signals, registry, audit, findGrant, workspaceRoot, log } = options;
  const { approvalLifetimeMs: lifetimeMs = defaultApprovalLifetimeMs } = options;

  return {
    async call({ agentId, userId, conversationId, runId, toolCallId, toolId, input, signal, offered }) {
      const request = { agentId, userId, conversationId, runId, toolCallId, toolId, input, signal, offered };
      try {
        return await decide(request, performance.now());
      } catch (error) {
        return unrecorded(error, { runId, tool: toolId.slice(0, 100) });
      }
    },
    async callApproved({ approvalId, signal }) {
      const startedAt = performance.now();
      try {
        const approval = await signals.transaction(systemAuthority, (tx) => findApproval(tx, approvalId));
        if (approval?.state !== 'approved') return unknownOutcome;
        const outcome = await decide({ ...approval, approval, signal }, startedAt);
        return outcome.state === 'approval' ? unknownOutcome : outcome;
      } catch (error) {
        return unrecorded(error, { approvalId });
      }
    },
  };

  function unrecorded(error: unknown, about: object): ToolCallOutcome {
    log.error({ error, ...about }, 'a tool call could not be checked or recorded');
    const sentence =
      'The call could not be checked and recorded, so it has no result. Tell the person that tools are unavailable right now.';
    return { state: 'failed', summary: 'Could not be recorded', output: sentence };
  }

  async function decide(request: CheckedCall, startedAt: number): Promise<ToolCallOutcome | ToolCallWaiting> {
    const { agentId, userId, toolId, input: rawInput, approval } = request;
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
    // Approved input is taken as it was shown, so a tool that reads it differently since may not have it.
    if (approval && !isDeepStrictEqual(storableInput(parsed.data), rawInput)) {
      const explanation = `${tool.title} changed since this call was asked for. Ask for it again.`;
      await write(callEvent(request, tool, { startedAt, error: explanation }));
      return { state: 'failed', summary: explanation, output: explanation };
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
      citations: numberCitations(signals, request),
      signal: request.signal,
    };
    try {
      await tool.checkScope?.(input, context);
    } catch (error) {
      if (error instanceof ToolDenied) return deny(request, error.message, auditInput);
      return fail(request, tool, { startedAt, auditInput, error });
    }
    const asks = !approval && asksFirst(tool, grant.pluginConfig);
    if (asks || approval?.fingerprint) {
      let preview: Preview;
      try {
        preview = await previewTool(tool, input, context);
      } catch (error) {
        if (error instanceof ToolDenied) return deny(request, error.message, auditInput);
        return fail(request, tool, { startedAt, auditInput, error });
      }
      if (approval?.fingerprint && fingerprint(preview) !== approval.fingerprint) {
        const error = new ToolError(changedSentence(changesBetween(approval.proposal, preview.proposal)));
        return fail(request, tool, { startedAt, auditInput, error });
      }
      if (asks) {
        const always = mayAllowAlways(tool, grant.pluginConfig, preview.proposal);
        const allowed = always && (await startAllowed(request, tool, auditInput, preview));
        if (!allowed) return askPerson(request, { input, auditInput, preview, mayAllowAlways: always });
        request.allowanceId = allowed;
      }
    }
    if (approval) {
      if (!(await takeAndRecord(request, approval, tool, auditInput))) return unknownOutcome;
    } else if (!request.allowanceId) await proveRecordable(request, tool, auditInput);
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

  async function askPerson(
    request: CheckedCall,
    call: { input: unknown; auditInput: object; preview: Preview; mayAllowAlways: boolean },
  ): Promise<ToolCallWaiting> {
    const { agentId, userId, conversationId, runId, toolCallId, toolId } = request;
    const { preview, auditInput } = call;
    const { words: summary, proposal } = preview;
    const input = storableInput(call.input);
    const callId = storableText(toolCallId).slice(0, 500);
    const ids = { agentId, userId, conversationId, runId, toolCallId: callId, toolId };
    const { id, expiresAt } = await signals.transaction(systemAuthority, async (tx) => {
      const shown = { summary, proposal, fingerprint: fingerprint(preview), mayAllowAlways: call.mayAllowAlways };
      const inserted = await insertApproval(tx, { ...ids, input, ...shown, lifetimeMs });
      await audit.record(tx, {
        eventType: 'approval.requested',
        actor: { type: 'agent', id: agentId },
        resource: `approval:${inserted.id}`,
        detail: { ...auditInput, ...ids, tool: toolId, expiresAt: inserted.expiresAt.toISOString() },
      });
      signals.signal(tx, { kind: 'waiting', userId });
      return inserted;
    });
    return {
      state: 'approval',
      approvalId: id,
      expiresAt,
      input,
      ...(summary && { summary }),
    };
  }

  /** The allowance by which the call need not be asked about; its start is in the trail then, whatever tool it is. */
  async function startAllowed(
    request: CheckedCall,
    tool: Tool,
    auditInput: object,
    { proposal }: Preview,
  ): Promise<string | undefined> {
    try {
      return await signals.transaction(systemAuthority, async (tx) => {
        const id = await findAllowance(tx, { ...request, toolId: tool.id, scope: scopeOf(proposal) });
        if (id === undefined || !(await holdAllowance(tx, { id, toolId: tool.id }))) return undefined;
        await audit.record(tx, startEvent({ ...request, allowanceId: id }, tool, auditInput));
        return id;
      });
    } catch (error) {
      throw new AuditFailure(error);
    }
  }

  /** In one transaction, so that a call that was claimed shows in the trail whatever dies next. */
  async function takeAndRecord(
    request: CheckedCall,
    approval: Approval,
    tool: Tool,
    auditInput: object,
  ): Promise<boolean> {
    try {
      return await signals.transaction(systemAuthority, async (tx) => {
        if (!(await takeApproval(tx, approval.id))) return false;
        await audit.record(tx, startEvent(request, tool, auditInput));
        return true;
      });
    } catch (error) {
      throw new AuditFailure(error);
    }
  }

  async function deny(request: CheckedCall, reason: string, auditInput: object): Promise<ToolCallOutcome> {
    await write(denialEvent(request, reason, auditInput));
    return { state: 'denied', summary: reason, output: `Denied: ${reason}` };
  }

  /** A ToolError's message is for model and person; any other error is ours to read, in the log. */
  async function fail(
    request: CheckedCall,
    tool: Tool,
    { startedAt, auditInput, error }: { startedAt: number; auditInput: object; error: unknown },
  ): Promise<ToolCallOutcome> {
    const isExpected = error instanceof ToolError;
    const message = isExpected ? error.message : `${tool.title} failed because of a fault in Pinchy.`;
    if (!isExpected) log.error({ error, runId: request.runId, tool: tool.id }, 'a tool failed unexpectedly');
    await write(callEvent(request, tool, { startedAt, auditInput, error: message }));
    return { state: 'failed', summary: message, output: isExpected ? message : `${message} Do not try it again.` };
  }

  async function proveRecordable(request: CheckedCall, tool: Tool, auditInput: object): Promise<void> {
    if (tool.category === 'powerful') return write(startEvent(request, tool, auditInput));
    const event = callEvent(request, tool, { startedAt: performance.now(), auditInput });
    try {
      await signals.transaction(systemAuthority, async (tx) => {
        await audit.record(tx, event, { isTrial: true });
        throw new RolledBack();
      });
    } catch (error) {
      if (!(error instanceof RolledBack)) throw new AuditFailure(error);
    }
  }

  async function write(event: AuditEvent): Promise<void> {
    try {
      await signals.transaction(systemAuthority, (tx) => audit.record(tx, event));
    } catch (error) {
      throw new AuditFailure(error);
    }
  }
}

const changedSentence = (changes: string[]): string =>
  `What this call is about has changed since it was asked for${changes.length > 0 ? ` (${changes.slice(0, 5).join(', ')})` : ''}, ` +
  'so it was not made. Look at it again, and ask again if it is still wanted.';

class RolledBack extends Error {}

class AuditFailure extends Error {
  constructor(cause: unknown) {
    super('The audit trail did not take the event.', { cause });
  }
}

function refusalOf(request: CheckedCall, grant: ToolGrant | undefined, tool: Tool | undefined): string | undefined {
  if (!grant) return 'This person may not use this agent.';
  if (!tool) return 'There is no tool with this name.';
  if (!grant.allowedTools.includes(tool.id)) return 'This tool is not granted to this agent.';
  if (tool.personal && !grant.isPersonal) return 'This tool is for personal agents only.';
  if (request.offered === false) return 'This tool was not offered in this step.';
  return undefined;
}
