import { expect, test } from 'vitest';
import { tellMomentsHere } from './local-moments.ts';

test('a moment is told as the language writes it, and what only looks like one stays', () => {
  const [day, time] = ['2026-12-01', '09:30'];
  const here = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(`${day}T${time}:00Z`),
  );
  expect(tellMomentsHere(`It starts anew on ${day} ${time} UTC; until then`)).toBe(
    `It starts anew on ${here}; until then`,
  );
  expect(tellMomentsHere('2026-13-45 99:99 UTC')).toBe('2026-13-45 99:99 UTC');
  expect(tellMomentsHere('On 2026-12-01 it was read.')).toBe('On 2026-12-01 it was read.');
});
