import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createTestApp, type TestApp } from '../create-test-app.ts';
import { launchBrowser } from './launch-browser.ts';
import { watchPage } from './watch-page.ts';

const fact = 'Employees have 27 days of paid leave per year.';

let app: TestApp;
let model: ModelDouble;
let browser: Browser;
let address: string;

beforeAll(async () => {
  model = await startModelDouble({ kind: 'ollama-local' });
  app = await createTestApp();
  mkdirSync(join(app.dataRoot, 'hr-policies'));
  writeFileSync(join(app.dataRoot, 'hr-policies', 'leave.md'), `# Leave\n\n${fact}\nUnused days expire on 31 March.\n`);
  browser = await launchBrowser();
  address = await app.listen();
});

afterAll(async () => {
  await browser?.close();
  await app?.close();
  await model?.close();
});

test('from an empty product to an answer that quotes a document, and its proof in the trail', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const problems = watchPage(page);

  await page.goto(address);
  page.setDefaultTimeout(30_000);
  await setUp(page);
  await createKnowledgeBase(page);
  await ask(page);
  await verifyTrail(page);

  expect(problems).toEqual([]);
  await context.close();
});

async function setUp(page: Page): Promise<void> {
  await page.waitForURL('**/setup');
  await page.getByLabel('Name').fill('Ada Admin');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('radio', { name: /Ollama on your own machine/ }).click();
  await page.getByLabel('Address').fill(model.url);
  await page.getByRole('button', { name: 'Check and connect' }).click();
  await page.getByRole('button', { name: 'Chat with Smithers' }).click();
  await page.getByText('I am Smithers').waitFor();
}

async function createKnowledgeBase(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'New agent' }).first().click();
  await page.getByRole('radio', { name: /Knowledge Base/ }).click();
  await page.getByLabel('Name').fill('Leave Advisor');
  await page.getByRole('checkbox', { name: /hr-policies/ }).check();
  await page.getByRole('button', { name: 'Create agent' }).click();
  await page.waitForURL('**/chat/**');
}

async function ask(page: Page): Promise<void> {
  model.respond((request) => {
    const answersTool = request.messages.at(-1)?.toolResults?.length;
    return answersTool
      ? [{ text: `The policy says: “${fact}” (leave.md, line 3)`, chunks: 8 }]
      : [{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr-policies/leave.md' } } }];
  });
  await page.getByLabel('Message to Leave Advisor').fill('How many days of leave do I have?');
  await page.keyboard.press('Enter');
  const conversation = page.getByRole('region', { name: 'Conversation with Leave Advisor' });
  await conversation.getByText(fact).waitFor();
  const card = conversation.getByRole('button', { name: /leave\.md/ });
  await card.click();
  await conversation.getByText('/data/hr-policies/leave.md').waitFor();
  const read = model.requests.map((request) => JSON.stringify(request.chat)).join('\n');
  expect(read).toContain(fact);
}

async function verifyTrail(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Audit trail' }).click();
  await page.getByRole('button', { name: 'tool.pinchy_read' }).waitFor();
  await page.getByRole('button', { name: 'Verify the trail' }).click();
  await page.getByText('The trail is intact').waitFor();
}
