import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { builtCommand } from '../../test/server-process.ts';
import { signIn } from './demo-client.ts';
import { administrator, samplePassword } from './sample-data.ts';

// Real: the command, its database, its model; only the temporary directory is ours, to see what is left in it.

async function startDemo() {
  const temporary = await mkdtemp(join(tmpdir(), 'pinchy-demo-test-'));
  const child = spawn(process.execPath, [builtCommand, 'demo'], {
    env: { PATH: process.env['PATH'], TMPDIR: temporary, PORT: '0' },
  });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGINT');
    await ended;
    await rm(temporary, { recursive: true, force: true });
  });
  let output = '';
  child.stderr.on('data', (data) => (output += data));
  const said = (words: string) =>
    new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (data) => {
        output += data;
        if (output.includes(words)) resolve(output);
      });
      child.once('exit', () => reject(new Error(output)));
    });
  return { child, ended, temporary, said, output: () => output };
}

test('the demo is a whole server with people, answers and a valid trail, and leaves nothing behind', async () => {
  const demo = await startDemo();
  const output = await demo.said('Ctrl-C stops the demo');
  const url = /ready at (\S+)/.exec(output)?.[1] ?? '';
  const admin = await signIn(url, { email: administrator.email, password: samplePassword });
  const agents = await admin.request<{ name: string; model: string }[]>('GET', '/api/agents');
  expect(agents.map(({ name }) => name)).toEqual(expect.arrayContaining(['People Guide', 'Price Desk', 'Smithers']));
  expect(new Set(agents.map(({ model }) => model))).toEqual(new Set(['ollama-local/demo-model:rule-based-not-an-ai']));
  const reads = await admin.request<{ total: number }>('GET', '/api/audit?eventType=tool.pinchy_read&status=success');
  expect(reads.total).toBeGreaterThan(5);
  expect(await admin.request('GET', '/api/audit/verify')).toMatchObject({ valid: true });
  expect(await admin.request('GET', '/api/enterprise/status')).toMatchObject({ enterprise: true });

  const stoppedAt = Date.now();
  demo.child.kill('SIGINT');
  expect(await demo.ended).toEqual([0, null]);
  expect(Date.now() - stoppedAt).toBeLessThan(10_000);
  expect(await readdir(demo.temporary)).toEqual([]);
}, 60_000);

test('a signal while the demo starts ends it as cleanly', async () => {
  const demo = await startDemo();
  await demo.said('Creating the embedded database');
  demo.child.kill('SIGTERM');
  const ended: unknown = await demo.ended;
  expect(ended, demo.output()).toEqual([0, null]);
  expect(await readdir(demo.temporary)).toEqual([]);
}, 120_000);
