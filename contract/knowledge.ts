import * as z from 'zod';
import { dateTimeSchema, idSchema, queryInteger, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

const maxPathLength = 4_096;
/** Virtual, such as `/data/hr-policies/2026`; whether it leads anywhere is decided where it is opened. */
const pathSchema = z.string().min(1, 'Name a path below /data/.').max(maxPathLength, 'This cannot be a path.');

export const passageSchema = z
  .object({
    path: z.string(),
    place: z.string().meta({ description: 'Where in the document, for people: `page 3`, `slide 5`, `line 80`' }),
    heading: z.string().nullable().meta({ description: 'The headings it stands under, joined by ` › `' }),
    text: z.string(),
    score: z.number().meta({ description: 'Comparable within one answer only' }),
  })
  .meta({ id: 'Passage' });
export type Passage = z.infer<typeof passageSchema>;

export const indexedDirectorySchema = z
  .object({
    path: z.string(),
    documents: z.int(),
    passages: z.int(),
    pending: z.int().meta({ description: 'Documents that are not indexed yet' }),
    unreadable: z.int(),
    indexedAt: dateTimeSchema.nullable().meta({ description: 'When a document of it was last indexed' }),
    state: z.enum(['ready', 'indexing', 'off']),
  })
  .meta({ id: 'IndexedDirectory' });
export type IndexedDirectory = z.infer<typeof indexedDirectorySchema>;

export const unreadableDocumentSchema = z
  .object({
    path: z.string(),
    reason: z.string().meta({ description: 'A sentence that says why, and what to do' }),
    code: z.string().meta({ description: 'Stable, such as `password`, `too_large`, `damaged`' }),
  })
  .meta({ id: 'UnreadableDocument' });
export type UnreadableDocument = z.infer<typeof unreadableDocumentSchema>;

export const storedDocumentSchema = z
  .object({ path: z.string(), size: z.int().meta({ description: 'Bytes' }) })
  .meta({ id: 'StoredDocument' });
export type StoredDocument = z.infer<typeof storedDocumentSchema>;

const entrySchema = z.object({ path: z.string(), name: z.string() });

export const directoryContentSchema = z
  .object({
    path: z.string(),
    writable: z.boolean().meta({ description: 'Whether documents and directories can be added and removed here' }),
    directories: z.array(entrySchema),
    documents: z.array(entrySchema.extend({ size: z.int(), modifiedAt: dateTimeSchema })),
    total: z.int().meta({ description: 'Documents on all pages' }),
    isComplete: z.boolean().meta({ description: 'False when the directory has more entries than are looked at' }),
  })
  .meta({ id: 'DirectoryContent' });
export type DirectoryContent = z.infer<typeof directoryContentSchema>;

export const knowledgeSettingsSchema = z
  .strictObject({
    archiveFolders: z
      .array(z.string().trim().min(1).max(100))
      .max(100)
      .meta({ description: 'Names of directories, such as `archive`, whose documents rank lower' }),
    archivedWeight: z.number().min(0).max(1).meta({ description: 'What the score of their passages is multiplied by' }),
    supersededWeight: z
      .number()
      .min(0)
      .max(1)
      .meta({ description: 'The same for a document of which there is a newer version beside it' }),
  })
  .meta({ id: 'KnowledgeSettings' });
export type KnowledgeSettings = z.infer<typeof knowledgeSettingsSchema>;

/** Documents and directories below /data, as an admin keeps them. */
export const knowledgeEndpoints = {
  listDocuments: endpoint({
    ...routes.listDocuments,
    tag: 'Knowledge',
    errors: ['not_found', 'conflict'],
    summary: 'Documents and directories directly in a directory below /data, or in /data itself',
    query: z.strictObject({
      directory: pathSchema.default('/data'),
      page: queryInteger(1, 1_000_000).default(1),
      limit: queryInteger(1, 200).default(50),
    }),
    answer: directoryContentSchema,
  }),
  addDocuments: endpoint({
    ...routes.addDocuments,
    tag: 'Knowledge',
    errors: ['not_found', 'conflict', 'already_exists', 'storage_full'],
    summary: 'Put documents into a directory below /data: all of the form or none',
    query: z.strictObject({
      directory: pathSchema,
      replace: z
        .enum(['true', 'false'])
        .default('false')
        .transform((value) => value === 'true'),
    }),
    consumes: 'multipart/form-data',
    answer: z.object({ documents: z.array(storedDocumentSchema) }),
    status: 201,
  }),
  removeDocument: endpoint({
    ...routes.removeDocument,
    tag: 'Knowledge',
    errors: ['not_found', 'conflict'],
    summary: 'Remove a document for good',
    query: z.strictObject({ path: pathSchema }),
    answer: successSchema,
  }),
  createDataDirectory: endpoint({
    ...routes.createDataDirectory,
    tag: 'Knowledge',
    errors: ['not_found', 'conflict', 'already_exists', 'storage_full'],
    summary: 'Make a directory in /data or below',
    body: z.strictObject({ path: pathSchema }),
    answer: entrySchema,
    status: 201,
  }),
  removeDataDirectory: endpoint({
    ...routes.removeDataDirectory,
    tag: 'Knowledge',
    errors: ['not_found', 'conflict'],
    summary: 'Remove a directory that is empty, or with all that lies in it',
    body: z.strictObject({
      path: pathSchema,
      contents: z.boolean().default(false).meta({ description: 'Remove what lies in it as well' }),
    }),
    answer: successSchema,
  }),
};

/**
 * The index over them.
 * @public
 */
export const indexEndpoints = {
  searchKnowledge: endpoint({
    method: 'POST',
    path: '/api/knowledge/search',
    access: 'user',
    tag: 'Knowledge',
    errors: ['not_found'],
    summary: 'Passages that answer a question, of what an agent may read',
    body: z.strictObject({
      agentId: idSchema,
      query: z.string().trim().min(1, 'Enter what to look for.').max(1_000),
      path: pathSchema.optional(),
      limit: z.int().min(1).max(20).optional(),
    }),
    answer: z.object({
      passages: z.array(passageSchema),
      pending: z.int().meta({ description: 'Documents of the agent that are not indexed yet' }),
    }),
  }),
  knowledgeIndex: endpoint({
    method: 'GET',
    path: '/api/knowledge',
    access: 'admin',
    tag: 'Knowledge',
    summary: 'How far each directory of /data is indexed',
    answer: z.object({ directories: z.array(indexedDirectorySchema) }),
  }),
  listUnreadable: endpoint({
    method: 'GET',
    path: '/api/knowledge/unreadable',
    access: 'admin',
    tag: 'Knowledge',
    summary: 'Documents that cannot be read, and why',
    query: z.strictObject({
      path: pathSchema.optional(),
      page: queryInteger(1, 1_000_000).default(1),
      limit: queryInteger(1, 200).default(50),
    }),
    answer: z.object({ documents: z.array(unreadableDocumentSchema), total: z.int() }),
  }),
  reindexKnowledge: endpoint({
    method: 'POST',
    path: '/api/knowledge/reindex',
    access: 'admin',
    tag: 'Knowledge',
    summary: 'Read documents anew, all or those below a path',
    body: z.strictObject({ path: pathSchema.optional() }),
    answer: successSchema,
  }),
  getKnowledgeSettings: endpoint({
    method: 'GET',
    path: '/api/settings/knowledge',
    access: 'admin',
    tag: 'Knowledge',
    summary: 'Which documents rank lower',
    answer: knowledgeSettingsSchema,
  }),
  putKnowledgeSettings: endpoint({
    method: 'PUT',
    path: '/api/settings/knowledge',
    access: 'admin',
    tag: 'Knowledge',
    summary: 'Decide which documents rank lower',
    body: knowledgeSettingsSchema,
    answer: knowledgeSettingsSchema,
  }),
};
