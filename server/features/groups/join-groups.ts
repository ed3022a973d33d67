import type { Transaction } from '../../db/client.ts';
import { insertMembers } from './group.queries.ts';

/** Makes a new person a member of groups that exist. Called inside the transaction that makes the account. */
export async function joinGroups(tx: Transaction, userId: string, groupIds: string[]): Promise<void> {
  await insertMembers(
    tx,
    groupIds.map((groupId) => ({ groupId, userId })),
  );
}
