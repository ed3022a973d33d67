import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../test/browser/launch-browser.ts';

// Takes the pictures of README and guides from the demo, so that they stay true: `npm run screenshots`.

const root = join(import.meta.dirname, '..');
const target = join(root, 'docs/screenshots');
const startMs = 120_000;

interface Shot {
  name: string;
  path: (ids: Ids) => string;
  /** A text that shows once the page is complete. */
  ready: string | RegExp;
  isForStrangers?: boolean;
}

interface Ids {
  agentId: string;
  /** Of an invitation that nobody has used. */
  inviteToken: string;
}

const shots: Shot[] = [
  { name: 'chat', path: ({ agentId }) => `/chat/${agentId}`, ready: 'Conversations' },
  { name: 'new-agent', path: () => '/agents/new', ready: 'Create agent' },
  {
    name: 'permissions',
    path: ({ agentId }) => `/agents/${agentId}/settings?tab=permissions`,
    ready: 'This agent can',
  },
  { name: 'general', path: ({ agentId }) => `/agents/${agentId}/settings?tab=general`, ready: 'Greeting' },
  { name: 'personality', path: ({ agentId }) => `/agents/${agentId}/settings?tab=personality`, ready: 'SOUL.md' },
  { name: 'instructions', path: ({ agentId }) => `/agents/${agentId}/settings?tab=instructions`, ready: 'AGENTS.md' },
  { name: 'access', path: ({ agentId }) => `/agents/${agentId}/settings?tab=access`, ready: 'Who can use it' },
  { name: 'settings-providers', path: () => '/settings?section=providers', ready: 'Model providers' },
  { name: 'settings-context', path: () => '/settings?section=context', ready: 'Organisation context' },
  { name: 'settings-people', path: () => '/settings?section=users', ready: 'Everyone who can sign in' },
  { name: 'settings-groups', path: () => '/settings?section=groups', ready: 'Groups' },
  { name: 'settings-licence', path: () => '/settings?section=licence', ready: 'Licence' },
  { name: 'settings-security', path: () => '/settings?section=security', ready: 'Security' },
  { name: 'settings-profile', path: () => '/settings?section=profile', ready: 'Your personal context' },
  { name: 'usage', path: () => '/usage', ready: 'By agent' },
  { name: 'audit', path: () => '/audit', ready: 'auth.login' },
  { name: 'api-docs', path: () => '/api/docs', ready: 'Health' },
  // Last: an invitation is for somebody who is not signed in.
  {
    name: 'invite',
    path: ({ inviteToken }) => `/invite/${inviteToken}`,
    ready: 'Create account',
    isForStrangers: true,
  },
];

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

interface Product {
  url: string;
  output: string;
  stop(): Promise<void>;
}

/** Starts the product and waits for what it says once it listens. */
async function start(command: string, sign: string, environment: Record<string, string> = {}): Promise<Product> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [join(root, 'server/cli/pinchy.ts'), command], {
    env: { ...process.env, ...environment, PORT: String(port) },
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
    url: `http://localhost:${port}`,
    output,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

interface Demo extends Product {
  email: string;
  password: string;
}

/** The demo says with which sample sign-ins one comes in. */
async function startDemo(): Promise<Demo> {
  const product = await start('demo', 'Ctrl-C stops the demo');
  const email = /^\s+(\S+@\S+)\s.*admin/m.exec(product.output)?.[1];
  const password = /password (\S+)/.exec(product.output)?.[1];
  if (!email || !password) throw new Error('The demo did not say how to sign in.');
  return { ...product, email, password };
}

async function signIn(page: Page, demo: Demo): Promise<Ids> {
  await page.goto(`${demo.url}/login`);
  await page.getByLabel('E-mail').fill(demo.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(demo.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
  const agents = (await (await page.request.get(`${demo.url}/api/agents`)).json()) as {
    id: string;
    isPersonal: boolean;
  }[];
  for (const agent of agents.filter(({ isPersonal }) => !isPersonal)) {
    const chats = (await (await page.request.get(`${demo.url}/api/agents/${agent.id}/chats`)).json()) as unknown[];
    if (chats.length > 0) return { agentId: agent.id, inviteToken: await invite(page, demo.url) };
  }
  throw new Error('The demo has no conversation to show.');
}

async function invite(page: Page, url: string): Promise<string> {
  const answer = await page.request.post(`${url}/api/users/invite`, {
    data: { role: 'member', email: 'robin@example.com' },
    headers: { origin: url },
  });
  return ((await answer.json()) as { token: string }).token;
}

async function takeAll(demo: Demo, empty: Product): Promise<void> {
  const views = [
    { suffix: '', viewport: { width: 1280, height: 800 }, colorScheme: 'light' as const },
    { suffix: '-dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const },
    { suffix: '-phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
  ];
  for (const { suffix, viewport, colorScheme } of views) {
    // The packaged Chromium runs in one process and ends with its first context, so each view has its own.
    const browser = await launchBrowser();
    const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'Europe/Vienna' });
    const page = await context.newPage();
    await page.goto(`${empty.url}/setup`);
    await page.getByLabel('E-mail').waitFor();
    await page.screenshot({ path: join(target, `setup${suffix}.png`) });
    await page.goto(`${demo.url}/login`);
    await page.getByLabel('E-mail').waitFor();
    await page.screenshot({ path: join(target, `sign-in${suffix}.png`) });
    const ids = await signIn(page, demo);
    for (const { name, path, ready, isForStrangers } of shots) {
      if (isForStrangers) await context.clearCookies();
      await page.goto(demo.url + path(ids), { waitUntil: 'networkidle' });
      await page
        .getByText(ready)
        .first()
        .waitFor({ state: suffix === '-phone' ? 'attached' : 'visible' });
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(target, `${name}${suffix}.png`) });
      console.log(`${name}${suffix}.png`);
    }
    await browser.close();
  }
}

await mkdir(target, { recursive: true });
const home = await mkdtemp(join(tmpdir(), 'pinchy-screenshots-'));
const running: Product[] = [];
try {
  const empty = await start('start', 'Ctrl-C stops it', { PINCHY_HOME: home });
  running.push(empty);
  const demo = await startDemo();
  running.push(demo);
  await takeAll(demo, empty);
} finally {
  for (const product of running) await product.stop();
  await rm(home, { recursive: true, force: true });
}
