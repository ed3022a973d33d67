import { mkdtemp, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, request } from '../create-test-app.ts';
import { builtCommand } from '../server-process.ts';
import { devicesOr } from './devices.ts';
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

describe.each(devicesOr('phone'))('the demo, on a $name', (device) => {
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

  test('each story is one press away, and happens', async () => {
    const visitor = await openVisitor({ address, device });
    const { page } = visitor;
    const banner = page.getByRole('complementary', { name: 'This is the demo' });
    const stories = page.getByRole('dialog', { name: 'See it at work' });
    const follow = async (story: string) => {
      await banner.getByRole('button', { name: 'Stories' }).click();
      await stories.getByRole('button', { name: story }).click();
      await stories.waitFor({ state: 'detached' });
    };

    await page.goto(`${address}/login`);
    await page.getByRole('button', { name: 'An agent cites where it found it' }).click();
    await banner.getByText('Press the number behind an answer').waitFor();
    await visitor.checkAccessibility('the line of a story');
    await page
      .getByRole('button', { name: /^Source \d+:/ })
      .first()
      .click();
    const source = page.getByRole('dialog', { name: /annual-leave\.md/ });
    await source.locator('mark[data-quote]').first().waitFor();
    await source.getByRole('button', { name: 'Close the document' }).click();

    await banner.getByRole('button', { name: 'Stories' }).click();
    await stories.waitFor();
    await visitor.checkAccessibility('dialog: the stories');
    await stories.getByRole('button', { name: 'An agent searches the documents' }).click();
    const composer = page.getByLabel('Message to People Guide');
    await expect.poll(() => composer.inputValue()).toContain('parental leave');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('16 weeks of fully paid parental leave').first().waitFor();
    await page
      .getByRole('button', { name: /searched/i })
      .first()
      .waitFor();

    // Again from the page where it ended: the question is there anew.
    await follow('An agent searches the documents');
    await expect.poll(() => composer.inputValue()).toContain('parental leave');

    await follow('A change waits for a person');
    await page.getByLabel('Message to Smithers').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Every shared agent knows it from now on').first().waitFor();
    const context = await page.evaluate(
      async () => ((await (await fetch('/api/settings/context')).json()) as { content: string }).content,
    );
    expect(context).toContain('we ship on Tuesdays and Fridays');
    expect(context).toContain('62 people in Graz');

    await follow('A budget is used up');
    await page.getByLabel('Message to Sparring Partner').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('A budget is used up.').waitFor();
    await page.getByRole('link', { name: 'Open budgets' }).click();
    const budgets = page.getByRole('list', { name: 'All budgets' });
    await budgets.getByText('Agent Sparring Partner').waitFor();
    await budgets.getByText('used up', { exact: true }).waitFor();
    await page
      .getByText(/^Forecast for /)
      .first()
      .waitFor();
    await follow('Who read what, and for whom');
    await page
      .getByRole('button', { name: /People Guide read .*annual-leave\.md for Nora Adeyemi/ })
      .first()
      .waitFor();

    await banner.getByRole('button', { name: 'End the story' }).click();
    await banner.getByText('nothing', { exact: false }).waitFor();
    expect(visitor.problems).toEqual([]);
    await visitor.close();
  });

  test('a story of somebody else makes one that person', async () => {
    const visitor = await openVisitor({ address, device });
    const { page } = visitor;
    await page.goto(`${address}/login`);
    await page.getByRole('button', { name: 'Sign in as Ines Carvalho' }).click();
    await page.getByRole('button', { name: 'Stories' }).click();
    // Nobody is signed in for longer than a lost socket waits; it is not tried again, which would be refused.
    await page.route('**/api/auth/sign-in/email', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.continue();
    });
    await page.getByRole('dialog').getByRole('button', { name: 'Who read what, and for whom' }).click();
    await page.waitForURL('**/audit?search=**');
    const me = await page.evaluate(async () => (await (await fetch('/api/users/me')).json()) as { name: string });
    expect(me.name).toBe('Nora Adeyemi');
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
