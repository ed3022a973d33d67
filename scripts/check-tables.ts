import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Each table is written by one feature only: the others ask it to, so that its rules hold wherever a row is changed.

const root = join(import.meta.dirname, '..');
/** What a table is called in code, by that name and by the database's. */
const tables = new Map(
  globSync('server/db/schema/*.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/export const (\w+) = pgTable\(\s*'(\w+)'/g)].flatMap(
      ([, name = '', stored = '']) => [
        [name, name],
        [stored, name],
      ],
    ),
  ),
);
const writes = [
  /\.(?:insert|update|delete)\(\s*(\w+)\s*\)/g,
  // Written as SQL.
  /\b(?:insert into|update|delete from|truncate)\s+(?:\$\{)?(\w+)\b/g,
];
const writers = new Map<string, Map<string, string>>();
for (const file of globSync('server/{features,channels}/*/**/*.ts', { cwd: root })) {
  if (file.endsWith('.test.ts')) continue;
  const feature = file.split('/', 3).slice(1).join('/').replace('channels/', 'features/');
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  for (const [, name = ''] of writes.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const table = tables.get(name);
    if (table === undefined) continue;
    writers.set(table, (writers.get(table) ?? new Map<string, string>()).set(feature, file));
  }
}
if (tables.size === 0 || writers.size === 0) throw new Error('No table was found: this check has lost its way.');
const problems = [...writers].filter(([, features]) => features.size > 1);
for (const [table, features] of problems)
  console.error(`${table} is written by ${[...features.values()].join(' and ')}`);
process.exitCode = problems.length > 0 ? 1 : 0;
