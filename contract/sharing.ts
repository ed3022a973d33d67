import * as z from 'zod';
import { conversationSchema } from './conversations.ts';
import { dateTimeSchema, idSchema, queryInteger, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { maxReaders } from './limits.ts';
import { routes } from './routes.ts';
import { historyMessageSchema, sourceSchema, toolCallSchema } from './socket.ts';

/** Messages of one page of a shared conversation. */
export const sharedPageLimit = 50;

const namedSchema = z.object({ id: idSchema, name: z.string() });

export const shareSchema = z
  .object({
    id: idSchema,
    sharedAt: dateTimeSchema.meta({ description: 'What was said until then is shown' }),
    messages: z.int(),
    users: z.array(namedSchema),
    groups: z.array(namedSchema),
  })
  .meta({ id: 'Share' });
export type Share = z.infer<typeof shareSchema>;

const shareStateSchema = z
  .object({ enabled: z.boolean().meta({ description: 'An admin allows it' }), share: shareSchema.nullable() })
  .meta({ id: 'ShareState' });

export const shareReadersSchema = z
  .object({
    people: z.array(
      namedSchema.extend({ email: z.string().nullable().meta({ description: 'To tell namesakes apart' }) }),
    ),
    groups: z.array(namedSchema),
  })
  .meta({ id: 'ShareReaders' });
export type ShareReaders = z.infer<typeof shareReadersSchema>;

const withheldSchema = z.object({
  number: z.int(),
  withheld: z.literal(true).meta({ description: 'The agent may not read it for this reader, or not any more' }),
});
export const sharedMessageSchema = historyMessageSchema
  .pick({ id: true, role: true, content: true, createdAt: true, attachments: true, finishReason: true })
  .extend({
    toolCalls: z.array(toolCallSchema.omit({ approvalId: true, expiresAt: true })).optional(),
    sources: z.array(z.union([sourceSchema, withheldSchema])).optional(),
  })
  .meta({ id: 'SharedMessage' });
export type SharedMessage = z.infer<typeof sharedMessageSchema>;

export const sharedConversationSchema = z
  .object({
    id: idSchema,
    title: z.string().nullable(),
    owner: z.string(),
    agent: z.object({ id: idSchema, name: z.string(), stopped: z.boolean() }),
    sharedAt: dateTimeSchema,
    total: z.int(),
    messages: z.array(sharedMessageSchema),
  })
  .meta({ id: 'SharedConversation' });
export type SharedConversation = z.infer<typeof sharedConversationSchema>;

/** A conversation that somebody shares with the person who asks. */
export const sharedWithMeSchema = z
  .object({
    id: idSchema,
    title: z.string().nullable(),
    owner: z.string(),
    agent: z.object({ id: idSchema, name: z.string() }),
    sharedAt: dateTimeSchema,
  })
  .meta({ id: 'SharedWithMe' });
export type SharedWithMe = z.infer<typeof sharedWithMeSchema>;

const sharingSchema = z.object({ enabled: z.boolean() }).meta({ id: 'Sharing' });
const agentParams = z.object({ agentId: idSchema });
const chatParams = agentParams.extend({ chatId: idSchema });
const shareParams = z.object({ shareId: idSchema });
const ids = z.array(idSchema).max(maxReaders, `Name at most ${maxReaders}.`);
const tag = 'Sharing';

export const sharingEndpoints = {
  getSharing: endpoint({
    ...routes.getSharing,
    tag,
    summary: 'Whether an admin allows to share conversations',
    answer: sharingSchema,
  }),
  putSharing: endpoint({
    ...routes.putSharing,
    tag,
    summary: 'Allow to share conversations, or not: then every link stops at once',
    body: z.strictObject({ enabled: z.boolean() }),
    answer: sharingSchema,
  }),
  findShareReaders: endpoint({
    ...routes.findShareReaders,
    tag,
    summary: 'Whom the caller may share conversations with this agent with: people who may use it, and groups',
    params: agentParams,
    query: z.strictObject({
      q: z
        .string()
        .trim()
        .max(200)
        .refine((words) => !words.includes('\0'), 'Text must not contain NUL characters.')
        .default(''),
    }),
    answer: shareReadersSchema,
    errors: ['forbidden'],
  }),
  getShare: endpoint({
    ...routes.getShare,
    tag,
    summary: 'With whom the caller shares this conversation',
    params: chatParams,
    answer: shareStateSchema,
  }),
  putShare: endpoint({
    ...routes.putShare,
    tag,
    summary: 'Share a conversation as it is now, or change who reads it',
    params: chatParams,
    body: z
      .strictObject({
        userIds: ids.default([]),
        groupIds: ids.default([]),
        refresh: z.boolean().default(false).meta({ description: 'Show what was said since, too' }),
      })
      .refine(({ userIds, groupIds }) => userIds.length + groupIds.length > 0, {
        path: ['userIds'],
        message: 'Name somebody who may read it.',
      }),
    answer: shareSchema,
    errors: ['forbidden', 'conflict', 'licence_required'],
  }),
  deleteShare: endpoint({
    ...routes.deleteShare,
    tag,
    summary: 'Stop sharing a conversation; its link is never valid again',
    params: chatParams,
    answer: successSchema,
  }),
  listShares: endpoint({
    ...routes.listShares,
    tag,
    summary: 'What others share with the caller and they may read now, newest first',
    query: z.strictObject({
      offset: queryInteger(0, 1_000_000).default(0),
      limit: queryInteger(1, 100).default(50),
    }),
    answer: z.object({ shares: z.array(sharedWithMeSchema), total: z.int() }),
  }),
  readShare: endpoint({
    ...routes.readShare,
    tag,
    summary: 'A conversation that somebody shares with the caller, page by page from its beginning',
    params: shareParams,
    query: z.strictObject({ offset: queryInteger(0, 1_000_000).default(0) }),
    answer: sharedConversationSchema,
  }),
  copyShare: endpoint({
    ...routes.copyShare,
    tag,
    summary: 'Copy what was said into a conversation of one’s own with the same agent, and go on',
    params: shareParams,
    answer: conversationSchema,
    status: 201,
    errors: ['conflict'],
  }),
  getSharedUpload: endpoint({
    ...routes.getSharedUpload,
    tag,
    summary: 'A file that came with a message of a shared conversation',
    params: shareParams.extend({ uploadId: idSchema }),
    produces: 'application/octet-stream',
  }),
};
