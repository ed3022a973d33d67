import * as z from 'zod';
import { dateTimeSchema, idSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { maxChosenConversations } from './limits.ts';
import { routes } from './routes.ts';

export const conversationSchema = z
  .object({
    id: idSchema,
    agentId: idSchema,
    title: z.string().nullable().meta({ description: 'Null until the first message names it' }),
    titledBy: z.enum(['words', 'model', 'person']).nullable().meta({
      description: 'Where the title comes from: the first words, the model or the person; null where unknown',
    }),
    pinned: z.boolean(),
    archived: z.boolean().meta({ description: 'Out of the list, found by searching' }),
    temporary: z.boolean().meta({ description: 'In no list and no search; removed when it is left, or a day after' }),
    isDefault: z.boolean().meta({ description: 'Socket frames of the default conversation carry no chatId' }),
    lastMessageAt: dateTimeSchema.nullable(),
    createdAt: dateTimeSchema,
    updatedAt: dateTimeSchema,
    match: z.string().optional().meta({ description: 'Where `q` was found' }),
    matchId: idSchema.optional().meta({ description: 'The message with the match; left out where the title has it' }),
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof conversationSchema>;

const titleSchema = z
  .string()
  .trim()
  .min(1, 'Enter a title.')
  .max(200, 'A title has at most 200 characters.')
  .refine((title) => !title.includes('\0'), 'Text must not contain NUL characters.');

/** What a person does with conversations in their list; at least one of both. */
const placeFields = { pinned: z.boolean().optional(), archived: z.boolean().optional() };
const isPinnedInArchive = ({ pinned, archived }: { pinned?: boolean | undefined; archived?: boolean | undefined }) =>
  pinned === true && archived === true;
const pinnedInArchive = { message: 'A conversation is pinned or archived, not both.', path: ['archived'] };
const isEmpty = (fields: object) => Object.values(fields).every((value) => value === undefined);

const chatIdsSchema = z
  .array(idSchema)
  .min(1, 'Choose at least one conversation.')
  .max(maxChosenConversations, `Choose at most ${maxChosenConversations} conversations.`);

const agentParams = z.object({ agentId: idSchema });
const chatParams = z.object({ agentId: idSchema, chatId: idSchema });

export const uploadSchema = z
  .object({ id: idSchema, filename: z.string(), mediaType: z.string(), size: z.int() })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof uploadSchema>;

export const uploadPreviewSchema = z
  .object({
    kind: z.enum(['pages', 'picture', 'text']).meta({
      description: 'How it is shown: `pages` of a PDF and a `picture` are the file itself, all else is text',
    }),
    totalLines: z.int().nullable().meta({ description: 'Null where they were not counted' }),
    lines: z.array(z.string()).meta({ description: 'From the first, as far as they fit' }),
  })
  .meta({ id: 'UploadPreview' });
export type UploadPreview = z.infer<typeof uploadPreviewSchema>;

export const toolOutputSchema = z
  .object({ output: z.string().nullable().meta({ description: 'Null while the call runs or waits' }) })
  .meta({ id: 'ToolOutput' });

export const conversationEndpoints = {
  searchConversations: endpoint({
    ...routes.searchConversations,
    tag: 'Conversations',
    summary: "Search the caller's conversations with all agents that they may use",
    query: z.strictObject({ q: z.string().trim().min(1).max(200) }),
    answer: z.object({ conversations: z.array(conversationSchema) }).meta({ id: 'FoundConversations' }),
  }),
  listConversations: endpoint({
    ...routes.listConversations,
    tag: 'Conversations',
    summary: "The caller's conversations with this agent",
    params: agentParams,
    query: z.strictObject({
      q: z.string().max(200).optional().meta({ description: 'Finds archived ones too' }),
      archived: z
        .enum(['true', 'false'])
        .optional()
        .meta({ description: 'The archived ones in place of the others; without `q`' }),
    }),
    answer: z.array(conversationSchema).meta({ description: 'The pinned ones first, then newest first' }),
  }),
  createConversation: endpoint({
    ...routes.createConversation,
    tag: 'Conversations',
    summary: 'Start a further conversation',
    params: agentParams,
    body: z.strictObject({ title: titleSchema.optional(), temporary: z.boolean().optional() }),
    answer: conversationSchema,
    status: 201,
  }),
  updateConversations: endpoint({
    ...routes.updateConversations,
    tag: 'Conversations',
    errors: ['conflict'],
    summary: 'Pin or archive several conversations, all or none',
    params: agentParams,
    body: z
      .strictObject({ chatIds: chatIdsSchema, ...placeFields })
      .refine(({ pinned, archived }) => !isEmpty({ pinned, archived }), {
        message: 'Say what to change.',
        path: ['archived'],
      })
      .refine((body) => !isPinnedInArchive(body), pinnedInArchive),
    answer: z.object({ conversations: z.array(conversationSchema) }).meta({ id: 'UpdatedConversations' }),
  }),
  deleteConversations: endpoint({
    ...routes.deleteConversations,
    tag: 'Conversations',
    summary: 'Delete several conversations, all or none',
    params: agentParams,
    body: z.strictObject({ chatIds: chatIdsSchema }),
    answer: successSchema,
  }),
  exportConversations: endpoint({
    ...routes.exportConversations,
    tag: 'Conversations',
    summary: 'Download several conversations in one file',
    params: agentParams,
    query: z.strictObject({
      chatIds: z
        .string()
        .max(maxChosenConversations * 37)
        .regex(/^[0-9a-f-]{36}(?:,[0-9a-f-]{36})*$/i, 'Give the ids of conversations with commas between them.')
        .transform((ids) => ids.split(','))
        .pipe(chatIdsSchema),
      format: z.enum(['md', 'json']).default('md'),
    }),
    produces: 'application/octet-stream',
  }),
  updateConversation: endpoint({
    ...routes.updateConversation,
    tag: 'Conversations',
    errors: ['conflict'],
    summary: 'Rename, pin or archive a conversation',
    params: chatParams,
    body: z
      .strictObject({ title: titleSchema.optional(), ...placeFields })
      .refine((body) => !isEmpty(body), { message: 'Say what to change.', path: ['title'] })
      .refine((body) => !isPinnedInArchive(body), pinnedInArchive),
    answer: conversationSchema,
  }),
  deleteConversation: endpoint({
    ...routes.deleteConversation,
    tag: 'Conversations',
    summary: 'Delete a conversation',
    params: chatParams,
    answer: successSchema,
  }),
  exportConversation: endpoint({
    ...routes.exportConversation,
    tag: 'Conversations',
    summary: 'Download a conversation as Markdown or JSON',
    params: chatParams,
    query: z.strictObject({ format: z.enum(['md', 'json']).default('md') }),
    produces: 'application/octet-stream',
  }),
  getToolOutput: endpoint({
    ...routes.getToolOutput,
    tag: 'Conversations',
    summary: "What a tool answered the agent in one of the caller's conversations",
    params: z.object({ agentId: idSchema, messageId: idSchema, toolCallId: z.string().min(1).max(300) }),
    answer: toolOutputSchema,
  }),
  upload: endpoint({
    ...routes.upload,
    tag: 'Conversations',
    errors: ['conflict'],
    summary: 'Upload a file to attach to a message',
    params: agentParams,
    consumes: 'multipart/form-data',
    answer: uploadSchema,
    status: 201,
  }),
  getUpload: endpoint({
    ...routes.getUpload,
    tag: 'Conversations',
    summary: 'Download an uploaded file',
    params: z.object({ agentId: idSchema, id: idSchema }),
    produces: 'application/octet-stream',
  }),
  previewUpload: endpoint({
    ...routes.previewUpload,
    tag: 'Conversations',
    summary: 'The text of an uploaded file, as its agent could read it; of what has pages, the first',
    params: z.object({ agentId: idSchema, id: idSchema }),
    answer: uploadPreviewSchema,
    errors: ['not_found', 'rate_limited'],
  }),
};
