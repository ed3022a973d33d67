import { expect, test } from 'vitest';
import { searchPalette } from './palette-search.ts';

const items = [
  { id: '1', label: 'Price Desk', kind: 'Agent' },
  { id: '2', label: 'What does a mast cost at the desk?', kind: 'Conversation with Price Desk' },
  { id: '3', label: 'Café André', kind: 'Agent' },
  { id: '4', label: 'Licence', kind: 'Settings' },
  { id: '5', label: 'Helpdesk', kind: 'Agent' },
];
const found = (query: string) => searchPalette(items, query).map(({ id }) => id);

test('shows everything in its order while nothing is typed', () => {
  expect(found('  ')).toEqual(['1', '2', '3', '4', '5']);
  expect(searchPalette(items, '', 2)).toHaveLength(2);
});

test('puts beginnings of labels first, then beginnings of words, then the rest', () => {
  expect(found('desk')).toEqual(['1', '2', '5']);
  expect(found('price d')).toEqual(['1', '2']);
});

test('finds by what a thing is, and whatever the case and the accents', () => {
  expect(found('settings lic')).toEqual(['4']);
  expect(found('ANDRE')).toEqual(['3']);
  expect(found('nowhere')).toEqual([]);
});
