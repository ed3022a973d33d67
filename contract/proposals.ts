import * as z from 'zod';

/** What is known under several languages, by their codes (`en`, `de`); `own` in that of the connection's user. */
const labelsSchema = z.record(z.string(), z.string());
export type Labels = z.infer<typeof labelsSchema>;

const namedRecordSchema = z.object({
  id: z.int(),
  name: z.string().meta({ description: 'Empty where unknown' }),
});
export type NamedRecord = z.infer<typeof namedRecordSchema>;

const plainKinds = [
  z.object({ kind: z.literal('empty') }),
  z.object({
    kind: z.literal('text'),
    text: z.string(),
    characters: z.int().optional().meta({ description: 'Of the whole text, where it is cut here' }),
  }),
  z.object({ kind: z.literal('number'), number: z.number(), unit: z.string().optional() }),
  z.object({ kind: z.literal('boolean'), value: z.boolean() }),
  z.object({ kind: z.literal('choice'), key: z.string(), labels: labelsSchema }),
  z.object({ kind: z.literal('records'), records: z.array(namedRecordSchema), count: z.int() }),
  z.object({ kind: z.literal('file'), bytes: z.int() }),
] as const;

const shownValueSchema = z.discriminatedUnion('kind', plainKinds);
export type ShownValue = z.infer<typeof shownValueSchema>;

const fieldShape = {
  name: z.string().meta({ description: 'As the tool knows it' }),
  labels: labelsSchema,
  before: z
    .array(shownValueSchema)
    .optional()
    .meta({ description: 'As it was when the call was asked for: one value for all records, or one for each' }),
};
const proposedLineFieldSchema = z.object({ ...fieldShape, after: shownValueSchema });
export type ProposedLineField = z.infer<typeof proposedLineFieldSchema>;

const proposedLineSchema = z.object({
  change: z.enum(['add', 'change', 'delete', 'link', 'unlink', 'unlink_all', 'replace']),
  records: z.array(namedRecordSchema),
  fields: z.array(proposedLineFieldSchema),
});
export type ProposedLine = z.infer<typeof proposedLineSchema>;

const proposedFieldSchema = z.object({
  ...fieldShape,
  after: z.discriminatedUnion('kind', [
    ...plainKinds,
    z.object({ kind: z.literal('lines'), lines: z.array(proposedLineSchema) }),
  ]),
});
export type ProposedField = z.infer<typeof proposedFieldSchema>;

const proposedActions = [
  'create',
  'change',
  'delete',
  'attach_file',
  'confirm_quotation',
  'validate_delivery',
  'post_bill',
  'register_payment',
  'schedule_activity',
  'close_activity',
  'send_message',
  'write_note',
  'save_user_context',
  'save_organisation_context',
] as const;
export type ProposedAction = (typeof proposedActions)[number];

export const proposalSchema = z
  .object({
    action: z.enum(proposedActions),
    connection: z.object({ id: z.string(), name: z.string(), host: z.string() }).optional(),
    model: z.object({ name: z.string(), title: z.string() }).optional(),
    records: z.array(namedRecordSchema).meta({ description: 'What it is about, by name' }),
    about: z
      .array(proposedLineFieldSchema)
      .meta({ description: 'What is so, and stays so: whom it is for, what it costs' }),
    fields: z.array(proposedFieldSchema).meta({ description: 'What it sets' }),
    destroys: z.boolean().meta({ description: 'It deletes something for good' }),
  })
  .meta({ id: 'Proposal', description: 'What a call that asks first would do, as it was read when it was asked for' });
export type Proposal = z.infer<typeof proposalSchema>;
