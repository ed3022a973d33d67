import type { Transaction } from '../../db/client.ts';
import { groupMembers } from '../../db/schema/index.ts';

/** Makes a new person a member of groups that exist. Called inside the transaction that makes the account. */
export async function joinGroups(tx: Transaction, userId: string, groupIds: string[]): Promise<void> {
  await tx.insert(groupMembers).values(groupIds.map((groupId) => ({ groupId, userId })));
}
