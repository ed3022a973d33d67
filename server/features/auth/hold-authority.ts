import type { HoldAuthority } from '../../db/authority.ts';
import type { Transaction } from '../../db/client.ts';
import { AppError, licenceRequired } from '../../platform/errors.ts';
import { authorityRefusal, needsLicence } from './authority.policy.ts';
import { isSessionAlive, lockPeople, lockThenAsk } from './authority.queries.ts';

/**
 * Makes the check that every change of a person begins with. The person's row is locked first and the session read after it:
 * whatever ends sessions locks that row as well, so what is read here stays true until the transaction ends.
 */
export function createHoldAuthority(licence: {
  /** As the transaction sees it. */
  isActive(tx: Transaction): Promise<boolean>;
}): HoldAuthority {
  return async (tx, authority, people) => {
    const [person, isAlive] = people
      ? [await lockPeople(tx, authority.userId, people), await isSessionAlive(tx, authority)]
      : await lockThenAsk(tx, authority);
    const refusal = authorityRefusal(isAlive ? person : undefined, authority.access);
    if (refusal) throw new AppError(refusal.code, refusal.sentence);
    if (needsLicence(authority.access) && !(await licence.isActive(tx))) throw licenceRequired();
  };
}
