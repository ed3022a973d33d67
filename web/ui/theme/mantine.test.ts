import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const web = join(import.meta.dirname, '../..');
const styles = join(web, '../node_modules/@mantine/core/styles');
const listed = [
  ...readFileSync(join(import.meta.dirname, 'mantine.ts'), 'utf8').matchAll(/styles\/([\w-]+)\.css/g),
].map((match) => match[1]!);

/** The names that the app takes from Mantine and that have styles of their own. */
function usedComponents(): string[] {
  const names = new Set<string>();
  for (const file of readdirSync(web, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.tsx')) continue;
    const source = readFileSync(join(web, file), 'utf8');
    for (const [, list = ''] of source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g))
      for (const name of list.split(',')) names.add(name.trim());
  }
  return [...names].filter((name) => existsSync(join(styles, `${name}.css`)));
}

test('every component of Mantine that is used brings its styles', () => {
  const used = usedComponents();
  expect(used.length).toBeGreaterThan(30);
  expect(used.filter((name) => !listed.includes(name))).toEqual([]);
});

test("the styles are in Mantine's order", () => {
  const all = readFileSync(join(styles, '../styles.css'), 'utf8');
  const positions = listed.map((name) =>
    all.indexOf(
      readFileSync(join(styles, `${name}.css`), 'utf8')
        .trim()
        .slice(0, 200),
    ),
  );
  expect(positions.every((position) => position >= 0)).toBe(true);
  expect(positions).toEqual(positions.toSorted((one, other) => one - other));
});
