import { approvalEndpoints } from '../../../contract/approvals.ts';
import { ChatError } from '../../chat/chat-error.ts';
import type { Chat } from '../../chat/chat.ts';
import type { AddEndpoint } from '../../http/endpoint-registrar.ts';
import { success } from '../../http/success.ts';
import { AppError } from '../../platform/errors.ts';

export function addApprovalRoutes(add: AddEndpoint, { approvals }: Pick<Chat, 'approvals'>): void {
  add(approvalEndpoints.listApprovals, ({ actor }) => approvals.listWaiting(actor.userId));
  add(approvalEndpoints.decideApproval, async ({ actor, params, body }) => {
    await asAppError(approvals.decide({ person: actor, approvalId: params.id, ...body }));
    return success;
  });
  add(approvalEndpoints.deleteAllowance, async ({ actor, params }) => {
    await asAppError(approvals.takeBack(actor, params.id));
    return success;
  });
}

/** The chat says what it refuses in the words of its socket. */
async function asAppError(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ChatError) throw new AppError('not_found', error.message);
    throw error;
  }
}
