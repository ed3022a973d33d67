import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createTestApp, type TestApp } from '../create-test-app.ts';
import { devices } from './devices.ts';
import { openVisitor, type Visitor } from './visitor.ts';

const fact = 'Employees have 27 days of paid leave per year.';

describe.each(devices)('a new product, on a $name', (device) => {
  let app: TestApp;
  let model: ModelDouble;
  let visitor: Visitor;

  beforeAll(async () => {
    model = await startModelDouble({ kind: 'ollama-local' });
    app = await createTestApp();
    mkdirSync(join(app.dataRoot, 'hr-policies'));
    writeFileSync(
      join(app.dataRoot, 'hr-policies', 'leave.md'),
      `# Leave\n\n${fact}\nUnused days expire on 31 March.\n`,
    );
    visitor = await openVisitor({ address: await app.listen(), device });
  });

  afterAll(async () => {
    await visitor?.close();
    await app?.close();
    await model?.close();
  });

  test('from an empty product to an answer that quotes a document, and its proof in the trail', async () => {
    await visitor.page.goto('/');
    await setUp(visitor, model.url);
    await createKnowledgeBase(visitor);
    await ask(visitor, model);
    await verifyTrail(visitor);
    expect(visitor.problems).toEqual([]);
  });
});

async function setUp({ page, checkAccessibility }: Visitor, modelUrl: string): Promise<void> {
  await page.waitForURL('**/setup');
  await page.getByLabel('Name').fill('Ada Admin');
  await page.getByLabel('E-mail').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await checkAccessibility('setup: account');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('radio', { name: /Ollama on your own machine/ }).click();
  await page.getByLabel('Address').fill(modelUrl);
  await checkAccessibility('setup: provider');
  await page.getByRole('button', { name: 'Check and connect' }).click();
  await page.getByRole('button', { name: 'Chat with Smithers' }).waitFor();
  await checkAccessibility('setup: done');
  await page.getByRole('button', { name: 'Chat with Smithers' }).click();
  await page.getByText('I am Smithers').waitFor();
  await checkAccessibility('the first chat');
}

async function createKnowledgeBase({ page, navigate, checkAccessibility }: Visitor): Promise<void> {
  await navigate('New agent');
  await page.getByRole('radio', { name: /Knowledge Base/ }).click();
  await page.getByLabel('Name').fill('Leave Advisor');
  await page.getByRole('checkbox', { name: /hr-policies/ }).check();
  await checkAccessibility('new agent with documents');
  await page.getByRole('button', { name: 'Create agent' }).click();
  await page.waitForURL('**/chat/**');
}

async function ask({ page, checkAccessibility }: Visitor, model: ModelDouble): Promise<void> {
  model.respond((request) => {
    const answersTool = request.messages.at(-1)?.toolResults?.length;
    return answersTool
      ? [{ text: `The policy says: “${fact}” (leave.md, line 3)`, chunks: 8 }]
      : [{ toolCall: { name: 'pinchy_read', input: { path: '/data/hr-policies/leave.md' } } }];
  });
  await page.getByLabel('Message to Leave Advisor').fill('How many days of leave do I have?');
  await page.getByRole('button', { name: 'Send' }).click();
  const conversation = page.getByRole('region', { name: 'Conversation with Leave Advisor' });
  await conversation.getByText(fact).waitFor();
  const card = conversation.getByRole('button', { name: /leave\.md/ }).first();
  await card.click();
  await conversation.getByText('/data/hr-policies/leave.md', { exact: true }).waitFor();
  await checkAccessibility('an answer from a document');
  const read = model.requests.map((request) => JSON.stringify(request.chat)).join('\n');
  expect(read).toContain(fact);
}

async function verifyTrail({ page, navigate }: Visitor): Promise<void> {
  await navigate('Audit trail');
  await page
    .getByText(/^Leave Advisor read \/data\/hr-policies\/leave\.md/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Verify the trail' }).click();
  await page.getByText('The trail is intact').waitFor();
}
