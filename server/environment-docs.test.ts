import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { environmentDefaults } from './config.ts';
import { resourcePath } from './platform/resources.ts';

test('docs/environment.md lists every variable with its default, and no other', () => {
  const page = readFileSync(resourcePath('docs', 'environment.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (?:`([^`]*)`)? ?\|/gm)];
  const documented = Object.fromEntries(rows.map(([, name = '', fallback = '']) => [name, fallback]));
  expect(documented).toEqual(environmentDefaults());
});
