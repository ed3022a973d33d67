import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../test/browser/launch-browser.ts';
import { type Connected, startConnected } from './connected.ts';
import { type Product, signIn, start } from './product.ts';

// Takes the pictures of README and guides, so that they stay true: from the demo, from a product that is not set up yet,
// and from one to which other systems are connected. `npm run screenshots`, or `npm run screenshots -- NAME…` for some.

const target = join(import.meta.dirname, '../../docs/screenshots');
const asked = new Set(process.argv.slice(2));
const isAsked = (name: string) => asked.size === 0 || asked.has(name);

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
  { name: 'audit', path: () => '/audit', ready: 'signed in' },
  { name: 'api-docs', path: () => '/api/docs', ready: 'Health' },
  // Last: an invitation is for somebody who is not signed in.
  {
    name: 'invite',
    path: ({ inviteToken }) => `/invite/${inviteToken}`,
    ready: 'Create account',
    isForStrangers: true,
  },
];

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

async function enterDemo(page: Page, demo: Demo): Promise<Ids> {
  await signIn(page, demo.url, demo);
  const agents = (await (await page.request.get(`${demo.url}/api/agents`)).json()) as {
    id: string;
    isPersonal: boolean;
    allowedTools: string[];
  }[];
  // One that reads: README shows a file that was read, and the source of an answer.
  for (const agent of agents.filter(({ isPersonal, allowedTools }) => !isPersonal && allowedTools.length > 0)) {
    const chats = (await (await page.request.get(`${demo.url}/api/agents/${agent.id}/chats`)).json()) as unknown[];
    if (chats.length > 0) return { agentId: agent.id, inviteToken: await inviteOnce(page, demo.url) };
  }
  throw new Error('The demo has no conversation to show.');
}

let invitation: Promise<string> | undefined;

/** One invitation for all views, so that they show the same. */
const inviteOnce = (page: Page, url: string): Promise<string> => (invitation ??= invite(page, url));

async function invite(page: Page, url: string): Promise<string> {
  const answer = await page.request.post(`${url}/api/users/invite`, {
    data: { role: 'member', email: 'robin@example.com' },
    headers: { origin: url },
  });
  return ((await answer.json()) as { token: string }).token;
}

const connectedShots: Shot[] = [
  { name: 'chat-odoo', path: ({ agentId }) => `/chat/${agentId}`, ready: 'That is 55,200.00 in all.' },
  {
    name: 'permissions-odoo',
    path: ({ agentId }) => `/agents/${agentId}/settings?tab=permissions`,
    ready: /in “Larkspur Odoo”/,
  },
  { name: 'agent-telegram', path: ({ agentId }) => `/agents/${agentId}/settings?tab=telegram`, ready: 'Working' },
  { name: 'settings-telegram', path: () => '/settings?section=telegram', ready: 'Main bot' },
  { name: 'settings-integrations', path: () => '/settings?section=integrations', ready: 'Larkspur Odoo' },
];

const views = [
  { suffix: '', viewport: { width: 1280, height: 800 }, colorScheme: 'light' as const },
  { suffix: '-dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' as const },
  { suffix: '-phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
];
type View = (typeof views)[number];

/** The packaged Chromium runs in one process and ends with its first context, so each view has its own. */
async function inBrowser({ viewport, colorScheme }: View, look: (page: Page) => Promise<void>): Promise<void> {
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'Europe/Vienna' });
  try {
    await look(await context.newPage());
  } finally {
    await browser.close();
  }
}

async function take(page: Page, view: View, url: string, ids: Ids, { name, path, ready }: Shot): Promise<void> {
  await page.goto(url + path(ids), { waitUntil: 'networkidle' });
  await page
    .getByText(ready)
    .first()
    .waitFor({ state: view.suffix === '-phone' ? 'attached' : 'visible' });
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(target, `${name}${view.suffix}.png`) });
  console.log(`${name}${view.suffix}.png`);
}

async function takeStrangers(page: Page, view: View, empty: Product, demo: Demo): Promise<void> {
  const ids = { agentId: '', inviteToken: '' };
  const setup = { name: 'setup', path: () => '/setup', ready: 'E-mail' };
  if (isAsked(setup.name)) await take(page, view, empty.url, ids, setup);
  const signInPage = { name: 'sign-in', path: () => '/login', ready: 'E-mail' };
  if (isAsked(signInPage.name)) await take(page, view, demo.url, ids, signInPage);
}

async function takeDemo(page: Page, view: View, demo: Demo): Promise<void> {
  const wanted = shots.filter(({ name }) => isAsked(name));
  if (wanted.length === 0) return;
  const ids = await enterDemo(page, demo);
  for (const shot of wanted) {
    if (shot.isForStrangers) await page.context().clearCookies();
    await take(page, view, demo.url, ids, shot);
  }
}

async function takeConnected(page: Page, view: View, connected: Connected): Promise<void> {
  const ids = { agentId: connected.agentId, inviteToken: '' };
  await connected.signIn(page);
  for (const shot of connectedShots.filter(({ name }) => isAsked(name)))
    await take(page, view, connected.url, ids, shot);
}

const known = [...shots, ...connectedShots].map(({ name }) => name).concat('setup', 'sign-in');
const unknown = [...asked].filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no picture ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(1);
}
// The server runs from its sources, but shows the web app that was built.
const built = spawnSync(process.execPath, [join(import.meta.dirname, '../bootstrap.mjs'), 'build'], {
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(1);
await mkdir(target, { recursive: true });
const homes = await mkdtemp(join(tmpdir(), 'pinchy-screenshots-'));
const running: Product[] = [];
const keep = async <Kind extends Product>(starting: Promise<Kind>): Promise<Kind> => {
  const product = await starting;
  running.push(product);
  return product;
};
try {
  if (known.some((name) => isAsked(name) && !connectedShots.some((shot) => shot.name === name))) {
    const empty = await keep(start('start', 'Ctrl-C stops it', { PINCHY_HOME: join(homes, 'empty') }));
    const demo = await keep(startDemo());
    for (const view of views) {
      await inBrowser(view, (page) => takeStrangers(page, view, empty, demo));
      await inBrowser(view, (page) => takeDemo(page, view, demo));
    }
  }
  if (connectedShots.some(({ name }) => isAsked(name))) {
    const connected = await keep(startConnected(join(homes, 'connected')));
    for (const view of views) await inBrowser(view, (page) => takeConnected(page, view, connected));
  }
} finally {
  for (const product of running) await product.stop();
  await rm(homes, { recursive: true, force: true });
}
