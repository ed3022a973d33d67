import type { Conversation } from '../../../contract/conversations.ts';
import { daysAgo } from './formats.ts';

const ages = [
  { name: 'today', days: 0 },
  { name: 'yesterday', days: 1 },
  { name: 'lastWeek', days: 7 },
  { name: 'lastMonth', days: 30 },
  { name: 'older', days: Infinity },
] as const;
export type Age = (typeof ages)[number]['name'];

type Dated = Pick<Conversation, 'lastMessageAt' | 'createdAt'>;

/** Conversations, which come newest first, by how long ago something was said in them; no group is empty. */
export function groupByAge<One extends Dated>(conversations: readonly One[], now = new Date()): [Age, One[]][] {
  const ageOf = ({ lastMessageAt, createdAt }: One): Age => {
    const past = daysAgo(lastMessageAt ?? createdAt, now);
    return ages.find(({ days }) => past <= days)!.name;
  };
  return ages
    .map(({ name }): [Age, One[]] => [name, conversations.filter((one) => ageOf(one) === name)])
    .filter(([, members]) => members.length > 0);
}
