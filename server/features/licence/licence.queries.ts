import { and, count, eq, gt, isNull } from 'drizzle-orm';
import type { Executor } from '../../db/client.ts';
import { invites, users } from '../../db/schema/index.ts';

/** Active people, and invitations that can still be claimed. */
export async function countSeats(executor: Executor): Promise<number> {
  const [active] = await executor.select({ count: count() }).from(users).where(eq(users.banned, false));
  const [pending] = await executor
    .select({ count: count() })
    .from(invites)
    .where(and(eq(invites.type, 'invite'), isNull(invites.claimedAt), gt(invites.expiresAt, new Date())));
  return (active?.count ?? 0) + (pending?.count ?? 0);
}
