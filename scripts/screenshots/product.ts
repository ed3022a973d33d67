import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const root = join(import.meta.dirname, '../..');
const startMs = 120_000;

export interface Product {
  url: string;
  output: string;
  stop(): Promise<void>;
}

/** Starts the product and waits for what it says once it listens. */
export async function start(command: string, sign: string, environment: Record<string, string> = {}): Promise<Product> {
  const child = spawn(process.execPath, [join(root, 'server/cli/pinchy.ts'), command], {
    env: { ...process.env, ...environment, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`pinchy ${command} did not start in time.`)), startMs);
    child.once('exit', (code) => reject(new Error(`pinchy ${command} ended with ${code}.`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes(sign)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url: /http:\/\/localhost:\d+/.exec(output)?.[0] ?? '',
    output,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export async function signIn(page: Page, url: string, account: { email: string; password: string }): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(({ pathname }) => !pathname.startsWith('/login'));
}
