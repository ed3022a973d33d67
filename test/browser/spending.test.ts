import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

const agents = { scribe: '' };

describe.each(devicesOr('desktop'))('what was used and spent, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    const keys = await createLicenceKeys();
    journey = await startJourney(device, {
      provider: 'anthropic',
      environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
    });
    const mia = await createMember(journey.server.app, journey.admin, { name: 'Mia Member' });
    const own = ((await mia.request('GET', '/api/agents')).body as { id: string; ownerId: string }[]).find(
      ({ ownerId }) => ownerId === mia.id,
    )!;
    agents.scribe = await journey.createAgent('Scribe');
    // A dollar and a half a day for thirty days, twice as much before that, in amounts of all sizes.
    await query(
      journey.server.databaseUrl,
      `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens,
         cache_read_tokens, cache_write_tokens, cost)
       select now() - (n || ' days')::interval, agent, person, 'chat', model, tokens, 100, 10, 1,
         cost * case when n >= 30 then 2 else 1 end
       from generate_series(0, 89) n, (values
         ($1::uuid, $2::uuid, 'anthropic/claude-sonnet-4-5-20250929', 5000, 1.4953),
         ($3::uuid, $4::uuid, 'anthropic/claude-haiku-4-5-20251001', 900, 0.0047),
         ($3::uuid, $4::uuid, 'ollama-local/qwen3:8b', 100, null)
       ) as used (agent, person, model, tokens, cost)`,
      [agents.scribe, journey.admin.id, own.id, mia.id],
    );
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  const section = (name: string) => page.getByRole('region', { name, exact: true });
  const cells = async (name: string, column: number) =>
    (await section(name).locator('tbody tr').all()).reduce<Promise<string[]>>(
      async (all, row) => [...(await all), (await row.locator('td').nth(column).innerText()).split('\n')[0] ?? ''],
      Promise.resolve([]),
    );

  test('is told by agent, with whose assistant it is, by model and by person, in one way of writing money', async () => {
    await page.goto('/usage');
    await section('By model')
      .getByRole('row', { name: /Claude Sonnet 4.5/ })
      .waitFor();
    await section('By agent').getByText('Assistant of Mia Member').waitFor();
    await section('By person')
      .getByRole('row', { name: /Mia Member/ })
      .waitFor();
    await visitor.checkAccessibility('usage by agent, model and person');
    await keepScreenshot(page, `usage-${device.name}`);
    await expect.poll(() => cells('By model', 5)).toEqual(['$44.86', '$0.14', 'Unpriced']);
    const text = await page.getByRole('main').innerText();
    const sums = text.match(/\$[\d,.]*\d/g) ?? [];
    expect(sums.length).toBeGreaterThan(5);
    expect(sums.filter((sum) => !/\.\d\d$/.test(sum))).toEqual([]);
    expect(journey.problems()).toEqual([]);
  });

  test('is sorted by any column, by keyboard too', async () => {
    await page.goto('/usage');
    const header = (name: string) => section('By model').getByRole('button', { name, exact: true });
    await header('Model').click();
    await expect
      .poll(() => cells('By model', 0))
      .toEqual(['Claude Haiku 4.5', 'Claude Sonnet 4.5', 'ollama-local/qwen3:8b']);
    await header('Cost').press('Enter');
    await expect.poll(() => cells('By model', 5)).toEqual(['$44.86', '$0.14', 'Unpriced']);
    await header('Cost').press('Enter');
    await expect.poll(() => cells('By model', 5)).toEqual(['$0.14', '$44.86', 'Unpriced']);
    await expect.poll(() => section('By model').locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
    await visitor.checkAccessibility('usage, sorted');
    expect(journey.problems()).toEqual([]);
  });

  test('is compared with the period before', async () => {
    await page.goto('/usage');
    await page.getByRole('switch', { name: 'Compare with the period before' }).click();
    await page.waitForURL('**compare=true*');
    await section('By agent').getByRole('columnheader', { name: 'Change' }).waitFor();
    await expect.poll(() => cells('By agent', 6)).toEqual(['-50%', '-50%']);
    await page.getByText('-50% from $90.00').waitFor();
    await visitor.checkAccessibility('usage, compared');
    await keepScreenshot(page, `usage-compared-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });

  test('own dates are chosen, kept in the address, and end where they are said to', async () => {
    await page.goto('/usage');
    await page.getByRole('combobox', { name: 'Period' }).click();
    await page.getByRole('option', { name: 'Own dates' }).click();
    const day = (ago: number) => {
      const date = new Date(Date.now() - ago * 86_400_000);
      return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
    };
    await page.getByLabel('From').fill(day(11));
    await page.getByLabel('To', { exact: true }).fill(day(10));
    await page.waitForURL(`**from=${day(11)}*`);
    await expect.poll(() => cells('By model', 5)).toEqual(['$2.99', '<\u202F$0.01', 'Unpriced']);
    await visitor.checkAccessibility('usage of own dates');
    await keepScreenshot(page, `usage-dates-${device.name}`);
    await page.reload();
    await expect.poll(() => cells('By model', 5)).toEqual(['$2.99', '<\u202F$0.01', 'Unpriced']);
    await expect.poll(() => page.getByLabel('To', { exact: true }).inputValue()).toBe(day(10));
    expect(journey.problems()).toEqual([]);
  });

  test('own dates are typed, and the years that stand there meanwhile move no other date', async () => {
    await page.goto('/usage?from=2025-11-05&to=2025-11-20');
    const [first, last] = [page.getByLabel('From'), page.getByLabel('To', { exact: true })];
    await last.focus();
    await page.keyboard.type('11172025', { delay: 20 });
    await expect.poll(() => page.url()).toContain('from=2025-11-05&to=2025-11-17');
    // An end before the beginning moves that once the field is left.
    await last.fill('2025-11-02');
    await first.focus();
    await expect.poll(() => page.url()).toContain('from=2025-11-02&to=2025-11-02');
    await last.fill('2025-11-17');
    await first.focus();
    await page.keyboard.type('11032025', { delay: 20 });
    await expect.poll(() => page.url()).toContain('from=2025-11-03&to=2025-11-17');
    await expect.poll(() => last.inputValue()).toBe('2025-11-17');
    // What is not whole goes with the focus.
    await first.focus();
    await page.keyboard.press('Backspace');
    await last.focus();
    await expect.poll(() => first.inputValue()).toBe('2025-11-03');
    expect(journey.problems()).toEqual([]);
  });

  test('the month is forecast with the method in words, and not with too little to go by', async () => {
    await page.goto('/usage');
    const forecast = page.getByRole('region', { name: /^Forecast for / });
    await forecast.getByText(/^about \$\d+\.\d\d$/).waitFor();
    await forecast.getByText(/cost on average over the last 28 whole days/).waitFor();
    const days = new Date(new Date().getFullYear(), new Date().getMonth() + 1, 0).getDate();
    const expected = Number(/[\d.]+/.exec(await forecast.getByText(/^about/).innerText())?.[0]);
    // A dollar and a half a day, twice as much in what is more than thirty days ago.
    expect(expected).toBeGreaterThan(days * 1.5 - 0.2);
    expect(expected).toBeLessThan(days * 1.5 + 5);
    const young = await journey.createAgent('Young');
    await query(
      journey.server.databaseUrl,
      `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens,
         cache_read_tokens, cache_write_tokens, cost)
       select now() - (n || ' days')::interval, $1, $2, 'chat', 'anthropic/claude-haiku-4-5-20251001', 1, 1, 0, 0, 1
       from generate_series(0, 5) n`,
      [young, journey.admin.id],
    );
    await page.goto(`/usage?agentId=${young}`);
    await section('By agent').getByRole('row', { name: /Young/ }).waitFor();
    await visitor.settle();
    expect(await forecast.count()).toBe(0);
    expect(journey.problems()).toEqual([]);
  });

  test('in German too', async () => {
    const german = await journey.visit(journey.admin);
    await german.context.addInitScript(() => localStorage.setItem('pinchy.language', 'de'));
    await german.page.goto('/usage?compare=true');
    await german.page.getByText('Nach Modell').waitFor();
    await german.page.getByText(/^rund \d+,\d\d\s\$$/).waitFor();
    const sums = (await german.page.getByRole('main').innerText()).match(/[\d.,]*\d\s\$/g) ?? [];
    expect(sums.filter((sum) => !/,\d\d\s\$$/.test(sum))).toEqual([]);
    await german.checkAccessibility('usage, in German');
    await keepScreenshot(german.page, `usage-german-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });

  test('a model that has no price is given one, which is removed after a question, and the trail says so', async () => {
    // What stands above comes later than the prices, and moves them.
    let letBudgetsCome = () => {};
    const mayCome = new Promise<void>((resolve) => (letBudgetsCome = resolve));
    await page.route('**/api/budgets', async (route) => {
      await mayCome;
      await route.continue();
    });
    await page.goto('/usage#prices');
    const prices = section('Prices');
    await prices.getByRole('button', { name: 'Set a price: qwen3:8b' }).waitFor();
    letBudgetsCome();
    await section('Budgets').getByText('No budget yet').waitFor();
    await expect.poll(async () => Math.round((await prices.boundingBox())?.y ?? 0), { timeout: 30_000 }).toBe(110);
    await page.unroute('**/api/budgets');
    await prices.getByRole('button', { name: 'Set a price: qwen3:8b' }).click();
    const form = page.getByRole('dialog', { name: 'Add a price' });
    await form.getByLabel('Input').fill('0,075');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Enter an amount such as 3 or 0.25.').waitFor();
    await form.getByLabel('Output').fill('1');
    await visitor.checkAccessibility('dialog: add a price');
    await keepScreenshot(page, `price-dialog-${device.name}`);
    await form.getByRole('button', { name: 'Save' }).click();
    const own = prices.getByRole('list', { name: 'Your own prices' });
    await own.getByText('$0.075', { exact: true }).waitFor();
    await own.getByText('holds now').waitFor();
    await expect.poll(() => prices.getByText('Used in the last 30 days, without a price').count()).toBe(0);
    await visitor.checkAccessibility('usage, with an own price');
    await keepScreenshot(page, `prices-${device.name}`);
    // Somebody else changes it while the dialog is open: they are not overwritten unseen.
    await own.getByRole('button', { name: /^Change the price: qwen3:8b/ }).click();
    const change = page.getByRole('dialog', { name: /^Change the price/ });
    await change.getByLabel('Output', { exact: true }).fill('1');
    const address = '/api/settings/prices';
    const { prices: known } = (await journey.admin.request('GET', address)).body;
    const theirs = known.map((price: object) => ({ ...price, inputPerMillion: '0.08' }));
    expect((await journey.admin.request('PUT', address, { prices: theirs })).status).toBe(200);
    await change.getByRole('button', { name: 'Save' }).click();
    await change.getByText('Somebody else changed these prices meanwhile.').waitFor();
    await change.getByText('It says now: $0.08 for input').waitFor();
    expect(visitor.problems.splice(0)).toEqual([expect.stringContaining('409')]);
    await own.getByText('$0.08', { exact: true }).waitFor();
    await change.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => change.count()).toBe(0);
    await own.getByText('$0.075', { exact: true }).waitFor();
    await own.getByRole('button', { name: /^Remove the price: qwen3:8b/ }).click();
    await page.getByRole('dialog', { name: 'Remove this price?' }).getByRole('button', { name: 'Remove' }).click();
    await prices.getByText('Used in the last 30 days, without a price').waitFor();
    await page.goto('/audit');
    const line =
      /Ada Admin (set|removed) the price of .*qwen3:8b from .*: \$0\.075 for input and \$1\.00 for output a million tokens/;
    await expect.poll(() => page.getByRole('button', { name: line }).count()).toBe(2);
    expect(journey.problems()).toEqual([]);
  });
});
