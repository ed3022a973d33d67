import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { query } from '../test-database.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import { unfoldFilters } from './unfold-filters.ts';
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
    const chart = page.getByRole('img', { name: /^Tokens / });
    await chart.scrollIntoViewIfNeeded();
    await keepScreenshot(page, `usage-${device.name}`);
    // Today's bar is the last one, and does not end where the picture does.
    const rooms = await chart
      .locator('svg')
      .first()
      .evaluate((svg) => {
        const { right } = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('.recharts-bar-rectangle path')].map(
          (bar) => right - bar.getBoundingClientRect().right,
        );
      });
    expect(Math.min(...rooms), 'room right of the last bar').toBeGreaterThanOrEqual(8);
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
    await expect.poll(() => page.getByRole('combobox', { name: 'Agent' }).inputValue()).toBe('Scribe');
    await expect.poll(() => page.getByRole('combobox', { name: 'Period' }).inputValue()).toBe('Last 7 days');
    const rows = await download();
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).toContain('Scribe');
    expect(journey.problems()).toEqual([]);
  });

  test('the trail is filtered, opened, verified and exported', async () => {
    await visitor.navigate('Audit trail');
    const created = page.getByRole('button', { name: 'Ada Admin created the agent Scribe' });
    await created.waitFor();
    await visitor.checkAccessibility('audit trail');
    await choose('Outcome', 'Failed');
    await page.waitForURL('**status=failure*');
    const failure = page.getByRole('button', { name: 'Scribe was not allowed to do this for Ada Admin' });
    await failure.waitFor();
    await created.waitFor({ state: 'detached' });
    await failure.click();
    const drawer = page.getByRole('dialog', { name: /^Entry / });
    // Ids only on request.
    expect(await drawer.innerText()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
    await drawer.getByRole('button', { name: 'Show ids and signature' }).click();
    await drawer.getByText('Signature', { exact: true }).waitFor();
    await drawer.getByText('tool.denied').waitFor();
    await visitor.checkAccessibility('drawer: an entry of the trail');
    await drawer.getByRole('button', { name: 'Close' }).click();
    await drawer.waitFor({ state: 'detached' });

    const failures = await download();
    expect(failures.length).toBeGreaterThan(0);
    expect(new Set(failures.map(({ outcome }) => outcome))).toEqual(new Set(['failure']));

    await page.reload();
    await failure.waitFor();
    if (device.name === 'phone') {
      await page.getByRole('button', { name: 'Filters (1)', expanded: false }).waitFor();
      const list = await page.getByRole('list', { name: 'Audit trail' }).boundingBox();
      expect(list!.y, 'the filters leave room for the trail').toBeLessThan(620);
    }
    await keepScreenshot(page, `trail-${device.name}`);
    await unfoldFilters(page);
    await expect.poll(() => page.getByRole('combobox', { name: 'Outcome' }).inputValue()).toBe('Failed');
    await choose('Event', 'connected the provider …');
    await page.getByText('No entry matches').waitFor();
    await visitor.checkAccessibility('audit trail, nothing found');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await created.waitFor();
    await page.getByRole('button', { name: 'Verify the trail' }).click();
    await page.getByText('The trail is intact').waitFor();
    await visitor.checkAccessibility('audit trail, verified');
    expect(journey.problems()).toEqual([]);
  });

  test('a run is one story from any of its entries, and back', async () => {
    await page.goto('/audit');
    await page.getByRole('button', { name: 'Scribe answered Ada Admin' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'The whole run' }).click();
    const story = page.getByRole('dialog', { name: 'Ada Admin asked Scribe' });
    await story.getByText('Scribe was not allowed to do this for Ada Admin').waitFor();
    await story.getByText('Scribe answered Ada Admin').waitFor();
    await story.getByText(/^\d+ in, \d+ out$/).waitFor();
    await story.getByText('answered', { exact: true }).waitFor();
    expect(await story.innerText()).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
    await visitor.checkAccessibility('drawer: a run');
    // The address opens it again.
    await page.reload();
    await story.getByText(/^\d+ in, \d+ out$/).waitFor();
    await story.getByRole('button', { name: 'Close' }).click();
    await story.waitFor({ state: 'detached' });
    await page.goto('/audit');
    await page.getByRole('button', { name: 'Scribe answered Ada Admin' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'The whole run' }).click();
    await story.getByRole('button', { name: 'Scribe was not allowed to do this for Ada Admin' }).click();
    const entry = page.getByRole('dialog', { name: /^Entry \d+$/ });
    await entry.getByText('Why it failed').waitFor();
    await entry.getByRole('button', { name: 'The whole run' }).click();
    await story.getByText('Scribe answered Ada Admin').waitFor();
    await story.getByRole('button', { name: 'Close' }).click();
    expect(journey.problems()).toEqual([]);
  });

  test('questions that come up often are one click, a text is searched for, and what Ada did is hers', async () => {
    await page.goto('/audit');
    const entries = page.getByRole('list', { name: 'Audit trail' }).getByRole('listitem');
    await page.getByRole('button', { name: 'Denied', exact: true }).click();
    await page.waitForURL('**topic=denied*');
    await page.getByText('One entry', { exact: true }).waitFor();
    await expect.poll(() => entries.count()).toBe(1);
    await page.getByRole('button', { name: 'Everything' }).click();
    await page.getByLabel('Search').fill('/data/secret');
    await page.waitForURL('**search=*');
    await page.getByText('One entry', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.getByLabel('Search').inputValue()).toBe('');
    await choose('Who', 'Ada Admin');
    await page.getByRole('button', { name: 'Scribe answered Ada Admin' }).waitFor();
    await page.getByRole('button', { name: 'Pinchy 0.0.0-test started' }).waitFor({ state: 'detached' });
    expect(journey.problems()).toEqual([]);
  });

  test('a change is compared in words, and numbers that no entry has are explained', async () => {
    const group = await journey.admin.request('POST', '/api/groups', { name: 'Human Resources' });
    await query(journey.server.databaseUrl, `select nextval(pg_get_serial_sequence('audit_entries', 'id'))`);
    const change = { visibility: 'restricted', groupIds: [group.body.id], allowedTools: ['pinchy_read'] };
    expect((await journey.admin.request('PATCH', `/api/agents/${scribeId}`, change)).status).toBe(200);
    await page.goto('/audit?topic=permissions');
    await page
      .getByRole('button', { name: /Ada Admin changed .* of Scribe/ })
      .first()
      .click();
    const drawer = page.getByRole('dialog', { name: /^Entry / });
    await drawer.getByText('added: Human Resources').waitFor();
    await drawer.getByText('Everyone → Certain groups').waitFor();
    await drawer.getByText('added: Read files; removed: See which files there are').waitFor();
    await page.goto('/audit');
    await page.getByText(/^No entry has the number \d+ yet/).waitFor();
    await journey.server.services.audit.sealPending({ fromStart: true });
    await journey.admin.request('PATCH', `/api/agents/${scribeId}`, { tagline: 'Writes' });
    await journey.server.services.audit.sealPending({ fromStart: true });
    await page.reload();
    await page.getByText('By the seals no entry is gone.').waitFor();
    await visitor.checkAccessibility('audit trail, with a gap');
    expect(journey.problems()).toEqual([]);
  });

  test('on a phone it reads as cards', async () => {
    const size = page.viewportSize()!;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/audit');
    const card = page.getByRole('button', { name: 'Ada Admin created the agent Idle' });
    await card.waitFor();
    const seen = await card.evaluate((element) => {
      const [time, line, number] = [...element.children].map((part) => part.getBoundingClientRect());
      const { borderTopWidth, borderRadius } = getComputedStyle(element);
      return {
        border: parseFloat(borderTopWidth),
        radius: parseFloat(borderRadius),
        // When and which number above, what happened below, over the whole width.
        below: line!.top >= Math.max(time!.bottom, number!.bottom),
        beside: time!.right <= number!.left,
        part: line!.width / element.getBoundingClientRect().width,
        overflow: document.documentElement.scrollWidth - innerWidth,
      };
    });
    expect(seen).toMatchObject({ below: true, beside: true });
    expect(Math.min(seen.border, seen.radius)).toBeGreaterThan(0);
    expect(seen.part).toBeGreaterThan(0.85);
    expect(seen.overflow).toBeLessThanOrEqual(0);
    await visitor.checkAccessibility('audit trail, as cards');
    await page.setViewportSize(size);
  });

  test('what a verification found changed is marked in the list as long as its result stands', async () => {
    await page.goto('/audit');
    const row = page.getByRole('button', { name: 'Ada Admin created the agent Idle' });
    await row.waitFor();
    const set = (resource: string) =>
      query(
        journey.server.databaseUrl,
        `update audit_entries set resource = ${resource}
         where event_type = 'agent.created' and id = (select max(id) from audit_entries where event_type = 'agent.created')`,
      );
    await query(journey.server.databaseUrl, 'alter table audit_entries disable trigger all');
    await set(`resource || '0'`);
    await page.getByRole('button', { name: 'Verify the trail' }).click();
    await page.getByText('The trail was tampered with').waitFor();
    const marked = page.getByRole('list', { name: 'Audit trail' }).getByText('Changed after it was written');
    await marked.waitFor();
    await expect.poll(() => marked.count()).toBe(1);
    await visitor.checkAccessibility('audit trail, an entry was changed');
    await keepScreenshot(page, `trail-tampered-${device.name}`);
    await set(`left(resource, -1)`);
    await page.getByRole('main').getByRole('button', { name: 'Close' }).click();
    await marked.waitFor({ state: 'detached' });
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
    await unfoldFilters(page);
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
