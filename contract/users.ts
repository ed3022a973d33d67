import * as z from 'zod';
import {
  contextContentSchema,
  dateTimeSchema,
  emailSchema,
  idParams,
  idSchema,
  nameSchema,
  newPasswordSchema,
  roleSchema,
  successSchema,
} from './common.ts';
import { endpoint } from './endpoint.ts';
import { routes } from './routes.ts';

export const groupReferenceSchema = z.object({ id: idSchema, name: z.string() });
export type GroupReference = z.infer<typeof groupReferenceSchema>;

export const userSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    email: z.string(),
    role: roleSchema,
    banned: z.boolean(),
    groups: z.array(groupReferenceSchema),
    passwordBlocked: z
      .literal(true)
      .optional()
      .meta({ description: 'There while no password signs them in: a reset blocked the old one, no link set another' }),
    createdAt: dateTimeSchema,
    lastActiveAt: dateTimeSchema.nullable().meta({
      description: 'When they last used the product or wrote to an agent, to about half a minute; null: never so far',
    }),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;

/** Why somebody may use an agent: it is their own, for everyone, for a group they are in, or they are an admin. */
const accessReasons = ['owner', 'everyone', 'group', 'admin'] as const;
export type AccessReason = (typeof accessReasons)[number];
export const userAccessSchema = z
  .object({
    agents: z.array(
      z.object({
        id: idSchema,
        name: z.string(),
        reason: z.enum(accessReasons),
        groups: z.array(groupReferenceSchema).meta({ description: 'Their groups that the agent is for' }),
        stopped: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'UserAccess' });
export type UserAccess = z.infer<typeof userAccessSchema>;

export const inviteBody = z
  .strictObject({
    role: roleSchema,
    email: emailSchema.optional(),
    name: nameSchema.optional().meta({ description: 'What the claim page suggests as their name' }),
    groupIds: z.array(idSchema).max(200).optional(),
  })
  .meta({ id: 'InviteBody' });

const inviteFields = {
  id: idSchema,
  email: z.string().nullable(),
  name: z.string().nullable(),
  role: roleSchema,
  groups: z.array(groupReferenceSchema),
  expiresAt: dateTimeSchema,
  createdAt: dateTimeSchema,
};

export const createdInviteSchema = z
  .object({
    ...inviteFields,
    token: z.string().meta({ description: 'Shown only once; the link is {origin}/invite/{token}' }),
    type: z.literal('invite'),
  })
  .meta({ id: 'CreatedInvite' });
export type CreatedInvite = z.infer<typeof createdInviteSchema>;

export const inviteSchema = z
  .object({ ...inviteFields, status: z.enum(['pending', 'claimed', 'expired']) })
  .meta({ id: 'Invite' });
export type Invite = z.infer<typeof inviteSchema>;

export const resetBody = z
  .strictObject({
    blockPassword: z.boolean().optional().meta({
      description:
        'Whether the old password stops signing in at once, and not only when the link is used. True unless said, for yourself false: nobody blocks their own.',
    }),
  })
  .meta({ id: 'ResetBody' });

/** A token as it stands in a link: 32 random bytes in base64url. */
export const inviteTokenSchema = z.string().min(1).max(200);

export const claimBody = z
  .strictObject({
    token: inviteTokenSchema,
    name: nameSchema.optional(),
    password: newPasswordSchema,
    email: emailSchema.optional(),
  })
  .meta({ id: 'ClaimBody' });

export const ownUserSchema = z
  .object({ id: idSchema, name: z.string(), email: z.string(), role: roleSchema, createdAt: dateTimeSchema })
  .meta({ id: 'OwnUser' });
export type OwnUser = z.infer<typeof ownUserSchema>;

export const userEndpoints = {
  listUsers: endpoint({
    ...routes.listUsers,
    tag: 'Users',
    summary: 'All users',
    answer: z.object({ users: z.array(userSchema) }),
  }),
  getUserAccess: endpoint({
    ...routes.getUserAccess,
    tag: 'Users',
    summary: 'The agents that a user may chat with now, and why; none for a deactivated one',
    params: idParams,
    answer: userAccessSchema,
  }),
  deactivateUser: endpoint({
    ...routes.deactivateUser,
    tag: 'Users',
    summary: 'Deactivate a user: sessions end, open sockets close',
    params: idParams,
    answer: successSchema,
  }),
  updateUser: endpoint({
    ...routes.updateUser,
    tag: 'Users',
    summary: "Change a user's role",
    params: idParams,
    body: z.strictObject({ role: roleSchema }),
    answer: successSchema,
  }),
  reactivateUser: endpoint({
    ...routes.reactivateUser,
    tag: 'Users',
    errors: ['seat_limit'],
    summary: 'Reactivate a deactivated user',
    params: idParams,
    answer: successSchema,
  }),
  resetUser: endpoint({
    ...routes.resetUser,
    tag: 'Users',
    summary: 'Make a password reset token, end all sessions of the user and block the old password',
    params: idParams,
    body: resetBody.nullish(),
    answer: z.object({ token: z.string() }),
    status: 201,
  }),
  inviteUser: endpoint({
    ...routes.inviteUser,
    tag: 'Users',
    errors: ['licence_required', 'seat_limit'],
    summary: 'Invite a user',
    body: inviteBody,
    answer: createdInviteSchema,
    status: 201,
  }),
  listInvites: endpoint({
    ...routes.listInvites,
    tag: 'Users',
    summary: 'All invites with their status',
    answer: z.array(inviteSchema),
  }),
  revokeInvite: endpoint({
    ...routes.revokeInvite,
    tag: 'Users',
    summary: 'Revoke a pending invite',
    params: idParams,
    answer: successSchema,
  }),
  getInvite: endpoint({
    ...routes.getInvite,
    tag: 'Users',
    errors: ['gone'],
    summary: 'What a token in a link is for',
    params: z.object({ token: inviteTokenSchema }),
    answer: z.object({ type: z.enum(['invite', 'reset']), email: z.string().nullable(), name: z.string().nullable() }),
  }),
  claimInvite: endpoint({
    ...routes.claimInvite,
    tag: 'Users',
    summary: 'Create the account of an invite, or set a new password with a reset token',
    body: claimBody,
    answer: successSchema,
    status: 201,
  }),
  getMe: endpoint({
    ...routes.getMe,
    tag: 'Yourself',
    summary: 'The caller',
    answer: ownUserSchema,
  }),
  updateMe: endpoint({
    ...routes.updateMe,
    tag: 'Yourself',
    summary: 'Change your display name',
    body: z.strictObject({ name: nameSchema }),
    answer: successSchema,
  }),
  getMyContext: endpoint({
    ...routes.getMyContext,
    tag: 'Yourself',
    summary: 'Your personal context',
    answer: z.object({ content: z.string() }),
  }),
  putMyContext: endpoint({
    ...routes.putMyContext,
    tag: 'Yourself',
    summary: 'Replace your personal context',
    body: z.strictObject({ content: contextContentSchema }),
    answer: successSchema,
  }),
  changeMyPassword: endpoint({
    ...routes.changeMyPassword,
    tag: 'Yourself',
    errors: ['wrong_password'],
    summary: 'Change your password; your other sessions end',
    body: z.strictObject({ currentPassword: z.string().min(1).max(128), newPassword: newPasswordSchema }),
    answer: successSchema,
  }),
};
