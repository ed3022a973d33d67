import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

// No runner of GitHub's is here, so what can go stale unseen is held against the sources.

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { 'runs-on': string; steps: { run?: string; uses?: string }[] }>;
}

test.each(globSync('.github/workflows/*.yml', { cwd: root }))('%s runs what is there', (file) => {
  const { jobs, permissions } = parse(read(file)) as Workflow;
  expect(permissions, 'a token may do only what is named').toBeDefined();
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const commands = steps.flatMap(({ run }) => run ?? []);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    const [, script] = /^npm (?:run )?([a-z:]+)/.exec(command) ?? [];
    if (script) expect(scripts).toHaveProperty(script);
    const [, path] = /^node (\S+)/.exec(command) ?? [];
    if (path) expect(existsSync(join(root, path)), path).toBe(true);
    // What others chose, such as a branch's name, reaches a shell as a variable only.
    expect(command).not.toContain('${{');
  }
});

test('every change is tested, a release gets its packages, and dependencies are followed', () => {
  const commands = (file: string) =>
    Object.values((parse(read(`.github/workflows/${file}`)) as Workflow).jobs).flatMap(({ steps }) =>
      steps.flatMap(({ run }) => run ?? []),
    );
  expect(commands('test.yml')).toContain('npm test');
  expect(commands('release.yml')).toContain('npm run package');
  expect(commands('dependencies.yml')).toContain('npm run check:node');
  const { updates } = parse(read('.github/dependabot.yml')) as { updates: { 'package-ecosystem': string }[] };
  expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['docker', 'github-actions', 'npm']);
});

test('the forms ask for the page of the doctor', () => {
  const { body } = parse(read('.github/ISSUE_TEMPLATE/fault.yml')) as { body: { id?: string }[] };
  expect(body.map(({ id }) => id)).toContain('doctor');
});
