import * as z from 'zod';
import { dateTimeSchema, idSchema, queryInteger, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';
import { unreadableCodes } from './unreadable-codes.ts';

const pathSchema = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.includes('\0'), 'A path cannot contain a NUL character.');

export const querySchema = z
  .string()
  .trim()
  .min(1, 'Say what to search for.')
  .max(1_000, 'A search has at most 1,000 characters.')
  .refine((query) => !query.includes('\0'), 'Text must not contain NUL characters.');

export const maxFoundPassages = 20;
export const usualFoundPassages = 8;

export const foundPassageSchema = z
  .object({
    path: z.string(),
    place: z.string().meta({ description: 'For people: `page 3`, `sheet Prices, rows 12–40`, `slide 5`, `line 80`' }),
    heading: z.string().meta({ description: 'The headings above it, outermost first; empty where there are none' }),
    text: z.string(),
    score: z.number().meta({ description: 'Higher is better; to be compared within one answer only' }),
  })
  .meta({ id: 'FoundPassage' });

const weightSchema = z.number().min(0.05, 'At least 0.05.').max(1, 'At most 1.');

export const knowledgeSettingsSchema = z
  .strictObject({
    archiveFolders: z
      .array(
        z
          .string()
          .trim()
          .min(1, 'Enter the name of a folder.')
          .max(100, 'A name has at most 100 characters.')
          .refine((name) => !/[/\0]/.test(name), 'Enter the name of one folder, without slashes.'),
      )
      .max(100, 'At most 100 folders.')
      .meta({ description: 'What lies in folders of these names, at any depth, ranks lower' }),
    archivedWeight: weightSchema.meta({ description: 'What its score is multiplied by; 1 changes nothing' }),
    supersededWeight: weightSchema.meta({ description: 'The same for a document of which there is a later edition' }),
  })
  .meta({ id: 'KnowledgeSettings' });
export type KnowledgeSettings = z.infer<typeof knowledgeSettingsSchema>;

export const knowledgeDirectorySchema = z
  .object({
    path: z.string(),
    documents: z.int().meta({ description: 'That can be found' }),
    passages: z.int(),
    pending: z.int().meta({ description: 'Documents that are not indexed yet' }),
    unreadable: z.int(),
    indexedAt: dateTimeSchema.nullable().meta({ description: 'When it was last looked through' }),
    state: z.enum(['ready', 'indexing', 'off']),
  })
  .meta({ id: 'KnowledgeDirectory' });
export type KnowledgeDirectory = z.infer<typeof knowledgeDirectorySchema>;

export const unreadableDocumentSchema = z
  .object({
    path: z.string(),
    reason: z.string().meta({ description: 'In English, with what to do' }),
    code: z.string().meta({ description: `Among others: ${unreadableCodes.join(', ')}` }),
  })
  .meta({ id: 'UnreadableDocument' });

const tag = 'Knowledge';

export const knowledgeEndpoints = {
  searchKnowledge: endpoint({
    ...routes.searchKnowledge,
    tag,
    summary: 'Search the documents that an agent may read',
    body: z.strictObject({
      agentId: idSchema,
      query: querySchema,
      path: pathSchema.optional(),
      limit: z.int().min(1).max(maxFoundPassages).optional(),
    }),
    answer: z.object({
      passages: z.array(foundPassageSchema),
      pending: z.int().meta({ description: 'Documents among them that are not indexed yet' }),
      unreadable: z.int().meta({ description: 'Documents among them that cannot be read' }),
    }),
    errors: ['not_found', 'rate_limited'],
  }),
  listKnowledge: endpoint({
    ...routes.listKnowledge,
    tag,
    summary: 'What is indexed, directory by directory',
    answer: z.object({
      directories: z.array(knowledgeDirectorySchema),
      indexBytes: z.int().meta({ description: 'What the index takes in the database' }),
    }),
  }),
  listUnreadable: endpoint({
    ...routes.listUnreadable,
    tag,
    summary: 'Documents that cannot be read, and why',
    query: z.strictObject({
      path: pathSchema.optional(),
      page: queryInteger(1, 100_000).optional(),
      limit: queryInteger(1, 100).optional(),
    }),
    answer: z.object({ documents: z.array(unreadableDocumentSchema), total: z.int() }),
  }),
  reindexKnowledge: endpoint({
    ...routes.reindexKnowledge,
    tag,
    summary: 'Read all documents anew, or those of one directory',
    body: z.strictObject({ path: pathSchema.optional() }),
    answer: successSchema,
  }),
  getKnowledgeSettings: endpoint({
    ...routes.getKnowledgeSettings,
    tag,
    summary: 'How old documents rank',
    answer: knowledgeSettingsSchema,
  }),
  putKnowledgeSettings: endpoint({
    ...routes.putKnowledgeSettings,
    tag,
    summary: 'Change how old documents rank',
    body: knowledgeSettingsSchema,
    answer: knowledgeSettingsSchema,
  }),
};
