import * as z from 'zod';
import { dateTimeSchema, idSchema, nameSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const integrationTypes = ['odoo', 'web-search'] as const;
export const integrationTypeSchema = z.enum(integrationTypes);
export type IntegrationType = z.infer<typeof integrationTypeSchema>;

/** What stands in the place of a stored key in answers. Sent back, it means the stored key. */
export const maskedCredential = '--------';

const line = (maximum: number, message: string) =>
  z
    .string()
    .trim()
    .min(1, message)
    .max(maximum, `At most ${maximum.toLocaleString('en')} characters.`)
    .refine((value) => !value.includes('\0'), 'Text must not contain NUL characters.');

/** Where an Odoo is, without a trailing slash. Whether the address may be reached is checked at every request. */
const odooUrlSchema = line(2_000, 'Enter the address, such as https://odoo.example.com.')
  .pipe(z.url({ protocol: /^https?$/, error: 'Enter an address that begins with https:// or http://.' }))
  .refine((value) => {
    const url = URL.parse(value);
    return url !== null && !url.username && !url.password && !url.search && !url.hash;
  }, 'Enter the plain address, without user name, password, ? or #.')
  .transform((value) => value.replace(/(?<!\/)\/+$/, ''));

const apiKeySchema = line(1_000, 'Enter the API key.').refine(
  (value) => /^[\x21-\x7e]+$/.test(value),
  'An API key has no blanks or special characters.',
);

export const odooCredentialsSchema = z.strictObject({
  url: odooUrlSchema,
  db: line(200, 'Enter the name of the database.').refine(
    (value) => /^[\x21-\x7e]+$/.test(value),
    'A database name has no blanks or special characters.',
  ),
  login: line(300, 'Enter the user name.'),
  apiKey: apiKeySchema,
});
export type OdooCredentialsInput = z.infer<typeof odooCredentialsSchema>;
export const webSearchCredentialsSchema = z.strictObject({ apiKey: apiKeySchema });

const descriptionSchema = z
  .string()
  .trim()
  .max(1_000, 'At most 1,000 characters.')
  .refine((value) => !value.includes('\0'), 'Text must not contain NUL characters.')
  .nullable();

const shared = { name: nameSchema, description: descriptionSchema.optional() };

export const createIntegrationBody = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('odoo'), ...shared, credentials: odooCredentialsSchema }),
    z.strictObject({ type: z.literal('web-search'), ...shared, credentials: webSearchCredentialsSchema }),
  ])
  .meta({ id: 'CreateIntegrationBody' });
export type CreateIntegrationBody = z.infer<typeof createIntegrationBody>;

/** Fields of credentials to change; those left out, or sent back masked, stay as they are. */
export const credentialChangesSchema = odooCredentialsSchema
  .partial()
  .refine((credentials) => Object.keys(credentials).length > 0, 'Name at least one field to change.');
export type CredentialChanges = z.infer<typeof credentialChangesSchema>;

export const updateIntegrationBody = z
  .strictObject({
    name: nameSchema.optional(),
    description: descriptionSchema.optional(),
    credentials: credentialChangesSchema.optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.')
  .meta({ id: 'UpdateIntegrationBody' });
export type UpdateIntegrationBody = z.infer<typeof updateIntegrationBody>;

export const testIntegrationBody = z
  .union([
    z.strictObject({ type: z.literal('odoo').default('odoo'), credentials: odooCredentialsSchema }),
    z.strictObject({ type: z.literal('web-search'), credentials: webSearchCredentialsSchema }),
  ])
  .meta({ id: 'TestIntegrationBody' });
export type TestIntegrationBody = z.infer<typeof testIntegrationBody>;

export const testStoredIntegrationBody = z
  .strictObject({ credentials: credentialChangesSchema.optional() })
  .nullish()
  .meta({ id: 'TestStoredIntegrationBody' });

export const testAnswerSchema = z
  .union([
    z.object({ success: z.literal(true), version: z.string() }),
    z.object({ success: z.literal(false), error: z.string() }),
  ])
  .meta({ id: 'IntegrationTestAnswer' });
export type TestAnswer = z.infer<typeof testAnswerSchema>;

export const operations = ['read', 'create', 'write', 'delete'] as const;
export const operationSchema = z.enum(operations);
export type Operation = z.infer<typeof operationSchema>;

/** Odoo's technical name of a model, such as `sale.order`. */
export const modelNameSchema = z
  .string()
  .max(100)
  .regex(/^[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*$/, 'A model is named like sale.order.');

export const modelPermissionSchema = z.strictObject({ model: modelNameSchema, operation: operationSchema });
export type ModelPermission = z.infer<typeof modelPermissionSchema>;

export const accessLevelSchema = z.enum(['read-only', 'read-write', 'full', 'custom']);
export type AccessLevel = z.infer<typeof accessLevelSchema>;

export const discoveredModelSchema = z
  .object({
    model: z.string(),
    name: z.string(),
    operations: z.array(operationSchema).meta({ description: 'What the Odoo user itself may do' }),
    fields: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'How many fields the Odoo user may see; missing until the next synchronisation' }),
  })
  .meta({ id: 'DiscoveredModel' });
export type DiscoveredModel = z.infer<typeof discoveredModelSchema>;

export const integrationSchema = z
  .object({
    id: idSchema,
    type: integrationTypeSchema,
    name: z.string(),
    description: z.string().nullable(),
    credentials: z
      .object({
        url: z.string().optional(),
        db: z.string().optional(),
        login: z.string().optional(),
        apiKey: z.string(),
      })
      .meta({ description: 'Keys are masked as "--------"' }),
    version: z.string().nullable(),
    models: z.array(discoveredModelSchema).meta({ description: 'As of the last synchronisation' }),
    lastSyncAt: dateTimeSchema.nullable(),
    createdAt: dateTimeSchema,
    updatedAt: dateTimeSchema,
  })
  .meta({ id: 'Integration' });
export type Integration = z.infer<typeof integrationSchema>;

export const agentIntegrationSchema = z
  .object({
    connectionId: idSchema,
    name: z.string(),
    type: integrationTypeSchema,
    enabled: z.boolean(),
    accessLevel: accessLevelSchema,
    models: z.array(z.string()),
    permissions: z
      .array(modelPermissionSchema)
      .meta({ description: 'What holds: access level, models and Odoo’s own rights together' }),
  })
  .meta({ id: 'AgentIntegration' });
export type AgentIntegration = z.infer<typeof agentIntegrationSchema>;

export const updateAgentIntegrationBody = z
  .strictObject({
    connectionId: idSchema,
    enabled: z.boolean().optional(),
    accessLevel: accessLevelSchema.optional(),
    models: z.array(modelNameSchema).max(500).optional(),
    permissions: z.array(modelPermissionSchema).max(2_000).optional(),
  })
  .refine((body) => Object.keys(body).length > 1, 'Name at least one field to change.')
  .meta({ id: 'UpdateAgentIntegrationBody' });
export type UpdateAgentIntegrationBody = z.infer<typeof updateAgentIntegrationBody>;

const connectionParams = z.object({ connectionId: idSchema });
const agentParams = z.object({ agentId: idSchema });
const tag = 'Integrations';

export const integrationEndpoints = {
  listIntegrations: endpoint({
    ...routes.listIntegrations,
    tag,
    summary: 'All connections to external systems, credentials masked',
    answer: z.array(integrationSchema),
  }),
  createIntegration: endpoint({
    ...routes.createIntegration,
    tag,
    summary: 'Add a connection; an Odoo at a disallowed address is refused',
    body: createIntegrationBody,
    answer: integrationSchema,
    status: 201,
  }),
  testIntegration: endpoint({
    ...routes.testIntegration,
    tag,
    summary: 'Try credentials without storing them',
    body: testIntegrationBody,
    answer: testAnswerSchema,
  }),
  listIntegrationDatabases: endpoint({
    ...routes.listIntegrationDatabases,
    tag,
    errors: ['provider_rejected'],
    summary: 'The databases of an Odoo, where it lists them',
    body: z.strictObject({ url: odooUrlSchema }),
    answer: z.object({ databases: z.array(z.string()) }),
  }),
  getIntegration: endpoint({
    ...routes.getIntegration,
    tag,
    summary: 'A single connection, credentials masked',
    params: connectionParams,
    answer: integrationSchema,
  }),
  updateIntegration: endpoint({
    ...routes.updateIntegration,
    tag,
    summary: 'Change name, description or credentials',
    params: connectionParams,
    body: updateIntegrationBody,
    answer: integrationSchema,
  }),
  deleteIntegration: endpoint({
    ...routes.deleteIntegration,
    tag,
    summary: 'Remove a connection; agents lose access at once',
    params: connectionParams,
    answer: successSchema,
  }),
  syncIntegration: endpoint({
    ...routes.syncIntegration,
    tag,
    errors: ['provider_rejected', 'conflict'],
    summary: 'Rediscover models and access rights; permissions that no longer apply are removed',
    params: connectionParams,
    answer: z.object({ success: z.literal(true), models: z.int(), lastSyncAt: dateTimeSchema }),
  }),
  testStoredIntegration: endpoint({
    ...routes.testStoredIntegration,
    tag,
    summary: 'Try the stored credentials, or those of the body instead',
    params: connectionParams,
    body: testStoredIntegrationBody,
    answer: testAnswerSchema,
  }),
  listAgentIntegrations: endpoint({
    ...routes.listAgentIntegrations,
    tag,
    summary: 'What an agent may do through each connection',
    params: agentParams,
    answer: z.array(agentIntegrationSchema),
  }),
  updateAgentIntegration: endpoint({
    ...routes.updateAgentIntegration,
    tag,
    summary: 'Change what an agent may do through one connection',
    params: agentParams,
    body: updateAgentIntegrationBody,
    answer: z.array(agentIntegrationSchema),
  }),
};
