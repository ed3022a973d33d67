import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { environmentDefaults } from '../../config.ts';
import { resourcePath } from '../../platform/resources.ts';
import { installGateway } from './install-gateway.ts';

// npm is doubled by a program that writes down how it was called; what it would fetch is pinned by the lock file.

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'pinchy-install-'));
  mkdirSync(join(root, 'bin'));
  const script = `#!${process.execPath}
    const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
    const lock = readFileSync('package-lock.json', 'utf8');
    writeFileSync(${JSON.stringify(join(root, 'call.json'))}, JSON.stringify({ args: process.argv.slice(2), env: process.env, lock }));
    mkdirSync('node_modules/openclaw', { recursive: true });
    writeFileSync('node_modules/openclaw/package.json', '{}');`;
  for (const name of ['npm', 'npm.cjs']) {
    writeFileSync(join(root, 'bin', name), script);
    chmodSync(join(root, 'bin', name), 0o755);
  }
  for (const name of Object.keys(secrets)) vi.stubEnv(name, secrets[name]);
  vi.stubEnv('PATH', `${join(root, 'bin')}:${process.env['PATH']}`);
  vi.stubEnv('HTTPS_PROXY', 'http://proxy.example:3128');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

/** All of ours, and what others keep in an environment. */
const secrets: Record<string, string> = Object.fromEntries(
  [...Object.keys(environmentDefaults()), 'AWS_SECRET_ACCESS_KEY', 'PGPASSWORD', 'ANTHROPIC_API_KEY'].map((name) => [
    name,
    `secret of ${name}`,
  ]),
);

interface Call {
  args: string[];
  env: Record<string, string>;
  lock: string;
}
const readCall = () => JSON.parse(readFileSync(join(root, 'call.json'), 'utf8')) as Call;

function expectNoSecrets({ env }: Call): void {
  expect(Object.keys(env).filter((name) => name in secrets)).toEqual([]);
  expect(JSON.stringify(env)).not.toContain('secret of');
  expect(env).toMatchObject({ HTTPS_PROXY: 'http://proxy.example:3128', HOME: process.env['HOME'] });
}

test('the gateway is installed as it is pinned, without scripts and without secrets', async () => {
  const directory = join(root, 'package');
  await installGateway(directory, () => undefined);
  const call = readCall();
  expect(call.args).toEqual(['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  expect(call.lock).toBe(readFileSync(resourcePath('openclaw-gateway', 'package-lock.json'), 'utf8'));
  expectNoSecrets(call);
  rmSync(join(root, 'call.json'));
  await installGateway(directory, () => undefined);
  expect(readCall).toThrow('ENOENT');
  // What was installed from another lock file, or without one, is not what is pinned.
  writeFileSync(join(directory, 'package-lock.json'), '{}');
  await installGateway(directory, () => undefined);
  expect(readCall().args[0]).toBe('ci');
});

test('the lock file pins every package by its content, from wherever it comes', () => {
  const lock = JSON.parse(readFileSync(resourcePath('openclaw-gateway', 'package-lock.json'), 'utf8')) as {
    packages: Record<
      string,
      { version?: string; integrity?: string; resolved?: string; inBundle?: boolean; dependencies?: object }
    >;
  };
  const { '': own, ...packages } = lock.packages;
  const manifest = JSON.parse(readFileSync(resourcePath('openclaw-gateway', 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(own?.dependencies).toEqual(manifest.dependencies);
  expect(packages['node_modules/openclaw']?.version).toBe(manifest.dependencies['openclaw']);
  expect(Object.keys(packages).length).toBeGreaterThan(100);
  for (const [path, { integrity, resolved, inBundle }] of Object.entries(packages))
    // A bundled one is part of another's content.
    if (!inBundle) expect([path, integrity, resolved]).toEqual([path, expect.stringMatching(/^sha512-/), undefined]);
});

test('Pinchy’s own packages are installed without its secrets as well', async () => {
  const checkout = join(root, 'checkout');
  cpSync(resourcePath('scripts'), join(checkout, 'scripts'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(resourcePath(name), join(checkout, name));
  const child = spawn(process.execPath, [join(checkout, 'scripts', 'bootstrap.mjs'), 'install'], {
    env: { ...process.env, npm_execpath: join(root, 'bin', 'npm.cjs') },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  const call = readCall();
  expect(call.args[0]).toBe('ci');
  expectNoSecrets(call);
});
