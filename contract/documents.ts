import * as z from 'zod';
import { dateTimeSchema, queryInteger, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

const maxPathLength = 4_096;
/** Virtual, such as `/data/hr-policies/2026`; whether it leads anywhere is decided where it is opened. */
const pathSchema = z.string().min(1, 'Name a path below /data/.').max(maxPathLength, 'This cannot be a path.');

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

/** Documents and directories below /data, as an admin keeps them. */
export const documentEndpoints = {
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
