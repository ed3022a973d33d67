import type { Conversation } from '../../../contract/conversations.ts';
import { daysAgo } from './formats.ts';

const ages = [
  { name: 'today', days: 0 },
  { name: 'yesterday', days: 1 },
  { name: 'lastWeek', days: 7 },
  { name: 'lastMonth', days: 30 },
  { name: 'older', days: Infinity },
] as const;
/** `pinned` stands in front of all ages. */
export type Age = 'pinned' | (typeof ages)[number]['name'];

type Dated = Pick<Conversation, 'lastMessageAt' | 'createdAt' | 'pinned'>;

/** The pinned conversations, then the others, newest first, by how long ago something was said in them; no group is empty. */
export function groupByAge<One extends Dated>(conversations: readonly One[], now = new Date()): [Age, One[]][] {
  const ageOf = ({ lastMessageAt, createdAt, pinned }: One): Age => {
    if (pinned) return 'pinned';
    const past = daysAgo(lastMessageAt ?? createdAt, now);
    return ages.find(({ days }) => past <= days)!.name;
  };
  return (['pinned', ...ages.map(({ name }) => name)] as const)
    .map((name): [Age, One[]] => [name, conversations.filter((one) => ageOf(one) === name)])
    .filter(([, members]) => members.length > 0);
}
