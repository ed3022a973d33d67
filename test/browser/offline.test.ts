import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../testkit/find-free-port.ts';
import type { TestUser } from '../create-test-app.ts';
import { setFaultStage, type FaultStage } from '../faults/stage.ts';
import { createVisitor } from '../faults/visitor.ts';
import type { TestServerProcess } from '../server-process.ts';
import { devicesOr } from './devices.ts';
import { openVisitor } from './visitor.ts';

// Real: a server process that is killed and started again, PostgreSQL, a browser with the product's service worker.

let stage: FaultStage;
let server: TestServerProcess;
let port: string;
let agentId: string;
const person = createVisitor();

beforeAll(async () => {
  stage = await setFaultStage();
  port = String(await findFreePort());
  server = await stage.start({ PORT: port });
  agentId = await person.setUp(server, stage.double.url);
}, 180_000);
afterAll(() => stage?.close());

for (const device of devicesOr('phone')) {
  test(`whoever reloads while the server is away reads so, and is back with their draft when it is (${device.name})`, async () => {
    const visitor = await openVisitor({ address: server.url, device, user: signedIn() });
    const { page, checkAccessibility, close, problems } = visitor;
    await openChat(page);
    await composerOf(page).fill('A thought that is not finished');
    await server.kill();
    await banner(page).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Pinchy cannot be reached' }).waitFor();
    // Nothing of anybody is kept for such times: no page, no answer of the API.
    const kept = await keptFiles(page);
    expect(kept.filter((path) => !path.startsWith('/assets/'))).toEqual([
      '/icons/icon.svg',
      '/offline.html',
      '/offline.js',
    ]);
    problems.length = 0;
    await checkAccessibility('offline');
    // The page goes on asking for the server.
    expect(problems.filter((problem) => !/ERR_CONNECTION_REFUSED/.test(problem))).toEqual([]);

    server = await stage.start({ PORT: port });
    await expect
      .poll(() =>
        composerOf(page)
          .inputValue()
          .catch(() => ''),
      )
      .toBe('A thought that is not finished');
    await close();
  }, 120_000);
}

for (const device of devicesOr('desktop')) {
  test(`what is said while the server is away waits, and is sent once when it is back (${device.name})`, async () => {
    stage.double.respond([{ text: 'Here I am.' }]);
    const visitor = await openVisitor({ address: server.url, device, user: signedIn() });
    const { page, checkAccessibility, close, problems, navigate } = visitor;
    await openChat(page);
    await server.kill();
    await banner(page).waitFor();
    for (const text of ['First thing', 'Second thing', 'Third thing']) await say(page, text);
    const waiting = page.getByText('Is sent once the connection is back');
    await expect.poll(() => waiting.count()).toBe(3);
    problems.length = 0;
    await checkAccessibility('waiting messages');
    // The page goes on asking for the server.
    expect(problems.filter((problem) => !/ERR_CONNECTION_REFUSED/.test(problem))).toEqual([]);

    await row(page, 'Third thing').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Third thing').waitFor({ state: 'detached' });
    await row(page, 'Second thing').getByRole('button', { name: 'Edit' }).click();
    await expect.poll(() => composerOf(page).inputValue()).toBe('Second thing');
    await say(page, 'Second thing, said better');

    // A page that was not opened before: the app stays.
    await navigate('Audit trail');
    await banner(page).waitFor();
    expect(await page.getByRole('heading', { name: 'Pinchy cannot be reached' }).count()).toBe(0);
    await page.goBack();
    await waiting.nth(1).waitFor();

    // The tab is closed, and another one opened while the server is still away.
    const { context } = visitor;
    await page.close();
    const later = await context.newPage();
    await later.goto(`/chat/${agentId}`);
    await later.getByRole('heading', { name: 'Pinchy cannot be reached' }).waitFor();
    const asked = () => stage.double.requests.filter(({ chat }) => chat !== undefined).length;
    const before = asked();
    server = await stage.start({ PORT: port });
    await later.getByText('Here I am.').nth(1).waitFor();
    await expect.poll(() => saidIn(agentId)).toEqual(['First thing', 'Second thing, said better']);
    expect(asked() - before).toBe(2);
    await later.reload();
    await later.getByText('Here I am.').nth(1).waitFor();
    await expect.poll(() => row(later, 'First thing').count()).toBe(1);
    await expect.poll(() => saidIn(agentId)).toHaveLength(2);
    await close();
  }, 180_000);

  test(`a conversation that begins offline, in one of two tabs, is one when there is a connection (${device.name})`, async () => {
    const { context, page, close } = await openVisitor({ address: server.url, device, user: signedIn() });
    await openChat(page);
    const other = await context.newPage();
    await openChat(other);
    await page.goto(`/chat/${agentId}/new`);
    await composerOf(page).waitFor();
    await server.kill();
    await banner(page).waitFor();
    await say(page, 'In a new conversation');
    await page.waitForURL(/\/chat\/[^/]+\/[0-9a-f-]{36}$/);
    await page.close();
    server = await stage.start({ PORT: port });
    await expect.poll(() => conversationsOf(agentId)).toContain('In a new conversation');
    const titles = await conversationsOf(agentId);
    expect(titles.filter((title) => title === 'In a new conversation')).toHaveLength(1);
    await other
      .getByRole('link', { name: /In a new conversation/ })
      .first()
      .click();
    await other.getByText('Here I am.').first().waitFor();
    await expect.poll(() => other.getByText('In a new conversation', { exact: true }).count()).toBeGreaterThan(0);
    await close();
  }, 180_000);
}

const signedIn = () => ({ cookie: person.cookie }) as TestUser;
const composerOf = (page: Page) => page.getByRole('textbox', { name: /message/i });
const banner = (page: Page) => page.getByText(/connection is back|Reconnecting/).first();
const row = (page: Page, text: string) => page.getByRole('article', { name: 'You' }).filter({ hasText: text });

/** Until the app's files are kept. */
async function openChat(page: Page): Promise<void> {
  await page.goto(`/chat/${agentId}`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await composerOf(page).waitFor();
}

async function say(page: Page, text: string): Promise<void> {
  await composerOf(page).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText(text, { exact: true }).waitFor();
}

function keptFiles(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return requests
      .flat()
      .map(({ url }) => new URL(url).pathname)
      .toSorted();
  });
}

async function conversationsOf(agent: string): Promise<string[]> {
  const { body } = await person.call(server, 'GET', `/api/agents/${agent}/chats`);
  return (body as unknown as { title: string }[]).map(({ title }) => title);
}

async function saidIn(agent: string): Promise<string[]> {
  const client = await person.connect(server);
  const { messages } = await client.history(agent);
  await client.close();
  return messages.filter(({ role }) => role === 'user').map(({ content }) => content);
}
