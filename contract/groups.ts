import * as z from 'zod';
import { idParams, idSchema, nameSchema, successSchema } from './common.ts';
import { endpoint } from './endpoint.ts';

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
    method: 'GET',
    path: '/api/groups',
    access: 'licensed-admin',
    tag: 'Groups',
    summary: 'All groups with member counts',
    answer: z.array(groupSchema),
  }),
  createGroup: endpoint({
    method: 'POST',
    path: '/api/groups',
    access: 'licensed-admin',
    tag: 'Groups',
    summary: 'Create a group',
    body: z.strictObject({ name: nameSchema, description: descriptionSchema.optional() }),
    answer: groupSchema,
    status: 201,
  }),
  updateGroup: endpoint({
    method: 'PATCH',
    path: '/api/groups/:id',
    access: 'licensed-admin',
    tag: 'Groups',
    summary: 'Change name or description',
    params: idParams,
    body: z
      .strictObject({ name: nameSchema.optional(), description: descriptionSchema.optional() })
      .refine((body) => Object.keys(body).length > 0, 'Name at least one field to change.'),
    answer: groupSchema,
  }),
  deleteGroup: endpoint({
    method: 'DELETE',
    path: '/api/groups/:id',
    access: 'licensed-admin',
    tag: 'Groups',
    summary: 'Delete a group; its agents stay restricted',
    params: idParams,
    answer: successSchema,
  }),
  listGroupMembers: endpoint({
    method: 'GET',
    path: '/api/groups/:id/members',
    access: 'licensed-admin',
    tag: 'Groups',
    summary: 'Members of a group',
    params: idParams,
    answer: z.array(z.object({ userId: idSchema, groupId: idSchema })),
  }),
  putGroupMembers: endpoint({
    method: 'PUT',
    path: '/api/groups/:id/members',
    access: 'licensed-admin',
    tag: 'Groups',
    summary: 'Replace the members of a group, all or nothing',
    params: idParams,
    body: z.strictObject({ userIds: memberIdsSchema }),
    answer: successSchema,
  }),
  changeGroupMembers: endpoint({
    method: 'PATCH',
    path: '/api/groups/:id/members',
    access: 'licensed-admin',
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
