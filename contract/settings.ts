import * as z from 'zod';
import { contextContentSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const settingKeySchema = z
  .string()
  .regex(/^[a-z0-9_.-]{1,100}$/, 'A key has 1 to 100 characters of a-z, 0-9, "_", "." and "-".');

export const settingSchema = z
  .object({ key: z.string(), value: z.string(), encrypted: z.boolean() })
  .meta({ id: 'Setting' });

const hostnameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/,
    'Enter a host name only, such as pinchy.example.com.',
  );

export const domainStatusSchema = z
  .object({ lockedDomain: z.string().nullable(), insecureMode: z.boolean() })
  .meta({ id: 'DomainStatus' });

export const conversationSettingsSchema = z
  .object({
    modelTitles: z.boolean().meta({ description: 'Whether models give conversations their titles' }),
  })
  .meta({ id: 'ConversationSettings' });
export type ConversationSettings = z.infer<typeof conversationSettingsSchema>;

export const settingEndpoints = {
  listSettings: endpoint({
    ...routes.listSettings,
    tag: 'Settings',
    summary: 'All settings; encrypted values are masked',
    answer: z.array(settingSchema),
  }),
  saveSetting: endpoint({
    ...routes.saveSetting,
    tag: 'Settings',
    summary: 'Set a value; keys containing api_key are encrypted',
    body: z.strictObject({
      key: settingKeySchema,
      value: z
        .string()
        .max(20_000)
        .refine((value) => !value.includes('\0'), 'Text must not contain NUL characters.'),
    }),
    answer: successSchema,
  }),
  getDomain: endpoint({
    ...routes.getDomain,
    tag: 'Settings',
    summary: 'The domain lock',
    answer: domainStatusSchema,
  }),
  putDomain: endpoint({
    ...routes.putDomain,
    tag: 'Settings',
    summary: 'Lock to a domain, or clear the lock with null',
    body: z.strictObject({ lockedDomain: hostnameSchema.nullable() }),
    answer: domainStatusSchema,
  }),
  getConversationSettings: endpoint({
    ...routes.getConversationSettings,
    tag: 'Settings',
    summary: 'What holds for everybody’s conversations',
    answer: conversationSettingsSchema,
  }),
  putConversationSettings: endpoint({
    ...routes.putConversationSettings,
    tag: 'Settings',
    summary: 'Change what holds for everybody’s conversations',
    body: z.strictObject(conversationSettingsSchema.shape),
    answer: conversationSettingsSchema,
  }),
  getContext: endpoint({
    ...routes.getContext,
    tag: 'Settings',
    summary: 'The organisation context',
    answer: z.object({ content: z.string() }),
  }),
  putContext: endpoint({
    ...routes.putContext,
    tag: 'Settings',
    summary: "Replace the organisation context; it reaches every shared agent's next answer",
    body: z.strictObject({ content: contextContentSchema }),
    answer: successSchema,
  }),
};
