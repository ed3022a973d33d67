import * as z from 'zod';
import { budgetScopes } from './budget-words.ts';
import { dateTimeSchema, idSchema } from './common.ts';
import { proposalSchema } from './proposals.ts';
import { maxAttachments, maxHistoryLimit } from './limits.ts';

export const defaultHistoryLimit = 50;

/** The conversation a frame is about; without `chatId` it is the default one. */
const conversationFields = { agentId: idSchema, chatId: idSchema.optional() };

export const messageFrame = z.strictObject({
  type: z.literal('message'),
  ...conversationFields,
  content: z.string(),
  clientMessageId: idSchema,
  attachmentIds: z.array(idSchema).max(maxAttachments).optional(),
  begins: z
    .literal(true)
    .optional()
    .meta({ description: 'The conversation named by `chatId`, a random UUID, begins with this message' }),
  temporary: z.literal(true).optional().meta({
    description: 'With `chatId`: the conversation is, or begins as, a temporary one; refused where it is not',
  }),
});
export const historyRequestFrame = z.strictObject({
  type: z.literal('history'),
  ...conversationFields,
  before: idSchema.optional(),
  limit: z.int().min(1).max(maxHistoryLimit).optional(),
});
export const abortFrame = z.strictObject({ type: z.literal('abort'), ...conversationFields });
export const approvalFrame = z.strictObject({
  type: z.literal('approval'),
  ...conversationFields,
  approvalId: idSchema,
  decision: z.enum(['approve', 'deny']),
  always: z.literal(true).optional().meta({
    description: 'With `approve`: its like is not asked about again in this conversation, where that is permitted',
  }),
});
export const editFrame = z
  .strictObject({
    type: z.literal('edit'),
    ...conversationFields,
    messageId: idSchema,
    content: z.string(),
    clientMessageId: idSchema,
  })
  .meta({
    description:
      'Says a message of the person in other words: the conversation goes on from there on a branch of its own, with the attachments ' +
      'of the message. Answered like `message`; refused with `run_active` while anything is being answered',
  });
export const regenerateFrame = z
  .strictObject({
    type: z.literal('regenerate'),
    ...conversationFields,
    messageId: idSchema,
    clientMessageId: idSchema,
    model: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .meta({ description: '`<provider>/<model id>` for this answer alone; for those who may edit the agent' }),
  })
  .meta({
    description:
      'Asks for another answer to a message of the person, on a branch of its own. Acknowledged with that message',
  });
export const branchFrame = z
  .strictObject({ type: z.literal('branch'), ...conversationFields, messageId: idSchema })
  .meta({
    description:
      'Shows the branch that this message is on, down to the newest message that follows it. Answered by `changed`',
  });
export const leaveFrame = z.strictObject({ type: z.literal('leave'), agentId: idSchema, chatId: idSchema }).meta({
  description:
    'Leaves a temporary conversation, which is removed with its files: `changed` says so to whoever follows it',
});
export const pingFrame = z.strictObject({ type: z.literal('ping') });

export const clientFrameSchema = z.discriminatedUnion('type', [
  messageFrame,
  historyRequestFrame,
  abortFrame,
  approvalFrame,
  editFrame,
  regenerateFrame,
  branchFrame,
  leaveFrame,
  pingFrame,
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;

export const socketErrorCodes = [
  'invalid_frame',
  'not_found',
  'agent_stopped',
  'too_long',
  'queue_full',
  'run_active',
  'rate_limited',
  'no_provider',
  'provider_auth',
  'provider_quota',
  'provider_unavailable',
  'model_not_found',
  'context_too_long',
  'runtime_unavailable',
  'budget_exceeded',
  'model_unpriced',
  'interrupted',
  'internal',
] as const;
export type SocketErrorCode = (typeof socketErrorCodes)[number];

export const finishReasons = ['stop', 'length', 'filter', 'step_limit', 'aborted', 'interrupted', 'error'] as const;
export const finishReasonSchema = z.enum(finishReasons).meta({
  description:
    'What ended the message: `stop` when it is whole, else what cut it off: a limit of the model, its provider’s content filter, the ' +
    'limit of steps, the person, the end of the server, or a failure',
});
export type FinishReason = z.infer<typeof finishReasonSchema>;

export const usageSchema = z.object({
  inputTokens: z.int(),
  outputTokens: z.int(),
  cacheReadTokens: z.int(),
  cacheWriteTokens: z.int(),
  cost: z.string().nullable().meta({ description: 'US dollars; null when no price is known' }),
});
export type MessageUsage = z.infer<typeof usageSchema>;

export const toolStates = ['running', 'done', 'denied', 'failed', 'approval'] as const;
export type ToolState = (typeof toolStates)[number];

export const toolCallSchema = z.object({
  toolCallId: z.string(),
  name: z.string(),
  state: z.enum(toolStates),
  input: z.unknown().optional(),
  summary: z.string().optional(),
  approvalId: idSchema.optional(),
  expiresAt: dateTimeSchema.optional(),
  proposal: proposalSchema.optional(),
  mayAllowAlways: z.literal(true).optional().meta({
    description:
      'It waits, and the person may allow its like for the rest of the conversation: `always` of an `approval`',
  }),
});
export type ToolCall = z.infer<typeof toolCallSchema>;

export const attachmentSchema = z.object({
  id: idSchema,
  filename: z.string(),
  mediaType: z.string(),
  size: z.int(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

export const failureDetailsSchema = z
  .object({ scope: z.enum(budgetScopes), resetsAt: dateTimeSchema })
  .meta({ description: 'With `budget_exceeded`: whose budget it is, and when it starts anew' });
export type FailureDetails = z.infer<typeof failureDetailsSchema>;

export const failureSchema = z
  .object({
    code: z.enum(socketErrorCodes),
    message: z.string(),
    retryable: z.boolean(),
    details: failureDetailsSchema.optional(),
  })
  .meta({ description: 'Why the run failed whose last message this is' });
export type Failure = z.infer<typeof failureSchema>;

export const branchesSchema = z
  .object({
    number: z.int().meta({ description: 'From 1, in the order in which they were begun' }),
    count: z.int(),
    previous: idSchema.optional().meta({ description: 'What a `branch` frame names to go one back' }),
    next: idSchema.optional(),
  })
  .meta({ description: 'The branches that part before this message; left out where there is one' });
export type Branches = z.infer<typeof branchesSchema>;
export const sourceSchema = z.object({
  number: z.int().meta({ description: 'By which the message cites it, such as `[3]`; unique in the conversation' }),
  path: z.string().meta({ description: 'As the agent’s tools know the document; of a web page, its address' }),
  place: z.string().meta({ description: 'For people: `page 3`, `sheet Prices, rows 12–40`, `slide 5`, `line 80`' }),
  text: z.string().meta({ description: 'The passage as the agent read it, cut where it is long' }),
});
export type Source = z.infer<typeof sourceSchema>;
const sourcesSchema = z.array(sourceSchema).meta({
  description: 'What the message cites of what the conversation’s tools returned, in the order of its text',
});

export const ratingSchema = z
  .object({ rating: z.enum(['up', 'down']), comment: z.string().nullable(), shared: z.boolean() })
  .meta({ id: 'Rating', description: 'What the person thinks of an answer, and whether admins may read it' });
export type Rating = z.infer<typeof ratingSchema>;

export const fallbackModelSchema = z.string().optional().meta({
  description: '`<provider>/<model id>` of the agent’s fallback model, where that wrote the message',
});

export const historyMessageSchema = z.object({
  id: idSchema,
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  createdAt: dateTimeSchema,
  clientMessageId: idSchema.optional(),
  attachments: z.array(attachmentSchema).optional(),
  toolCalls: z.array(toolCallSchema).optional(),
  usage: usageSchema.optional(),
  fallbackModel: fallbackModelSchema,
  interrupted: z.literal(true).optional(),
  finishReason: finishReasonSchema
    .optional()
    .meta({ description: 'Of an assistant message that is stored; of a message of the person, why no answer came' }),
  failure: failureSchema.optional(),
  branches: branchesSchema.optional(),
  sources: sourcesSchema.optional(),
  rating: ratingSchema.optional(),
});
export type HistoryMessage = z.infer<typeof historyMessageSchema>;

export const approvalSchema = z.object({ approvalId: idSchema, toolCallId: z.string(), expiresAt: dateTimeSchema });

export const activeRunSchema = z.object({
  runId: idSchema,
  messageId: idSchema.nullable().meta({ description: 'Null before the first step has text or tool calls' }),
  content: z.string(),
  seq: z.int().meta({ description: 'The last chunk that `content` includes; -1 before any' }),
  tools: z.array(toolCallSchema),
  approvals: z.array(approvalSchema),
  queued: z.int(),
});
export type ActiveRun = z.infer<typeof activeRunSchema>;

const runFields = { ...conversationFields, runId: idSchema };

export const ackFrame = z.object({
  type: z.literal('ack'),
  ...conversationFields,
  clientMessageId: idSchema,
  messageId: idSchema,
  queued: z.boolean(),
});
export const chunkFrame = z.object({
  type: z.literal('chunk'),
  ...runFields,
  messageId: idSchema,
  seq: z.int(),
  content: z.string(),
});
export const toolFrame = z.object({
  type: z.literal('tool'),
  ...runFields,
  messageId: idSchema,
  ...toolCallSchema.shape,
});
export const thinkingFrame = z.object({ type: z.literal('thinking'), ...runFields });
export const doneFrame = z.object({
  type: z.literal('done'),
  ...runFields,
  messageId: idSchema,
  usage: usageSchema.meta({ description: 'Zero where a message was cut off before its provider counted' }),
  finishReason: finishReasonSchema,
  fallbackModel: fallbackModelSchema,
  sources: sourcesSchema,
});
export const completeFrame = z.object({ type: z.literal('complete'), ...runFields });
export const historyFrame = z.object({
  type: z.literal('history'),
  ...conversationFields,
  messages: z.array(historyMessageSchema),
  hasMore: z.boolean(),
  branch: z.int().optional().meta({
    description: 'Grows whenever another branch is shown: messages of histories with another number are not on it',
  }),
  activeRun: activeRunSchema.optional(),
});
export const errorFrame = z.object({
  type: z.literal('error'),
  agentId: idSchema.optional(),
  chatId: idSchema.optional(),
  runId: idSchema.optional(),
  code: z.enum(socketErrorCodes),
  message: z.string(),
  retryable: z.boolean(),
  details: failureDetailsSchema.optional(),
  clientMessageId: idSchema.optional(),
});
export const changedFrame = z.object({
  type: z.literal('changed'),
  ...conversationFields,
  change: z.enum(['renamed', 'updated', 'deleted', 'branched']).optional().meta({
    description:
      'What else happened to the conversation (`updated`: pinned, archived or back); left out where something was said',
  }),
});
export const statusFrame = z.object({ type: z.literal('status'), runtime: z.object({ connected: z.boolean() }) });
export const agentsFrame = z
  .object({ type: z.literal('agents') })
  .meta({ description: 'Which agents this person may use, or what they are, may have changed: fetch them' });
export const waitingFrame = z.object({ type: z.literal('waiting') }).meta({
  description: 'What waits for this person’s decision, or what they always allow, may have changed: fetch it',
});
export const sharesFrame = z
  .object({ type: z.literal('shares') })
  .meta({ description: 'What others share with this person may have changed: fetch it' });
export const pongFrame = z.object({ type: z.literal('pong') });

export const serverFrameSchema = z.discriminatedUnion('type', [
  ackFrame,
  chunkFrame,
  toolFrame,
  thinkingFrame,
  doneFrame,
  completeFrame,
  historyFrame,
  errorFrame,
  changedFrame,
  statusFrame,
  agentsFrame,
  waitingFrame,
  sharesFrame,
  pongFrame,
]);
export type ServerFrame = z.infer<typeof serverFrameSchema>;
/** A frame of one run, without the fields that say which conversation and run it belongs to. */
export type RunFrame = Extract<ServerFrame, { runId: string }>;
