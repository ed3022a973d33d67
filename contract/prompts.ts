import * as z from 'zod';
import { dateTimeSchema, idSchema, nameSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { maxPromptFields, maxPromptLength } from './limits.ts';
import { promptFields } from './prompt-fields.ts';
import { routes } from './routes.ts';

export const promptSchema = z
  .object({
    id: idSchema,
    /** A person's own, or the organisation's, which everybody sees and admins change. */
    library: z.enum(['own', 'organisation']),
    name: z.string(),
    /** `{{name}}` stands for what is asked for before it is used. */
    text: z.string(),
    updatedAt: dateTimeSchema,
  })
  .meta({ id: 'Prompt' });
export type Prompt = z.infer<typeof promptSchema>;
export type PromptLibrary = Prompt['library'];

const textSchema = z
  .string()
  .max(maxPromptLength, 'A prompt has at most 8,000 characters.')
  .refine((text) => text.trim() !== '', 'Write the prompt.')
  .refine((text) => !text.includes('\0'), 'Text must not contain NUL characters.')
  .refine((text) => promptFields(text).length <= maxPromptFields, 'A prompt has at most 20 fields.');

const createBody = z.strictObject({ name: nameSchema, text: textSchema });
const updateBody = z
  .strictObject({ name: nameSchema.optional(), text: textSchema.optional() })
  .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.');
const params = z.object({ promptId: idSchema });
const tag = 'Prompts';

export const promptEndpoints = {
  listPrompts: endpoint({
    ...routes.listPrompts,
    tag,
    summary: "One's own prompts and the organisation's, by name",
    answer: z.object({ prompts: z.array(promptSchema) }),
  }),
  createPrompt: endpoint({
    ...routes.createPrompt,
    tag,
    summary: 'Add a prompt to one’s own, at most 200',
    body: createBody,
    answer: promptSchema,
    status: 201,
    errors: ['conflict'],
  }),
  updatePrompt: endpoint({
    ...routes.updatePrompt,
    tag,
    summary: 'Change a prompt of one’s own',
    params,
    body: updateBody,
    answer: promptSchema,
  }),
  deletePrompt: endpoint({
    ...routes.deletePrompt,
    tag,
    summary: 'Delete a prompt of one’s own',
    params,
    answer: successSchema,
  }),
  createSharedPrompt: endpoint({
    ...routes.createSharedPrompt,
    tag,
    summary: 'Add a prompt to the organisation’s, at most 200',
    body: createBody,
    answer: promptSchema,
    status: 201,
    errors: ['conflict'],
  }),
  updateSharedPrompt: endpoint({
    ...routes.updateSharedPrompt,
    tag,
    summary: 'Change a prompt of the organisation',
    params,
    body: updateBody,
    answer: promptSchema,
  }),
  deleteSharedPrompt: endpoint({
    ...routes.deleteSharedPrompt,
    tag,
    summary: 'Delete a prompt of the organisation',
    params,
    answer: successSchema,
  }),
};
