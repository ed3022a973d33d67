import * as z from 'zod';
import { dateTimeSchema, idParams, idSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { proposalSchema } from './proposals.ts';
import { routes } from './routes.ts';

const whereShape = {
  agentId: idSchema,
  agentName: z.string(),
  chatId: idSchema.nullable().meta({ description: 'Null for the default conversation' }),
  title: z.string().nullable().meta({ description: 'Of the conversation' }),
  tool: z.string().meta({ description: 'Its id' }),
  createdAt: dateTimeSchema,
};

const waitingCallSchema = z.object({
  approvalId: idSchema,
  ...whereShape,
  summary: z.string().optional(),
  proposal: proposalSchema.optional(),
  input: z
    .unknown()
    .optional()
    .meta({ description: 'Left out where it is too long for a list: such a call is decided in its conversation' }),
  isWhole: z.boolean().meta({ description: 'The input is here' }),
  mayAllowAlways: z.boolean(),
  expiresAt: dateTimeSchema,
});
export type WaitingCall = z.infer<typeof waitingCallSchema>;

const allowanceSchema = z.object({
  id: idSchema,
  ...whereShape,
  about: proposalSchema
    .pick({ action: true, connection: true, model: true })
    .optional()
    .meta({ description: 'Which calls of the tool; all, where it is left out' }),
});
export type Allowance = z.infer<typeof allowanceSchema>;

const decisionBody = z.strictObject({
  decision: z.enum(['approve', 'deny']),
  always: z.literal(true).optional().meta({
    description: 'With `approve`: its like is not asked about again in this conversation, where that is permitted',
  }),
});

export const approvalEndpoints = {
  listApprovals: endpoint({
    ...routes.listApprovals,
    tag: 'Approvals',
    summary: 'What waits for the caller’s decision, and what they always allow in a conversation, oldest first',
    answer: z
      .object({ approvals: z.array(waitingCallSchema), allowances: z.array(allowanceSchema) })
      .meta({ id: 'WaitingApprovals' }),
  }),
  decideApproval: endpoint({
    ...routes.decideApproval,
    tag: 'Approvals',
    summary: 'Approve or deny a tool call that waits for the caller',
    params: idParams,
    body: decisionBody,
    answer: successSchema,
    errors: ['not_found'],
  }),
  deleteAllowance: endpoint({
    ...routes.deleteAllowance,
    tag: 'Approvals',
    summary: 'Take back what the caller always allows in a conversation',
    params: idParams,
    answer: successSchema,
    errors: ['not_found'],
  }),
};
