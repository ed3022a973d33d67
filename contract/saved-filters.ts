import * as z from 'zod';
import { auditPeriods, auditTopics } from './audit-topics.ts';
import { dateTimeSchema, idSchema, nameSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

const words = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximum)
    .refine((text) => !text.includes('\0'), 'Text must not contain NUL characters.')
    // A filter is kept as JSON, which a database takes as whole characters only.
    .overwrite((text) => text.toWellFormed());

/** What the trail is narrowed to. Dates are whole days where the reader is. */
const criteriaSchema = z
  .strictObject({
    search: words(200).optional(),
    personId: idSchema.optional(),
    agentId: idSchema.optional(),
    topic: z.enum(auditTopics).optional(),
    eventTypes: z.array(words(100)).min(1).max(50, 'Choose at most 50 events.').optional(),
    status: z.enum(['success', 'failure']).optional(),
    period: z.enum(auditPeriods).optional().meta({ description: 'Goes on with the calendar' }),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
  })
  .meta({ id: 'AuditCriteria' });
export type AuditCriteria = z.infer<typeof criteriaSchema>;

const narrowing = criteriaSchema
  .refine((filter) => Object.keys(filter).length > 0, 'Narrow the trail to something first.')
  .refine(
    ({ period, from, to }) => period === undefined || (from === undefined && to === undefined),
    'Give a period or dates, not both.',
  )
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, 'The start lies after the end.');

export const savedFilterSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    filter: criteriaSchema,
    shared: z.boolean().meta({ description: 'Everybody who may read the trail sees it' }),
    owner: z.string().nullable().meta({ description: 'Who shares it; null for one’s own, which alone can be changed' }),
    updatedAt: dateTimeSchema,
  })
  .meta({ id: 'SavedFilter' });
export type SavedFilter = z.infer<typeof savedFilterSchema>;

const params = z.object({ filterId: idSchema });
const tag = 'Audit';

export const savedFilterEndpoints = {
  listSavedFilters: endpoint({
    ...routes.listSavedFilters,
    tag,
    summary: 'One’s own saved filters of the trail, and those that others who may read it share, by name',
    answer: z.object({ filters: z.array(savedFilterSchema) }),
  }),
  createSavedFilter: endpoint({
    ...routes.createSavedFilter,
    tag,
    summary: 'Save a filter of the trail under a name of one’s own, at most 50',
    body: z.strictObject({ name: nameSchema, filter: narrowing, shared: z.boolean().default(false) }),
    answer: savedFilterSchema,
    status: 201,
    errors: ['conflict'],
  }),
  updateSavedFilter: endpoint({
    ...routes.updateSavedFilter,
    tag,
    summary: 'Rename a saved filter of one’s own, share it, or save another filter in its place',
    params,
    body: z
      .strictObject({ name: nameSchema.optional(), filter: narrowing.optional(), shared: z.boolean().optional() })
      .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.'),
    answer: savedFilterSchema,
  }),
  deleteSavedFilter: endpoint({
    ...routes.deleteSavedFilter,
    tag,
    summary: 'Delete a saved filter of one’s own',
    params,
    answer: successSchema,
  }),
};
