import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLicenceKeys } from '../licence-keys.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('usage and audit, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let scribeId: string;

  beforeAll(async () => {
    const keys = await createLicenceKeys();
    journey = await startJourney(device, {
      environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
    });
    scribeId = await journey.createAgent('Scribe', { allowedTools: ['pinchy_ls'] });
    await journey.createAgent('Idle');
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    journey.model.respond(({ messages }) =>
      messages.at(-1)?.toolResults
        ? [{ usage: { input: 345, output: 67 } }, { text: 'Nothing there.' }]
        : [{ toolCall: { name: 'pinchy_ls', input: { path: '/data/secret' } } }],
    );
    await page.goto(`/chat/${scribeId}`);
    await page.getByLabel('Message to Scribe').fill('Look around.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByRole('button', { name: 'Copy as Markdown' }).waitFor();
  });
  afterAll(() => journey?.close());

  test('usage is filtered, the filter is kept in the address, and exported as CSV', async () => {
    await visitor.navigate('Usage');
    const byAgent = page.getByRole('row', { name: /Scribe/ });
    await byAgent.waitFor();
    await page.getByRole('row', { name: /Ada Admin/ }).waitFor();
    await visitor.checkAccessibility('usage');
    await choose('Period', 'Last 7 days');
    await page.waitForURL('**days=7*');
    await choose('Agent', 'Idle');
    await page.getByText('Nothing was used in this period').waitFor();
    await visitor.checkAccessibility('usage, nothing found');
    await page.goBack();
    await visitor.navigate('Usage');
    await byAgent.waitFor();
    await page.goto(`/usage?days=7&agentId=${scribeId}`);
    await byAgent.waitFor();
    expect(await page.getByRole('combobox', { name: 'Agent' }).inputValue()).toBe('Scribe');
    expect(await page.getByRole('combobox', { name: 'Period' }).inputValue()).toBe('Last 7 days');
    const rows = await download();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).toContain('Scribe');
    expect(journey.problems()).toEqual([]);
  });

  test('the trail is filtered, opened, verified and exported', async () => {
    await visitor.navigate('Audit trail');
    await page.getByRole('button', { name: 'agent.created' }).first().waitFor();
    await visitor.checkAccessibility('audit trail');
    await choose('Outcome', 'Failed');
    await page.waitForURL('**status=failure*');
    const failure = page.getByRole('button', { name: /^tool\./ });
    await failure.waitFor();
    await page.getByRole('button', { name: 'agent.created' }).first().waitFor({ state: 'detached' });
    await failure.click();
    const drawer = page.getByRole('dialog', { name: /^Entry / });
    await drawer.getByText('Signature').waitFor();
    await visitor.checkAccessibility('drawer: an entry of the trail');
    await drawer.getByRole('button', { name: 'Close' }).click();
    await drawer.waitFor({ state: 'detached' });

    const failures = await download();
    expect(failures.length).toBeGreaterThan(0);
    expect(new Set(failures.map(({ outcome }) => outcome))).toEqual(new Set(['failure']));

    await page.reload();
    await failure.waitFor();
    expect(await page.getByRole('combobox', { name: 'Outcome' }).inputValue()).toBe('Failed');
    await choose('Event', 'provider.');
    await page.getByText('No entry matches').waitFor();
    await visitor.checkAccessibility('audit trail, nothing found');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('button', { name: 'agent.created' }).first().waitFor();
    await page.getByRole('button', { name: 'Verify the trail' }).click();
    await page.getByText('The trail is intact').waitFor();
    await visitor.checkAccessibility('audit trail, verified');
    expect(journey.problems()).toEqual([]);
  });

  test('a missing anchor is shown until an admin begins a new one', async () => {
    await rm(join(journey.server.home, 'audit-anchor.json'));
    await page.goto('/audit');
    await page.getByText('The anchor of the trail is missing').waitFor();
    await visitor.checkAccessibility('audit trail, anchor missing');
    await page.getByRole('button', { name: 'Begin a new anchor…' }).click();
    await page.getByRole('dialog').getByText('Begin a new anchor?').waitFor();
    await page.getByRole('button', { name: 'Begin a new anchor', exact: true }).click();
    await page.getByText('The trail is anchored again.').waitFor();
    await page.getByText('The anchor of the trail is missing').waitFor({ state: 'detached' });
    expect((await journey.admin.request('GET', '/api/audit/status')).body).toMatchObject({ anchor: 'holds' });
    expect(journey.problems()).toEqual([]);
  });

  async function choose(field: string, option: string): Promise<void> {
    await page.getByRole('combobox', { name: field, exact: true }).click();
    await page.getByRole('option', { name: option }).first().waitFor();
    await visitor.checkAccessibility(`the choices of ${field}`);
    await page.getByRole('option', { name: option }).first().click();
  }

  async function download(): Promise<Record<string, string>[]> {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    return parse(await readFile(await file.path(), 'utf8'), { columns: true, bom: true });
  }
});
