import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys, type LicenceKeys, secondsFromNow } from '../licence-keys.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';

describe.each(devicesOr('phone'))('licence and groups, on a $name', (device) => {
  let keys: LicenceKeys;
  let journey: Journey;
  let insider: TestUser;
  let outsider: TestUser;

  beforeAll(async () => {
    keys = await createLicenceKeys();
    journey = await startJourney(device, { environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey } });
    insider = await createMember(journey.server.app, journey.admin, { name: 'Ida Insider' });
    outsider = await createMember(journey.server.app, journey.admin, { name: 'Otto Outsider' });
  });
  afterAll(() => journey?.close());

  test('a key is installed, a group made, and a new agent shown to that group only', async () => {
    const admin = await journey.visit(journey.admin);
    const { page } = admin;
    await page.goto('/settings?section=groups');
    await page.getByText('need an enterprise licence').waitFor();
    await admin.checkAccessibility('groups without a licence');
    await page.getByRole('link', { name: 'See licence' }).click();
    await page.getByText('No licence').waitFor();
    await page.getByLabel('Key', { exact: true }).fill('not a key');
    await page.getByRole('button', { name: 'Install key' }).click();
    await page
      .getByRole('main')
      .getByRole('alert')
      .or(page.getByText(/licence key/i))
      .first()
      .waitFor();
    await admin.checkAccessibility('licence, a wrong key');
    expect(admin.problems.splice(0)).toEqual([expect.stringContaining('400')]);
    await page
      .getByLabel('Key', { exact: true })
      .fill(await keys.sign({ org: 'Acme Widgets', maxUsers: 10, exp: secondsFromNow(40 * 86_400) }));
    await page.getByRole('button', { name: 'Install key' }).click();
    await page.getByText('Acme Widgets').waitFor();
    await page.getByText('open invitations included: 3 of 10').waitFor();
    await admin.checkAccessibility('licence, active');

    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByRole('button', { name: 'New group' }).click();
    await page.getByLabel('Name').fill('Finance');
    await page.getByLabel('Description').fill('Looks after the money');
    await admin.checkAccessibility('dialog: new group');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Members of Finance' }).click();
    await page.getByRole('checkbox', { name: 'Ida Insider' }).check();
    await admin.checkAccessibility('dialog: members of a group');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('One member').waitFor();
    await admin.checkAccessibility('groups');
    await page.getByRole('button', { name: 'Actions for Finance' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    await admin.checkAccessibility('menu: actions for a group');
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByRole('dialog').getByLabel('Description').fill('Looks after money');
    await admin.checkAccessibility('dialog: edit a group');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText('One member · Looks after money').waitFor();
    await page.getByRole('button', { name: 'Actions for Finance' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).waitFor();
    await admin.checkAccessibility('dialog: delete a group');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

    // Whoever is in it already stays.
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('checkbox', { name: 'Select all others' }).check();
    await page.getByRole('button', { name: 'Add to a group…' }).click();
    await page.getByRole('dialog', { name: 'Add 2 people to a group' }).waitFor();
    await admin.checkAccessibility('dialog: add people to a group');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('2 people are in Finance').waitFor();
    await page.getByRole('link', { name: 'Groups' }).click();
    await page.getByText('2 members').waitFor();
    await page.getByRole('button', { name: 'Members of Finance' }).click();
    await page.getByRole('checkbox', { name: 'Otto Outsider' }).uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('One member').waitFor();

    await page.goto('/agents/new');
    await page.getByRole('radio', { name: 'Custom Agent' }).click();
    await page.getByLabel('Name').fill('Controller');
    await admin.checkAccessibility('new agent');
    await page.getByRole('button', { name: 'Create agent' }).click();
    await page.getByLabel('Message to Controller').waitFor();
    await page.locator('main, header').getByRole('link', { name: 'Settings of Controller' }).click();
    await page.getByRole('tab', { name: 'Access' }).click();
    await page.getByRole('radio', { name: 'Certain groups' }).check();
    await page.getByText('Without a group only admins can use this agent.').waitFor();
    await page.getByRole('checkbox', { name: 'Finance' }).check();
    await admin.checkAccessibility('access of an agent, not saved yet');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });

    const ida = await journey.visit(insider);
    await ida.page.goto('/');
    await ida.page.getByText('I am Smithers').waitFor();
    await ida.navigate('Controller');
    await ida.page.getByLabel('Message to Controller').waitFor();
    const otto = await journey.visit(outsider);
    await otto.page.goto('/');
    await otto.page.getByText('I am Smithers').waitFor();
    expect(await otto.page.getByRole('link', { name: 'Controller', includeHidden: true }).count()).toBe(0);
    await otto.page.goto(ida.page.url());
    await otto.page.getByText('There is no such agent, or you may not see it.').waitFor();
    await otto.checkAccessibility('an agent that one may not see');
    expect(otto.problems.splice(0).filter((problem) => !problem.includes('404'))).toEqual([]);
    expect(journey.problems()).toEqual([]);
  });
});
