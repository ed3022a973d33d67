import { expect, test } from 'vitest';
import type { User } from '../../../../contract/users.ts';
import { everybody, filterPeople, type PeopleFilter } from './people-filter.ts';

const now = Date.parse('2026-06-30T12:00:00.000Z');
const sales = { id: 'g1', name: 'Sales' };
const person = (name: string, more: Partial<User> = {}): User => ({
  id: name,
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
  role: 'member',
  banned: false,
  groups: [],
  createdAt: '2026-01-01T00:00:00.000Z',
  lastActiveAt: '2026-06-30T11:00:00.000Z',
  ...more,
});
const people = [
  person('Zoë Ünal', { createdAt: '2026-02-01T00:00:00.000Z', email: 'z@example.com' }),
  person('ada Admin', { role: 'admin', lastActiveAt: '2026-06-30T11:59:00.000Z' }),
  person('Bo 10', { groups: [sales], lastActiveAt: '2026-05-01T00:00:00.000Z' }),
  person('Bo 9', { groups: [sales], lastActiveAt: null }),
  person('Aaron', { banned: true }),
  person('Wim', { passwordBlocked: true }),
];
const names = (filter: Partial<PeopleFilter>) =>
  filterPeople(people, { ...everybody, ...filter }, now).map(({ name }) => name);

test('by name as people sort them, with whoever is deactivated at the end', () => {
  expect(names({})).toEqual(['ada Admin', 'Bo 9', 'Bo 10', 'Wim', 'Zoë Ünal', 'Aaron']);
});

test.each([
  ['zoe unal', ['Zoë Ünal']],
  ['ADMIN', ['ada Admin']],
  ['bo.10@', ['Bo 10']],
  ['sales 9', ['Bo 9']],
  ['nobody', []],
])('%j finds by name, address and group, whatever the case and the accents', (text, expected) => {
  expect(names({ text })).toEqual(expected);
});

test('by role, state and group', () => {
  expect(names({ role: 'admin' })).toEqual(['ada Admin']);
  expect(names({ state: 'deactivated' })).toEqual(['Aaron']);
  expect(names({ state: 'waiting' })).toEqual(['Wim']);
  expect(names({ state: 'active' })).not.toContain('Aaron');
  expect(names({ state: 'away' })).toEqual(['Bo 9', 'Bo 10']);
  expect(names({ groupId: 'g1' })).toEqual(['Bo 9', 'Bo 10']);
  expect(names({ groupId: 'none', role: 'member', state: 'active' })).toEqual(['Wim', 'Zoë Ünal']);
});

test('who was here last, who was away for longest, who came last', () => {
  expect(names({ order: 'recent' }).slice(0, 2)).toEqual(['ada Admin', 'Wim']);
  expect(names({ order: 'longAway' }).slice(0, 2)).toEqual(['Bo 9', 'Bo 10']);
  expect(names({ order: 'newest' })[0]).toBe('Zoë Ünal');
});
