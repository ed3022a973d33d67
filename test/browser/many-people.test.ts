import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('desktop'))('five hundred people, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    const keys = await createLicenceKeys();
    journey = await startJourney(device, {
      environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey, PINCHY_ENTERPRISE_KEY: await keys.sign() },
    });
    const { admin } = journey;
    const zoe = await createMember(journey.server.app, admin, { name: 'Zoë Zuletzt' });
    await zoe.request('GET', '/api/agents');
    const groups = [];
    for (const name of ['Sales', 'Support and a rather long name of a department'])
      groups.push((await admin.request('POST', '/api/groups', { name })).body.id as string);
    await query(
      journey.server.databaseUrl,
      `with people as (
         insert into users (name, email, role, banned, email_verified)
         select 'Person ' || to_char(n, 'FM000'), 'person' || n || '@example.com',
           case when n % 50 = 0 then 'admin' else 'member' end, n % 40 = 0, true
         from generate_series(1, 500) n returning id, name
       ), active as (
         insert into user_activity
         select id, now() - right(name, 3)::int * interval '3 hours' from people where right(name, 3)::int % 7 > 0
       )
       insert into group_members (user_id, group_id)
       select id, ($1::uuid[])[1 + right(name, 3)::int % 2] from people where right(name, 3)::int % 3 = 0`,
      [groups],
    );
    const sales = await journey.createAgent('Sales Helper');
    await admin.request('PATCH', `/api/agents/${sales}`, { visibility: 'restricted', groupIds: groups });
    await journey.createAgent('Team Helper');
    visitor = await journey.visit(admin);
    page = visitor.page;
  });
  afterAll(() => journey?.close());

  const list = () => page.getByRole('list').filter({ hasText: '@example.com' }).first().getByRole('listitem');
  const names = () =>
    list()
      .getByText(/^Person \d{3}$/)
      .allInnerTexts();
  const choose = async (label: string, option: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  test('of a group the members come first, and others are found', async () => {
    await page.goto('/settings?section=groups');
    await page.getByRole('button', { name: 'Members of Sales' }).click();
    const dialog = page.getByRole('dialog', { name: 'Members of Sales' });
    await dialog.getByText('83 selected').waitFor();
    await expect.poll(() => dialog.getByRole('checkbox', { checked: true }).count()).toBe(50);
    await expect.poll(() => dialog.getByRole('checkbox').count()).toBe(50);
    await visitor.checkAccessibility('members of a group, of five hundred');
    await keepScreenshot(page, `members-500-${device.name}`);
    await dialog.getByLabel('Search people').fill('zoe zul');
    await dialog.getByRole('checkbox', { name: 'Zoë Zuletzt' }).check();
    await dialog.getByLabel('Search people').fill('nobody at all');
    await dialog.getByText('Nobody fits.').waitFor();
    await dialog.getByText('84 selected').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(visitor.problems).toEqual([]);
  });

  test('are shown fifty at a time, found, narrowed and put in order', async () => {
    await page.goto('/settings?section=users');
    await page.getByText('1–50 of 502').waitFor();
    await expect.poll(() => list().count()).toBe(50);
    await visitor.checkAccessibility('people, five hundred');
    await keepScreenshot(page, `people-500-${device.name}`);
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('51–100 of 502').waitFor();

    const search = page.getByRole('searchbox', { name: 'Find people' });
    await search.fill('zoe');
    await page.getByText('One of 502 people').waitFor();
    await list().getByText('Zoë Zuletzt').waitFor();
    await list()
      .getByText(/Last active (now|\d+ minutes? ago)/)
      .waitFor();
    await search.fill('person 04 sales');
    await expect.poll(names).toEqual(['Person 042', 'Person 048', 'Person 204']);
    await search.fill('nobody at all');
    await page.getByText('Nobody fits.').waitFor();
    await visitor.checkAccessibility('people, nobody found');
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await page.getByText('1–50 of 502').waitFor();

    await choose('Role', 'Admins');
    await choose('State', 'Deactivated');
    await page.getByText('2 of 502 people').waitFor();
    await expect.poll(names).toEqual(['Person 200', 'Person 400']);
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await choose('Group', 'Sales');
    await choose('Order', 'Longest away first');
    await page.getByText('83 of 502 people').waitFor();
    // Whoever was never active.
    await expect.poll(async () => Number((await names())[0]?.slice(-3)) % 7).toBe(0);
    await keepScreenshot(page, `people-filtered-${device.name}`);
    await page.getByRole('checkbox', { name: /Select all \d+ found/ }).check();
    await page.getByText(/^\d+ selected$/).waitFor();
    await visitor.checkAccessibility('people, all found are selected');
    await page.getByRole('checkbox', { name: /Select all \d+ found/ }).uncheck();
    expect(journey.problems()).toEqual([]);
  });

  test('what each may use is told with the reason', async () => {
    await page.goto('/settings?section=users');
    await page.getByRole('searchbox').fill('Person 042');
    await page.getByText('One of 502 people').waitFor();
    await page.getByRole('button', { name: 'Actions for Person 042' }).click();
    await page.getByRole('menuitem', { name: 'What they may use…' }).click();
    const dialog = page.getByRole('dialog', { name: 'What Person 042 may use' });
    const row = (name: string) => dialog.getByRole('listitem').filter({ hasText: name });
    await row('Sales Helper').getByText('Through Sales').waitFor();
    await row('Team Helper').getByText('For everyone').waitFor();
    await visitor.checkAccessibility('dialog: what somebody may use');
    await keepScreenshot(page, `people-access-${device.name}`);
    await page.keyboard.press('Escape');
    expect(journey.problems()).toEqual([]);
  });

  test('typing into the search keeps up with the fingers', async () => {
    await page.goto('/settings?section=users');
    await page.getByText('1–50 of 502').waitFor();
    const longest = await page.evaluate(async () => {
      const tasks: number[] = [];
      new PerformanceObserver((entries) => tasks.push(...entries.getEntries().map(({ duration }) => duration))).observe(
        {
          type: 'longtask',
        },
      );
      const field = document.querySelector<HTMLInputElement>('input[type="search"]')!;
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!;
      for (const text of ['p', 'pe', 'per', 'pers', 'perso', 'person', 'person 1', 'person 12', 'person 123', '']) {
        set.call(field, text);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
      return Math.max(0, ...tasks);
    });
    expect(longest).toBeLessThan(1_000);
  });

  test('a list is checked row by row, invited from, and its links are kept on purpose', async () => {
    await page.goto('/settings?section=profile');
    await page.getByRole('link', { name: 'People', exact: true }).click();
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('button', { name: 'From a list or CSV…' }).click();
    await page.getByRole('dialog', { name: 'Invite from a list' }).waitFor();
    await visitor.checkAccessibility('dialog: invite from a list');
    await keepScreenshot(page, `import-source-${device.name}`);
    const csv = [
      'E-Mail;Name;Rolle;Gruppen',
      'ines@example.com;Ines Import;Mitglied;Sales | Support and a rather long name of a department',
      'igor@example.com;Igor "Ig" Import;Admin;',
      'ines@example.com;Ines again;;',
      'person1@example.com;Is here;;',
      'nowhere;No address;Chef;Marketing',
      'late@example.com;Late Refused;;',
    ].join('\r\n');
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'team.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'latin1') });
    await page.getByRole('button', { name: 'Check the list' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite from a list' });
    await dialog.getByText('6 people were found. 3 rows have to be corrected first and are left out.').waitFor();
    const row = (text: string) => dialog.getByRole('listitem').filter({ hasText: text });
    await row('Ines again').getByText('The same address as in line 2.').waitFor();
    await row('Is here').getByText('There is an account with this address.').waitFor();
    for (const problem of ['“nowhere” is no e-mail address.', '“Chef” is no role', 'There is no group “Marketing”.'])
      await row('No address').getByText(problem).first().waitFor();
    await visitor.checkAccessibility('dialog: the list is checked');
    await keepScreenshot(page, `import-preview-${device.name}`);

    // One of them is refused by the server after all.
    await page.route('**/api/users/invite', async (route) => {
      if (!route.request().postData()?.includes('late@')) return route.continue();
      return route.fulfill({ status: 403, json: { error: 'All seats are in use.', code: 'seat_limit' } });
    });
    await dialog.getByRole('button', { name: 'Invite 3 people' }).click();
    const results = page.getByRole('dialog', { name: 'Pass on these links' });
    await results.getByText('2 invitations are made. One was refused. 3 rows were left out').waitFor();
    await results.getByRole('listitem').first().getByText('All seats are in use.').waitFor();
    await visitor.checkAccessibility('dialog: links of a list');
    await keepScreenshot(page, `import-results-${device.name}`);

    // Neither a click beside, nor Escape, nor going back takes them away unasked.
    await page.mouse.click(4, 4);
    await results.getByText('2 invitations are made.').waitFor();
    await page.keyboard.press('Escape');
    await results.getByText('Not everything is copied or downloaded yet.').waitFor();
    await visitor.checkAccessibility('dialog: leave without the links?');
    await keepScreenshot(page, `import-leave-${device.name}`);
    await results.getByRole('button', { name: 'Back to the links' }).click();
    await page.evaluate(() => history.back());
    await results.getByText('Not everything is copied or downloaded yet.').waitFor();
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      results.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    const rows = parse<Record<string, string>>(await readFile(await download.path()), { columns: true, bom: true });
    expect(rows.map(({ email, name, role, groups, problem }) => [email, name, role, groups, problem])).toEqual([
      ['ines@example.com', 'Ines Import', 'member', 'Sales | Support and a rather long name of a department', ''],
      ['igor@example.com', 'Igor "Ig" Import', 'admin', '', ''],
      ['late@example.com', 'Late Refused', 'member', '', 'All seats are in use.'],
    ]);
    // What was left out is as it was written, to be corrected.
    await results.getByRole('button', { name: 'Correct the others' }).click();
    await expect
      .poll(() => dialog.getByLabel('List').inputValue())
      .toBe(
        [
          'email,name,role,groups',
          'ines@example.com,Ines again,,',
          'person1@example.com,Is here,,',
          'nowhere,No address,Chef,Marketing',
          'late@example.com,Late Refused,member,',
        ].join('\n'),
      );
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    // The refusal that was made up for it.
    visitor.problems.splice(0).forEach((problem) => expect(problem).toMatch(/403/));

    const ines = await journey.visit();
    await ines.page.goto(rows[0]?.['link'] ?? '');
    await expect.poll(() => ines.page.getByLabel('Name').inputValue()).toBe('Ines Import');
    await ines.page.getByLabel('Password', { exact: true }).fill('another long password');
    await ines.page.getByRole('button', { name: 'Create account' }).click();
    await ines.page.getByText('I am Smithers').waitFor();
    const users = (await journey.admin.request('GET', '/api/users')).body.users as {
      email: string;
      groups: { name: string }[];
    }[];
    expect(users.find(({ email }) => email === 'ines@example.com')?.groups.map(({ name }) => name)).toEqual([
      'Sales',
      'Support and a rather long name of a department',
    ]);
    expect(journey.problems()).toEqual([]);
  });

  test('a reload while a link is shown is asked about, and so is closing it uncopied', async () => {
    await page.goto('/settings?section=users');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByLabel('E-mail').fill('reload@example.com');
    await page.getByRole('button', { name: 'Create link' }).click();
    const link = page.getByRole('textbox', { name: 'Link' });
    await link.waitFor();
    const asked = new Promise<string>((resolve) =>
      page.once('dialog', (dialog) => {
        resolve(dialog.type());
        void dialog.dismiss();
      }),
    );
    await page.reload({ timeout: 3_000 }).catch(() => undefined);
    expect(await asked).toBe('beforeunload');
    await expect.poll(() => link.inputValue()).toMatch(/\/invite\/.{43}$/);
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stored).not.toContain((await link.inputValue()).slice(-43));
    await page.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('Not everything is copied').waitFor();
    await page.getByRole('button', { name: 'Leave without them' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(journey.problems()).toEqual([]);
  });

  test('in German too', async () => {
    const german = await journey.visit(journey.admin);
    await german.context.addInitScript(() => localStorage.setItem('pinchy.language', 'de'));
    await german.page.goto('/settings?section=users');
    await german.page.getByPlaceholder('Nach Name, E-Mail oder Gruppe suchen').waitFor();
    await german.page.getByText(/^1–50 von 50\d$/).waitFor();
    await german.page
      .getByText(/^Zuletzt aktiv: vor/)
      .first()
      .waitFor();
    await german.checkAccessibility('people, in German');
    await keepScreenshot(german.page, `people-german-${device.name}`);
    await german.page.getByRole('button', { name: 'Einladen' }).click();
    await german.page.getByRole('button', { name: 'Aus einer Liste oder CSV …' }).click();
    await german.page.getByLabel('Liste', { exact: true }).fill('E-Mail;Name;Rolle\na@example.com;Ada;Chefin');
    await german.page.getByRole('button', { name: 'Liste prüfen' }).click();
    await german.page.getByText('„Chefin“ ist keine Rolle.').waitFor();
    await german.checkAccessibility('list to invite from, in German');
    expect(journey.problems()).toEqual([]);
  });
});

describe.each(devicesOr('desktop'))('three people, on a $name', (device) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(device);
    for (const name of ['Mia Member', 'Noa Nord']) await createMember(journey.server.app, journey.admin, { name });
  });
  afterAll(() => journey?.close());

  test('are a short list without pages', async () => {
    const { page, checkAccessibility } = await journey.visit(journey.admin);
    await page.goto('/settings?section=users');
    await page.getByText('Noa Nord').waitFor();
    expect(await page.getByRole('button', { name: 'Next page' }).count()).toBe(0);
    expect(await page.getByRole('combobox', { name: 'Group' }).count()).toBe(0);
    await checkAccessibility('people, three');
    await keepScreenshot(page, `people-3-${device.name}`);
    await page.getByRole('button', { name: 'Actions for Ada Admin' }).click();
    await page.getByRole('menuitem').first().waitFor();
    await expect
      .poll(() => page.getByRole('menuitem').allInnerTexts())
      .toEqual(['What they may use…', 'What they did']);
    expect(journey.problems()).toEqual([]);
  });
});
