import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findFeatureProblems } from './feature-problems.ts';

async function problemsOf(files: Record<string, string>, allowed: string[] = []): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'pinchy-features-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return findFeatureProblems(root, allowed);
}

const feature = {
  'contract/notes.ts': `export const kinds = ['a'];`,
  'server/db/schema/index.ts': `export const notes = {};`,
  'server/features/notes/note-kinds.ts': `import { kinds } from '../../../contract/notes.ts'; export const all = kinds;`,
  'server/features/notes/note.policy.ts': `import { all } from './note-kinds.ts'; import type { Note } from './note.queries.ts';`,
  'server/features/notes/note.queries.ts': `import { eq } from 'drizzle-orm'; import { notes } from '../../db/schema/index.ts';`,
  'server/features/notes/note.service.ts': `import { find } from './note.queries.ts'; import type { SQL } from 'drizzle-orm';`,
  'server/features/notes/notes.routes.ts': `import type { NoteService } from './note.service.ts';`,
};

test('a feature of routes, service, policy and queries passes', async () => {
  expect(await problemsOf(feature)).toEqual([]);
});

test.each([
  `import { eq } from 'drizzle-orm';`,
  `import { notes } from '../../db/schema/index.ts';`,
  'export const read = (db) => db.execute<{ id: string }>(text);',
])('a service that says %j builds SQL', async (text) => {
  const file = 'server/features/notes/note.service.ts';
  expect(await problemsOf({ ...feature, [file]: text })).toEqual([`${file} builds SQL: put it into *.queries.ts`]);
  expect(await problemsOf({ ...feature, [file]: text }, [file])).toEqual([]);
});

test('who is excused and builds none any more is struck from the list', async () => {
  const [problem] = await problemsOf(feature, ['server/features/notes/note.service.ts']);
  expect(problem).toContain('builds no SQL any more');
});

test.each([
  ['server/features/notes/note.policy.ts', `import { find } from './note.queries.ts';`],
  ['server/features/notes/note.policy.ts', `import { AppError } from '../../platform/errors.ts';`],
  ['server/features/notes/note.policy.ts', `import { z } from 'zod';`],
  ['server/features/notes/note-kinds.ts', `import { readFile } from 'node:fs/promises';`],
])('a policy that reaches beyond plain data does not pass: %s with %j', async (file, text) => {
  const problems = await problemsOf({ ...feature, [file]: text });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain('note.policy.ts reaches ');
});

test.each([
  `import { find } from './note.queries.ts';`,
  `import { canSee } from './note.policy.ts';`,
  `if (actor.role !== 'admin') throw gone;`,
  `throw forbidden('No.');`,
])('a route that says %j does not pass', async (text) => {
  expect(await problemsOf({ ...feature, 'server/features/notes/notes.routes.ts': text })).toHaveLength(1);
});
