import { and, asc, eq, gt, inArray, or, sql } from 'drizzle-orm';
import type { PeopleLock, PersonAuthority } from '../../db/authority.ts';
import type { Transaction } from '../../db/client.ts';
import { prepared } from '../../db/prepared.ts';
import { sessions, users } from '../../db/schema/index.ts';

/**
 * One round trip. Both statements are prepared, and so sent at once and in this order: the session is read after the lock was had. A query
 * of Drizzle's would be sent later, when it is waited for.
 */
export async function lockThenAsk(tx: Transaction, authority: PersonAuthority) {
  const locked = lockPerson(tx, { userId: authority.userId });
  const [[person], isAlive] = await Promise.all([locked, isSessionAlive(tx, authority)]);
  return [person, isAlive] as const;
}

/**
 * Locks the person with the others whose rows the work is going to change, by id and in one statement, so that two changes
 * never wait for each other. An order by role would differ for two of them while somebody's role changes.
 */
export async function lockPeople(tx: Transaction, userId: string, people: PeopleLock) {
  const isActiveAdmin = and(eq(users.role, 'admin'), eq(users.banned, false))!;
  const named = inArray(users.id, [userId, ...(people.userIds ?? [])]);
  const rows = await tx
    .select(held)
    .from(users)
    .where(people.admins ? or(named, isActiveAdmin) : named)
    .orderBy(asc(users.id))
    // Rows that refer to a person may be added meanwhile.
    .for('no key update');
  return rows.find(({ id }) => id === userId);
}

const held = { id: users.id, role: users.role, banned: users.banned };
const lockPerson = prepared('authority_person', (tx: Transaction) =>
  tx
    .select(held)
    .from(users)
    .where(eq(users.id, sql.placeholder('userId')))
    .for('share'),
);

export async function isSessionAlive(tx: Transaction, { userId, sessionToken }: PersonAuthority): Promise<boolean> {
  if (sessionToken === null) return true;
  const [session] = await findSession(tx, { userId, token: sessionToken, now: new Date() });
  return session !== undefined;
}

const findSession = prepared('authority_session', (tx: Transaction) =>
  tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.token, sql.placeholder('token')),
        eq(sessions.userId, sql.placeholder('userId')),
        gt(sessions.expiresAt, sql.placeholder('now')),
      ),
    ),
);
