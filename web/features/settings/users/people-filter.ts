import type { Role } from '../../../../contract/common.ts';
import type { User } from '../../../../contract/users.ts';

export const personStates = ['active', 'away', 'waiting', 'deactivated'] as const;
type PersonState = (typeof personStates)[number];
export const peopleOrders = ['name', 'recent', 'longAway', 'newest'] as const;
type PeopleOrder = (typeof peopleOrders)[number];

export interface PeopleFilter {
  text: string;
  role: Role | null;
  state: PersonState | null;
  /** A group's id; `none`: in no group. */
  groupId: string | null;
  order: PeopleOrder;
}

export const everybody: PeopleFilter = { text: '', role: null, state: null, groupId: null, order: 'name' };

export const isFiltered = ({ text, role, state, groupId }: PeopleFilter): boolean =>
  text.trim() !== '' || role !== null || state !== null || groupId !== null;

/** Somebody who was not there for so long is `away`. */
const awayDays = 30;

/** Who fits, in the order that is asked for; whoever is deactivated comes last. */
export function filterPeople(people: readonly User[], filter: PeopleFilter, now = Date.now()): User[] {
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  const fits = (user: User) => {
    if (filter.role !== null && user.role !== filter.role) return false;
    if (filter.state !== null && !isIn(user, filter.state, now)) return false;
    if (filter.groupId === 'none' && user.groups.length > 0) return false;
    if (filter.groupId !== null && filter.groupId !== 'none' && !user.groups.some(({ id }) => id === filter.groupId))
      return false;
    const text = fold([user.name, user.email, ...user.groups.map(({ name }) => name)].join(' '));
    return words.every((word) => text.includes(word));
  };
  const compare = comparisons[filter.order];
  return people
    .filter(fits)
    .toSorted(
      (left, right) => Number(left.banned) - Number(right.banned) || compare(left, right) || byName(left, right),
    );
}

function isIn(user: User, state: PersonState, now: number): boolean {
  if (state === 'deactivated') return user.banned;
  if (user.banned) return false;
  if (state === 'waiting') return user.passwordBlocked === true;
  if (state === 'away') return now - lastActive(user) > awayDays * 86_400_000;
  return true;
}

const lastActive = ({ lastActiveAt }: User): number => (lastActiveAt === null ? 0 : Date.parse(lastActiveAt));

const { compare: compareNames } = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
const byName = (left: User, right: User): number => compareNames(left.name, right.name);

const comparisons: Record<PeopleOrder, (left: User, right: User) => number> = {
  name: byName,
  recent: (left, right) => lastActive(right) - lastActive(left),
  longAway: (left, right) => lastActive(left) - lastActive(right),
  newest: (left, right) => Date.parse(right.createdAt) - Date.parse(left.createdAt),
};

/** Without case and accents: `zoe` finds Zoë. */
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
