import type { AuditEvent } from '../../contract/audit-events.ts';
import type { Approval } from './approval/approval.queries.ts';
import type { Tool } from './tool.ts';
import type { ToolCallRequest } from './tool-gate.ts';

/** A call on its way through the tool gate, with what a person said about it, this time or for the conversation. */
export type CheckedCall = ToolCallRequest & { approval?: Approval; allowanceId?: string };

/** What came of a call, as the trail keeps it. */
export function callEvent(
  request: CheckedCall,
  tool: Tool,
  call: { startedAt: number; auditInput?: object; resultAudit?: object | undefined; error?: string },
): AuditEvent {
  const { agentId } = request;
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
      ...idsOf(request),
      durationMs: Math.round(performance.now() - call.startedAt),
    },
  };
}

export function startEvent(request: CheckedCall, tool: Tool, auditInput: object): AuditEvent<'tool.started'> {
  const { agentId } = request;
  return {
    eventType: 'tool.started',
    actor: { type: 'agent', id: agentId },
    resource: `agent:${agentId}`,
    detail: { ...auditInput, tool: tool.id, ...idsOf(request) },
  };
}

export function denialEvent(request: CheckedCall, reason: string, auditInput: object): AuditEvent<'tool.denied'> {
  const { agentId, toolId } = request;
  return {
    eventType: 'tool.denied',
    actor: { type: 'agent', id: agentId },
    resource: `agent:${agentId}`,
    outcome: 'failure',
    error: reason,
    detail: { ...auditInput, tool: toolId.slice(0, 100), reason, ...idsOf(request) },
  };
}

function idsOf({ runId, conversationId, userId, toolCallId, approval, allowanceId }: CheckedCall) {
  return {
    runId,
    conversationId,
    userId,
    toolCallId,
    ...(approval && { approvalId: approval.id }),
    ...(allowanceId && { allowanceId }),
  };
}
