import * as z from 'zod';

// The parts of the gateway's events that a run is read from; what else they hold is left alone, as it changes with its versions.

const usageSchema = z.looseObject({
  input: z.number().default(0),
  output: z.number().default(0),
  cacheRead: z.number().default(0),
  cacheWrite: z.number().default(0),
});

export type GatewayUsage = z.output<typeof usageSchema>;

const textPart = z.looseObject({ type: z.literal('text'), text: z.string() });
const callPart = z.looseObject({
  type: z.literal('toolCall'),
  id: z.string(),
  name: z.string(),
  arguments: z.unknown().optional(),
});
const parts = z.array(z.union([textPart, callPart, z.looseObject({ type: z.string() })]));

/** `session.message`: a message was stored in a session's transcript; as it would be shown, so shortened where it is long. */
export const sessionMessageSchema = z.looseObject({
  sessionKey: z.string(),
  messageId: z.string().optional(),
  message: z.looseObject({
    role: z.string(),
    content: z.union([z.string(), parts]).optional(),
    model: z.string().optional(),
    usage: usageSchema.optional(),
    stopReason: z.string().optional(),
    idempotencyKey: z.string().optional(),
    __openclaw: z.looseObject({ runId: z.string().optional() }).optional(),
    // Of a `toolResult`.
    toolCallId: z.string().optional(),
    toolName: z.string().optional(),
    isError: z.boolean().optional(),
    details: z.unknown().optional(),
  }),
});

export type TranscriptMessage = z.output<typeof sessionMessageSchema>['message'];

/** `agent`: one thing that happened in a run. */
export const agentEventSchema = z.looseObject({
  runId: z.string(),
  stream: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export const assistantDataSchema = z.looseObject({
  text: z.string().optional(),
  delta: z.string().optional(),
  itemId: z.string().optional(),
  /** The text does not go on from the one before. */
  replace: z.boolean().optional(),
});

export type AssistantData = z.output<typeof assistantDataSchema>;

/** What our plugin says of a call in the `details` of its results. */
const pinchyDetails = z.looseObject({
  pinchy: z.looseObject({
    state: z.enum(['done', 'denied', 'failed', 'approval']),
    summary: z.string().optional(),
    approvalId: z.string().optional(),
    expiresAt: z.string().optional(),
    input: z.unknown().optional(),
  }),
});

const toolResult = z.looseObject({ content: parts.optional(), details: z.unknown().optional() });

export const toolDataSchema = z.looseObject({
  phase: z.string(),
  name: z.string(),
  toolCallId: z.string(),
  args: z.unknown().optional(),
  isError: z.boolean().optional(),
  result: toolResult.optional(),
  partialResult: toolResult.optional(),
});

export type ToolData = z.output<typeof toolDataSchema>;

export function pinchyDetailsOf(result: z.output<typeof toolResult> | undefined) {
  const parsed = pinchyDetails.safeParse(result?.details);
  return parsed.success ? parsed.data.pinchy : undefined;
}

/** `chat`: how a run stands. */
export const chatEventSchema = z.looseObject({
  runId: z.string(),
  state: z.string(),
  stopReason: z.string().optional(),
  message: z.looseObject({ content: z.union([z.string(), parts]).optional() }).optional(),
  errorMessage: z.string().optional(),
  errorKind: z.string().optional(),
  errorDetail: z
    .looseObject({
      failoverReason: z.string().optional(),
      httpStatus: z.number().optional(),
      providerErrorMessagePreview: z.string().optional(),
    })
    .optional(),
});

export type ChatEvent = z.output<typeof chatEventSchema>;

export function textOf(content: z.output<typeof parts> | string | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? []).flatMap((part) => (textPart.safeParse(part).success ? [String(part['text'])] : [])).join('');
}

/** Where a text of more than 8,000 characters was shortened, its beginning. */
export const storedTextOf = ({ content }: TranscriptMessage) =>
  textOf(content).replace(/\n\.\.\.\(truncated\)\.\.\.$/, '');

export function callsOf(message: TranscriptMessage): { id: string; name: string; input: unknown }[] {
  if (!Array.isArray(message.content)) return [];
  return message.content.flatMap((part) => {
    const call = callPart.safeParse(part);
    return call.success ? [{ id: call.data.id, name: call.data.name, input: call.data.arguments }] : [];
  });
}
