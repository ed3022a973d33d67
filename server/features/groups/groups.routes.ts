import { groupEndpoints } from '../../../contract/groups.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import type { GroupService } from './group.service.ts';

export function addGroupRoutes(add: AddEndpoint, groups: GroupService): void {
  add(groupEndpoints.listGroups, () => groups.list());
  add(groupEndpoints.createGroup, ({ actor, body }) => groups.create(actor, body));
  add(groupEndpoints.updateGroup, ({ actor, params, body }) => groups.update(actor, params.id, body));
  add(groupEndpoints.deleteGroup, async ({ actor, params }) => {
    await groups.remove(actor, params.id);
    return success;
  });
  add(groupEndpoints.listGroupMembers, ({ params }) => groups.members(params.id));
  add(groupEndpoints.putGroupMembers, async ({ actor, params, body }) => {
    await groups.setMembers(actor, params.id, body.userIds);
    return success;
  });
  add(groupEndpoints.changeGroupMembers, async ({ actor, params, body }) => {
    await groups.changeMembers(actor, params.id, body);
    return success;
  });
}
