import { mkdtemp, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, request } from '../create-test-app.ts';
import { builtCommand } from '../server-process.ts';
import { devices } from './devices.ts';
import { openVisitor } from './visitor.ts';

let address: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  const temporary = await mkdtemp(join(tmpdir(), 'pinchy-demo-test-'));
  const child = spawn(process.execPath, [builtCommand, 'demo'], {
    env: { PATH: process.env['PATH'], TMPDIR: temporary, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  stop = async () => {
    child.kill('SIGINT');
    await ended;
    await rm(temporary, { recursive: true, force: true });
  };
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(output)));
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
      if (output.includes('Ctrl-C stops the demo')) resolve();
    });
  });
  address = /ready at (\S+)/.exec(output)?.[1] ?? '';
}, 120_000);
afterAll(() => stop?.());

describe.each(devices)('the demo, on a $name', (device) => {
  test('says what it is, and each sample person is one click away', async () => {
    const visitor = await openVisitor({ address, device });
    const { page } = visitor;
    await page.goto(`${address}/login`);
    await page.getByText('This is the demo').waitFor();
    await visitor.checkAccessibility('sign-in of the demo');
    await expect.poll(() => page.getByRole('button', { name: /^Sign in as / }).count()).toBe(5);
    await page.getByRole('button', { name: 'Sign in as Nora Adeyemi' }).click();
    await page.getByRole('complementary', { name: 'This is the demo' }).waitFor();
    await page.getByLabel(/^Message to /).waitFor();
    await visitor.checkAccessibility('a page of the demo');
    const overflow = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(overflow).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'Be somebody else' }).click();
    await page.getByRole('button', { name: 'Sign in as Tomasz Nowak' }).click();
    await page.getByRole('complementary', { name: 'This is the demo' }).waitFor();
    const me = await page.evaluate(async () => (await (await fetch('/api/users/me')).json()) as { name: string });
    expect(me.name).toBe('Tomasz Nowak');
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });
});

test('a product that is no demo tells of no people, whatever its environment says', async () => {
  const server = await createTestApp({ environment: { DEMO: '1', PINCHY_DEMO: '1' } });
  await createAdmin(server.app);
  const { body } = await request(server.app, 'GET', '/api/setup/status');
  expect(body).toEqual({ setupComplete: true, providerConfigured: false });
  await server.close();
});
