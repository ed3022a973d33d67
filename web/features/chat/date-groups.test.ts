import { expect, test } from 'vitest';
import { groupByAge } from './date-groups.ts';

const now = new Date(2026, 0, 31, 0, 30);
const at = (...parts: [number, number, number, number]) => new Date(...parts).toISOString();
const said = (id: string, time: string) => ({
  ...{ id, lastMessageAt: time, createdAt: at(2020, 0, 1, 0) },
  pinned: id === 'pinned',
});

test('pinned conversations stand in front, the others by the day on which something was last said, by the reader’s midnight', () => {
  const conversations = [
    said('pinned', at(2025, 0, 1, 0)),
    { id: 'new', lastMessageAt: null, createdAt: at(2026, 0, 31, 0), pinned: false },
    said('late', at(2026, 0, 30, 23)),
    said('early', at(2026, 0, 30, 0)),
    said('week', at(2026, 0, 24, 0)),
    said('month', at(2026, 0, 23, 23)),
    said('far', at(2025, 11, 31, 12)),
  ];
  const groups = groupByAge(conversations, now).map(([age, members]) => [age, members.map(({ id }) => id)]);
  expect(groups).toEqual([
    ['pinned', ['pinned']],
    ['today', ['new']],
    ['yesterday', ['late', 'early']],
    ['lastWeek', ['week']],
    ['lastMonth', ['month']],
    ['older', ['far']],
  ]);
  expect(groupByAge([], now)).toEqual([]);
});
