import * as z from 'zod';
import { idParams, idSchema, nameSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const groupSchema = z
  .object({ id: idSchema, name: z.string(), description: z.string().nullable(), memberCount: z.int() })
  .meta({ id: 'Group' });
export type Group = z.infer<typeof groupSchema>;

const descriptionSchema = z
  .string()
  .trim()
  .max(500, 'A description has at most 500 characters.')
  .refine((text) => !text.includes('\0'), 'Text must not contain NUL characters.')
  .nullable();

const memberIdsSchema = z.array(idSchema).max(10_000);

export const groupEndpoints = {
  listGroups: endpoint({
    ...routes.listGroups,
    tag: 'Groups',
    summary: 'All groups with member counts',
    answer: z.array(groupSchema),
  }),
  createGroup: endpoint({
    ...routes.createGroup,
    tag: 'Groups',
    summary: 'Create a group',
    body: z.strictObject({ name: nameSchema, description: descriptionSchema.optional() }),
    answer: groupSchema,
    status: 201,
  }),
  updateGroup: endpoint({
    ...routes.updateGroup,
    tag: 'Groups',
    summary: 'Change name or description',
    params: idParams,
    body: z
      .strictObject({ name: nameSchema.optional(), description: descriptionSchema.optional() })
      .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.'),
    answer: groupSchema,
  }),
  deleteGroup: endpoint({
    ...routes.deleteGroup,
    tag: 'Groups',
    summary: 'Delete a group; its agents stay restricted',
    params: idParams,
    answer: successSchema,
  }),
  listGroupMembers: endpoint({
    ...routes.listGroupMembers,
    tag: 'Groups',
    summary: 'Members of a group',
    params: idParams,
    answer: z.array(z.object({ userId: idSchema, groupId: idSchema })),
  }),
  putGroupMembers: endpoint({
    ...routes.putGroupMembers,
    tag: 'Groups',
    summary: 'Replace the members of a group, all or nothing',
    params: idParams,
    body: z.strictObject({ userIds: memberIdsSchema }),
    answer: successSchema,
  }),
  changeGroupMembers: endpoint({
    ...routes.changeGroupMembers,
    tag: 'Groups',
    summary: 'Add people to a group and remove others, whoever else is in it; all or nothing',
    params: idParams,
    body: z
      .strictObject({ add: memberIdsSchema.optional(), remove: memberIdsSchema.optional() })
      .refine(({ add = [], remove = [] }) => add.length + remove.length > 0, 'Name somebody to add or to remove.')
      .refine(({ add = [], remove = [] }) => !add.some((id) => remove.includes(id)), {
        path: ['remove'],
        message: 'Nobody can be added and removed at once.',
      }),
    answer: successSchema,
  }),
};
