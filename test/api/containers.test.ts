import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { environmentDefaults } from '../../server/config.ts';
import { resourcePath } from '../../server/platform/resources.ts';

// No container engine runs where these tests run, so what can go stale unseen is held against the sources.

const read = (path: string) => readFileSync(resourcePath(path), 'utf8');

test('the image copies what the product reads at run time', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?:--from=\w+ )?(.+)$/gm)].flatMap(([, line = '']) =>
    line.split(' ').slice(0, -1),
  );
  for (const path of ['package.json', 'package-lock.json', 'server/db/migrations', 'openclaw-plugin']) {
    expect(copied).toContain(path);
    expect(existsSync(resourcePath(path)), path).toBe(true);
  }
  const ignored = read('.dockerignore').split('\n');
  for (const path of copied) expect(ignored).not.toContain(path);
});

test('containers set only variables that exist, and never run with more rights than they need', () => {
  const known = [...Object.keys(environmentDefaults()), 'NODE_ENV', 'MALLOC_ARENA_MAX', 'DATABASE_HOST'];
  const dockerfile = read('Dockerfile');
  const compose = read('compose.yaml');
  const kubernetes = read('deploy/kubernetes/pinchy.yaml');
  const set = [
    ...[...dockerfile.matchAll(/\b([A-Z_]{3,})=/g)].map(([, name]) => name),
    ...[...kubernetes.matchAll(/^ {2}([A-Z_]{3,}):/gm)].map(([, name]) => name),
    ...[...kubernetes.matchAll(/name: ([A-Z_]{3,})$/gm)].map(([, name]) => name),
  ];
  expect(set.length).toBeGreaterThan(8);
  for (const name of set) expect(known).toContain(name);
  expect(dockerfile).toMatch(/^USER 1000:1000$/m);
  expect(compose).toContain('read_only: true');
  for (const rule of ['runAsNonRoot: true', 'readOnlyRootFilesystem: true', 'allowPrivilegeEscalation: false']) {
    expect(kubernetes).toContain(rule);
  }
});
