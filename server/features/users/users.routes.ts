import { userEndpoints } from '../../../contract/users.ts';
import { takeListTurn } from '../../http/downloads.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { ContextService } from '../settings/context.service.ts';
import type { AccountService } from './account.service.ts';
import type { InviteService } from './invite.service.ts';
import type { UserService } from './user.service.ts';

export interface UserRouteServices {
  users: UserService;
  invites: InviteService;
  accounts: AccountService;
  contexts: ContextService;
}

export function addUserRoutes(add: AddEndpoint, { users, invites, accounts, contexts }: UserRouteServices): void {
  add(userEndpoints.listUsers, async ({ actor, reply }) => {
    await takeListTurn(reply, actor.userId);
    return { users: await users.list() };
  });
  add(userEndpoints.getUserAccess, ({ params }) => users.access(params.id));
  add(userEndpoints.updateUser, async ({ actor, params, body }) => {
    await users.setRole(actor, params.id, body.role);
    return success;
  });
  add(userEndpoints.deactivateUser, async ({ actor, params }) => {
    await users.deactivate(actor, params.id);
    return success;
  });
  add(userEndpoints.reactivateUser, async ({ actor, params }) => {
    await users.reactivate(actor, params.id);
    return success;
  });
  add(userEndpoints.resetUser, async ({ actor, params, body }) => ({
    token: await invites.reset(actor, params.id, body?.blockPassword),
  }));
  add(userEndpoints.inviteUser, ({ actor, body }) => invites.invite(actor, body));
  add(userEndpoints.listInvites, () => invites.list());
  add(userEndpoints.revokeInvite, async ({ actor, params }) => {
    await invites.revoke(actor, params.id);
    return success;
  });
  add(userEndpoints.getInvite, ({ params }) => invites.describe(params.token));
  add(userEndpoints.claimInvite, async ({ body, request }) => {
    await invites.claim({ ...body, ipAddress: request.ip });
    return success;
  });
  add(userEndpoints.getMe, ({ actor }) => accounts.own(actor));
  add(userEndpoints.updateMe, async ({ actor, body }) => {
    await accounts.rename(actor, body.name);
    return success;
  });
  add(userEndpoints.getMyContext, async ({ actor }) => ({ content: await contexts.personal(actor.userId) }));
  add(userEndpoints.putMyContext, async ({ actor, body }) => {
    await contexts.savePersonal(actor, body.content);
    return success;
  });
  add(userEndpoints.changeMyPassword, async ({ actor, body, request }) => {
    await accounts.changePassword(actor, {
      current: body.currentPassword,
      next: body.newPassword,
      ipAddress: request.ip,
    });
    return success;
  });
}
