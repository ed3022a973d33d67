import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const web = join(import.meta.dirname, '../..');
const styles = join(web, '../node_modules/@mantine/core/styles');
const listed = [
  ...readFileSync(join(import.meta.dirname, 'mantine.ts'), 'utf8').matchAll(/styles\/([\w-]+)\.css/g),
].map((match) => match[1]!);

/** The names that the app, or a package of Mantine's that it uses, takes from Mantine and that have styles of their own. */
function usedComponents(): string[] {
  const names = new Set<string>();
  for (const source of [...sourcesOf(web, '.tsx'), ...chartSources(['BarChart/BarChart.mjs'])])
    for (const [, list = ''] of source.matchAll(/import \{([^}]*)\} from ['"]@mantine\/core['"]/g))
      for (const name of list.split(',')) names.add(name.trim());
  return [...names].filter((name) => existsSync(join(styles, `${name}.css`)));
}

const sourcesOf = (directory: string, ending: string) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(directory, file), 'utf8'));

/** Of the charts that are used, with what they import of their package. */
function chartSources(files: string[]): string[] {
  const read = new Map<string, string>();
  for (let file = files.shift(); file !== undefined; file = files.shift()) {
    if (read.has(file)) continue;
    const source = readFileSync(join(web, '../node_modules/@mantine/charts/esm', file), 'utf8');
    read.set(file, source);
    for (const [, to = ''] of source.matchAll(/from "(\.[^"]+\.mjs)"/g)) files.push(join(dirname(file), to));
  }
  return [...read.values()];
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
