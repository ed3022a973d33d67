import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Step } from '../../testkit/model-double.ts';
import { createMember } from '../create-test-app.ts';
import { devices } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';

type Fault = Extract<Step, { error: unknown }>;

/** With a wait that is too long to be waited for, so that the person hears of it at once. */
const faults: { fault: Fault; says: string; explains: RegExp; admin?: string; member?: string }[] = [
  {
    fault: { error: 'auth' },
    says: 'The model provider refused the key.',
    explains: /rejected this API key\. Check that/,
    admin: 'Open provider settings',
    member: 'Ask an admin to look at the provider settings.',
  },
  {
    fault: { error: 'quota' },
    says: 'The quota of the model provider is used up.',
    explains: /out of credit or over its quota/,
    admin: 'Open provider settings',
    member: 'Ask an admin to look at the provider settings.',
  },
  {
    fault: { error: 'model-not-found' },
    says: 'The model of this agent is no longer offered.',
    explains: /is not available from Anthropic/,
    admin: 'Choose another model',
    member: 'Ask an admin to choose another model for this agent.',
  },
  {
    fault: { error: 'rate-limit', retryAfter: 90 },
    says: 'The model provider takes no more requests just now.',
    explains: /too many requests from this account right now/,
  },
  {
    fault: { error: 'overloaded', retryAfter: 90 },
    says: 'The model provider did not give a whole answer.',
    explains: /is overloaded or has a fault right now/,
  },
];

describe('a provider that refuses', () => {
  let journey: Journey;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(devices[1]!, { provider: 'anthropic' });
    agentId = await journey.createAgent('Scribe');
  });
  afterAll(() => journey?.close());

  test('an admin is told what happened and led to where it is mended, and the question is asked again', async () => {
    const visitor = await journey.visit(journey.admin);
    const { page } = visitor;
    await open(page);
    for (const { fault, says, explains, admin } of faults) {
      await askInVain(page, fault);
      const notice = page.getByRole('alert').filter({ hasText: says });
      await notice.getByText(explains).waitFor();
      if (fault.error === 'auth') await visitor.checkAccessibility('a refused answer');
      if (admin) {
        await notice.getByRole('link', { name: admin }).click();
        await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor();
        expect(page.url()).toMatch(/\/settings(\?section=providers)?$/);
        await page.goBack();
      }
      await notice.getByRole('button', { name: 'Ask again' }).click();
      await answered(page);
      expect(await notice.count()).toBe(0);
    }
    expect(journey.problems()).toEqual([]);
  });

  test('a member is told whom to ask', async () => {
    const visitor = await journey.visit(await createMember(journey.server.app, journey.admin));
    const { page } = visitor;
    await open(page);
    for (const { fault, says, member } of faults.filter((each) => each.member)) {
      await askInVain(page, fault);
      const notice = page.getByRole('alert').filter({ hasText: says });
      await notice.getByText(member!).waitFor();
      expect(await notice.getByRole('link').count()).toBe(0);
      await notice.getByRole('button', { name: 'Ask again' }).click();
      await answered(page);
    }
    await visitor.checkAccessibility('an answer at last');
    expect(journey.problems()).toEqual([]);
  });

  test('a question without an answer says why, also after a reload, and in a chat too long a new one begins', async () => {
    const visitor = await journey.visit(journey.admin);
    const { page } = visitor;
    await open(page);
    await askInVain(page, { error: 'overloaded', retryAfter: 90 });
    await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('This was not answered.').waitFor();
    await page.reload();
    await page
      .getByRole('alert')
      .getByText(/is overloaded or has a fault/)
      .waitFor();
    await visitor.checkAccessibility('a question without an answer');
    journey.model.respond([{ text: 'All is well.' }]);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await answered(page);
    expect(await page.getByRole('alert').count()).toBe(0);

    await askInVain(page, { error: 'context-too-long' });
    await page.getByRole('alert').getByRole('button', { name: 'Start a new conversation' }).click();
    await page.waitForURL(/\/chat\/[^/]+\/[^/]+$/);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(journey.problems()).toEqual([]);
  });

  async function open(page: Page): Promise<void> {
    await page.goto(`/chat/${agentId}`);
    await page.getByLabel('Message to Scribe').waitFor();
  }

  async function askInVain(page: Page, fault: Fault): Promise<void> {
    journey.model.respond([fault]);
    await page.getByLabel('Message to Scribe').fill(`Is all well? (${fault.error})`);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('alert').waitFor();
    journey.model.respond([{ text: 'All is well.' }]);
  }

  /** The last thing in the conversation is the answer. */
  async function answered(page: Page): Promise<void> {
    const last = page
      .getByRole('region', { name: /^Conversation with/ })
      .getByRole('article')
      .last();
    await last.getByText('All is well.').waitFor();
    await last.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
  }
});
