import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember, signIn, testPassword } from '../create-test-app.ts';
import { query } from '../test-database.ts';
import { devicesOr, testRarely } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';

describe.each(devicesOr('desktop'))('people, on a $name', (device) => {
  let journey: Journey;

  beforeAll(async () => {
    journey = await startJourney(device);
    await journey.createAgent('Team Helper');
  });
  afterAll(() => journey?.close());

  test('an admin invites somebody, who joins by the link and sees no more than a member should', async () => {
    const admin = await journey.visit(journey.admin);
    await admin.page.goto('/settings?section=users');
    await admin.page.getByRole('button', { name: 'Invite' }).click();
    await admin.page.getByLabel('E-mail').fill('mia@example.com');
    await admin.checkAccessibility('dialog: invite');
    await admin.page.getByRole('button', { name: 'Create link' }).click();
    await admin.page.getByText('Send it to mia@example.com').waitFor();
    await admin.checkAccessibility('dialog: invitation link');
    await admin.page.getByRole('img', { name: 'QR code of the link' }).waitFor();
    const link = await copyLink(admin.page);
    await closeDialog(admin.page);
    await admin.page.getByText('Open invitations').waitFor();
    await admin.checkAccessibility('people, with an open invitation');

    const mia = await journey.visit();
    await mia.page.goto(link);
    await mia.page.getByText('This invitation is for mia@example.com').waitFor();
    await mia.checkAccessibility('invitation');
    await mia.page.getByLabel('Name').fill('Mia Member');
    await mia.page.getByLabel('Password', { exact: true }).fill('another long password');
    await mia.page.getByRole('button', { name: 'Create account' }).click();
    await mia.page.getByText('I am Smithers').waitFor();
    await mia.checkAccessibility('a member’s first page');

    await mia.navigate('Team Helper');
    await mia.page.getByLabel('Message to Team Helper').waitFor();
    expect(await mia.page.getByRole('link', { name: 'Settings of Team Helper' }).count()).toBe(0);
    await mia.navigate('Settings');
    await mia.page.getByLabel('Display name').waitFor();
    for (const forAdmins of ['New agent', 'Usage', 'Audit trail', 'People', 'Model providers'])
      expect(await mia.page.getByRole('link', { name: forAdmins }).count(), forAdmins).toBe(0);
    await mia.page.goto('/audit');
    await mia.page.getByRole('heading', { name: 'This page is for admins' }).waitFor();

    await mia.page.goto(link);
    await mia.page.getByText('This link is no longer valid').waitFor();
    await mia.checkAccessibility('a used invitation');
    // The browser notes the refusal itself.
    expect(mia.problems.splice(0)).toEqual([expect.stringContaining('410')]);

    await admin.page.reload();
    await admin.page.getByRole('main').getByText('Mia Member').waitFor();
    expect(await admin.page.getByText('Open invitations').count()).toBe(0);
    expect(journey.problems()).toEqual([]);
  });

  test('an admin resets a password: the old one is blocked at once, and only the new one opens the door', async () => {
    const member = await createMember(journey.server.app, journey.admin, { name: 'Fred Forgot' });
    const admin = await journey.visit(journey.admin);
    const { page } = admin;
    await page.goto('/settings?section=users');
    const openMenu = () => page.getByRole('button', { name: 'Actions for Fred Forgot' }).click();
    await openMenu();
    await page.getByRole('menuitem', { name: 'Reset password…' }).click();
    await page.getByText('Fred Forgot is signed out everywhere').waitFor();
    const blocks = page.getByRole('switch', { name: 'Block the old password at once' });
    await expect.poll(() => blocks.isChecked()).toBe(true);
    await page.getByText('Until the link is used, Fred Forgot cannot sign in').waitFor();
    await admin.checkAccessibility('dialog: reset a password');
    await blocks.click();
    await page.getByText('The old password still signs in until the link is used').waitFor();
    await admin.checkAccessibility('dialog: reset a password without blocking it');
    await blocks.press('Space');
    await page.getByRole('button', { name: 'Create reset link' }).click();
    await page.getByText('Reset link for Fred Forgot').waitFor();
    await admin.checkAccessibility('dialog: reset link');
    await leaveUncopied(page);
    const row = page.getByRole('listitem').filter({ hasText: 'Fred Forgot' });
    await row.getByText('Waits for a new password').waitFor();
    await admin.checkAccessibility('people, one without a password');

    const again = await journey.visit();
    await again.page.goto('/');
    await again.page.waitForURL('**/login');
    const tryOld = async () => {
      await again.page.getByLabel('E-mail').fill(member.email);
      await again.page.getByLabel('Password', { exact: true }).fill(testPassword);
      await again.page.getByRole('button', { name: 'Sign in' }).click();
      await again.page.getByRole('alert').getByText('E-mail or password is wrong.').waitFor();
      expect(again.problems.splice(0)).toEqual([expect.stringContaining('401')]);
    };
    await tryOld();
    await again.checkAccessibility('sign-in refused');

    // The first link was not copied: another one is made, and the password stays blocked.
    await openMenu();
    await page.getByRole('menuitem', { name: 'New reset link…' }).click();
    await page.getByText('The old password is blocked, and stays so').waitFor();
    expect(await blocks.count()).toBe(0);
    await admin.checkAccessibility('dialog: another reset link');
    await page.getByRole('button', { name: 'Create reset link' }).click();
    await page.getByText('Reset link for Fred Forgot').waitFor();
    const link = await copyLink(page);

    const fred = await journey.visit();
    await fred.page.goto(link);
    await fred.page.getByText(`For ${member.email}`).waitFor();
    await fred.checkAccessibility('reset a password');
    await fred.page.getByLabel('New password', { exact: true }).fill('a completely new secret');
    await fred.page.getByRole('button', { name: 'Set password' }).click();
    await fred.page.getByText('I am Smithers').waitFor();

    await page.reload();
    await row.getByText(member.email).waitFor();
    expect(await row.getByText('Waits for a new password').count()).toBe(0);
    await tryOld();
    await again.page.getByLabel('Password', { exact: true }).fill('a completely new secret');
    await again.page.getByRole('button', { name: 'Sign in' }).click();
    await again.page.getByText('I am Smithers').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('an admin may leave the old password until the link is used', async () => {
    const member = await createMember(journey.server.app, journey.admin, { name: 'Lena Later' });
    const admin = await journey.visit(journey.admin);
    await admin.page.goto('/settings?section=users');
    await admin.page.getByRole('button', { name: 'Actions for Lena Later' }).click();
    await admin.page.getByRole('menuitem', { name: 'Reset password…' }).click();
    await admin.page.getByRole('switch', { name: 'Block the old password at once' }).click();
    await admin.page.getByRole('button', { name: 'Create reset link' }).click();
    await admin.page.getByText('Reset link for Lena Later').waitFor();
    await leaveUncopied(admin.page);
    expect((await signIn(journey.server.app, member.email)).id).toBe(member.id);
    expect(await admin.page.getByText('Waits for a new password').count()).toBe(0);
    expect(journey.problems()).toEqual([]);
  });

  test('a wrong current password is told at its field, and the person stays', async () => {
    const member = await createMember(journey.server.app, journey.admin, { name: 'Wanda Wrong' });
    const { page, checkAccessibility, problems } = await journey.visit(member);
    await page.goto('/settings?section=profile');
    await page.getByLabel('Current password', { exact: true }).fill('not my password');
    await page.getByLabel('New password', { exact: true }).fill('a completely new secret');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('The current password is not right.').waitFor();
    expect(page.url()).toContain('/settings');
    await expect
      .poll(() => page.getByLabel('Current password', { exact: true }).getAttribute('aria-invalid'))
      .toBe('true');
    await expect
      .poll(() => page.getByLabel('New password', { exact: true }).inputValue())
      .toBe('a completely new secret');
    await checkAccessibility('a wrong current password');
    expect(problems.splice(0)).toEqual([expect.stringContaining('401')]);
    await page.getByLabel('Current password', { exact: true }).fill(testPassword);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('a session that ended says so on the sign-in page, and the person goes on where they were', async () => {
    const member = await createMember(journey.server.app, journey.admin, { name: 'Ella Ended' });
    const ella = await journey.visit(member);
    await ella.page.goto('/settings?section=profile');
    await ella.page.getByLabel('Display name').waitFor();
    const elsewhere = await signIn(journey.server.app, member.email);
    const change = { currentPassword: testPassword, newPassword: 'a completely new secret' };
    expect((await elsewhere.request('POST', '/api/users/me/password', change)).status).toBe(200);
    await ella.page.getByText('Your session has ended').waitFor();
    await ella.checkAccessibility('sign-in after a session that ended');
    await ella.page.reload();
    await ella.page.getByText('Your session has ended').waitFor();
    const later = await journey.visit(member);
    await later.page.goto('/settings?section=profile');
    await later.page.getByText('Your session has ended').waitFor();
    ella.problems.splice(0).forEach((problem) => expect(problem).toMatch(/401/));
    await ella.page.getByLabel('E-mail').fill(member.email);
    await ella.page.getByLabel('Password', { exact: true }).fill('a completely new secret');
    await ella.page.getByRole('button', { name: 'Sign in' }).click();
    await ella.page.getByLabel('Display name').waitFor();

    await ella.page.getByRole('button', { name: /Ella Ended/ }).click();
    await ella.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await ella.page.getByRole('button', { name: 'Sign in' }).waitFor();
    await ella.settle();
    expect(await ella.page.getByText('Your session has ended').count()).toBe(0);
    expect(journey.problems()).toEqual([]);
  });

  test('cookies that a neighbouring domain planted cost a refusal each, and nobody the session', async () => {
    const member = await createMember(journey.server.app, journey.admin, { name: 'Nora Neighbour' });
    const [name = '', value = ''] = journey.admin.cookie.split('=');
    const nora = await journey.visit(member);
    const { hostname } = new URL(journey.address);
    const planted = ['/api/ws', '/api/agents', '/api/users/me', '/chat'].map((path) => ({
      ...{ name, value, path },
      domain: hostname,
    }));
    await nora.context.addCookies(planted);
    await nora.page.goto('/');
    await nora.page.getByText('I am Smithers').waitFor();
    await nora.page.reload();
    await nora.page.getByText('I am Smithers').waitFor();
    await nora.page.getByRole('button', { name: /Nora Neighbour/ }).waitFor();
    await nora.page.getByLabel('Message to Smithers').fill('Hello?');
    await nora.page.getByRole('button', { name: 'Send' }).click();
    await nora.page
      .getByText(/Answer to|Hello/)
      .last()
      .waitFor();
    await expect.poll(async () => (await nora.context.cookies()).length).toBe(1);
    nora.problems.splice(0).forEach((problem) => expect(problem).toMatch(/401|HTTP Authentication failed/));
    expect(journey.problems()).toEqual([]);
  });

  test('whoever is deactivated while their page is open lands on the sign-in page', async () => {
    const member = await createMember(journey.server.app, journey.admin, { name: 'Gus Gone' });
    const gus = await journey.visit(member);
    await gus.page.goto('/');
    await gus.page.getByText('I am Smithers').waitFor();

    const admin = await journey.visit(journey.admin);
    await admin.page.goto('/settings?section=users');
    await admin.page.getByRole('button', { name: 'Actions for Gus Gone' }).click();
    await admin.checkAccessibility('menu: actions for a person');
    await admin.page.getByRole('menuitem', { name: 'Deactivate' }).click();
    await admin.page.getByText('Conversations and audit entries stay').waitFor();
    await admin.page.getByRole('button', { name: 'Deactivate' }).click();
    await admin.page.getByText('Gus Gone is deactivated').waitFor();
    await admin.checkAccessibility('people, one deactivated');

    await gus.page.waitForURL('**/login**');
    await gus.page.getByRole('button', { name: 'Sign in' }).waitFor();
    // The browser notes the refused connection and the refused question who one is.
    expect(gus.problems.splice(0).filter((problem) => !/401/.test(problem))).toEqual([]);
    await gus.page.getByLabel('E-mail').fill(member.email);
    await gus.page.getByLabel('Password', { exact: true }).fill(testPassword);
    await gus.page.getByRole('button', { name: 'Sign in' }).click();
    await gus.page.getByRole('alert').waitFor();
    expect(gus.problems.splice(0)).toEqual([expect.stringMatching(/40[13]/)]);

    // Invited again, they are offered to be let in again at once.
    await admin.page.getByRole('button', { name: 'Invite' }).click();
    await admin.page.getByLabel('E-mail').fill(member.email);
    await admin.page.getByRole('button', { name: 'Create link' }).click();
    await admin.page.getByText('which is deactivated. Reactivate it instead.').waitFor();
    await admin.page.getByText('Gus Gone can sign in again with the same password').waitFor();
    await admin.checkAccessibility('dialog: invite, somebody deactivated');
    expect(admin.problems.splice(0)).toEqual([expect.stringContaining('400')]);
    await admin.page.getByRole('button', { name: 'Reactivate Gus Gone' }).click();
    await admin.page.getByText('Gus Gone is active again').waitFor();
    await admin.page.getByRole('dialog').waitFor({ state: 'detached' });
    await gus.page.getByRole('button', { name: 'Sign in' }).click();
    await gus.page.getByText('I am Smithers').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('a deactivated person among several who are invited is let in again at once', async () => {
    const away = await createMember(journey.server.app, journey.admin, { name: 'Dora Dormant' });
    await journey.admin.request('DELETE', `/api/users/${away.id}`);
    const admin = await journey.visit(journey.admin);
    const { page } = admin;
    await page.goto('/settings?section=users');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByLabel('E-mail').fill(`nina@example.com\n${away.email}`);
    await page.getByRole('button', { name: 'Create link' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pass on these links' });
    const row = dialog.getByRole('listitem').filter({ hasText: away.email });
    await row.getByText('which is deactivated. Reactivate it instead.').waitFor();
    await admin.checkAccessibility('dialog: links of several invitations, one deactivated');
    if (process.env['SCREENSHOTS'])
      await page.screenshot({ path: `${process.env['SCREENSHOTS']}/invite-${device.name}.png` });
    expect(admin.problems.splice(0)).toEqual([expect.stringContaining('400')]);
    await row.getByRole('button', { name: 'Reactivate Dora Dormant' }).click();
    await row.getByText('Dora Dormant is active again').waitFor();
    expect(await dialog.getByRole('button', { name: 'Correct the refused ones' }).count()).toBe(0);
    const people = (await journey.admin.request('GET', '/api/users')).body.users as { id: string; banned: boolean }[];
    expect(people.find(({ id }) => id === away.id)?.banned).toBe(false);
    expect(journey.problems()).toEqual([]);
  });

  testRarely('an admin invites several people at once, and is told which address was refused', async () => {
    const admin = await journey.visit(journey.admin);
    const { page } = admin;
    await page.goto('/settings?section=users');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByLabel('E-mail').fill('nia@example.com, Noa Nord <noa@example.com>\nnobody');
    await page.getByRole('button', { name: 'Create link' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pass on these links' });
    await dialog
      .getByRole('listitem')
      .filter({ hasText: 'nobody' })
      .getByText(/e-mail/i)
      .waitFor();
    await admin.checkAccessibility('dialog: links of several invitations');
    await dialog.getByRole('button', { name: 'Copy all' }).click();
    await dialog.getByRole('button', { name: 'Copied' }).waitFor();
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
    expect(lines.map((line) => line.split('\t')[0])).toEqual(['nia@example.com', 'noa@example.com']);
    // The browser notes the refused address itself.
    expect(admin.problems.splice(0)).toEqual([expect.stringContaining('400')]);
    await dialog.getByRole('button', { name: 'Correct the refused ones' }).click();
    await expect.poll(() => page.getByLabel('E-mail').inputValue()).toBe('nobody');
    await closeDialog(page);

    const noa = await journey.visit();
    await noa.page.goto(lines[1]?.split('\t')[1] ?? '');
    await noa.page.getByText('This invitation is for noa@example.com').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  testRarely(
    'open invitations say until when they are good; an expired one is told apart, a revoked one is gone',
    async () => {
      const invite = async (email: string) =>
        (await journey.admin.request('POST', '/api/users/invite', { role: 'admin', email })).body.token as string;
      await invite('late@example.com');
      const token = await invite('early@example.com');
      const { databaseUrl } = journey.server;
      await query(databaseUrl, `update invites set expires_at = now() - interval '1 hour' where email like 'late@%'`);
      const admin = await journey.visit(journey.admin);
      const { page } = admin;
      await page.goto('/settings?section=users');
      const row = (email: string) => page.getByRole('listitem').filter({ hasText: email });
      const late = row('late@example.com');
      await late.getByText('Expired', { exact: true }).waitFor();
      await late.getByText(/^Expired on /).waitFor();
      await row('early@example.com').getByText('Pending').waitFor();
      await row('early@example.com')
        .getByText(/^Valid until /)
        .waitFor();
      await row('early@example.com').getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('The link of “early@example.com” stops working at once.').waitFor();
      await admin.checkAccessibility('dialog: revoke an invitation');
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
      await row('early@example.com').waitFor({ state: 'detached' });
      expect((await journey.admin.request('GET', `/api/invite/${token}`)).status).toBe(404);
      expect(journey.problems()).toEqual([]);
    },
  );

  testRarely('an admin deactivates several people at once, and sees how it went for each', async () => {
    await createMember(journey.server.app, journey.admin, { name: 'Uma Under' });
    const second = await createMember(journey.server.app, journey.admin, { name: 'Ulf Upper' });
    const admin = await journey.visit(journey.admin);
    const { page } = admin;
    await page.goto('/settings?section=users');
    for (const name of ['Uma Under', 'Ulf Upper']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
    await page.getByText('2 selected').waitFor();
    await admin.checkAccessibility('people, two selected');
    await page.getByRole('button', { name: 'Deactivate…' }).click();
    const question = page.getByRole('dialog', { name: 'Deactivate 2 people?' });
    await question.getByText('Conversations and audit entries stay').waitFor();
    await admin.checkAccessibility('dialog: deactivate several');
    // The connection is lost for one of them.
    await page.route(`**/api/users/${second.id}`, (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    );
    await question.getByRole('button', { name: 'Deactivate' }).click();
    const result = page.getByRole('dialog', { name: 'How it went' });
    const outcome = (name: string) => result.getByRole('listitem').filter({ hasText: name }).getByText('Deactivated');
    await outcome('Uma Under').waitFor();
    expect(await outcome('Ulf Upper').count()).toBe(0);
    await admin.checkAccessibility('dialog: how it went');
    await result.getByRole('button', { name: 'Close' }).last().click();
    await result.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByText('2 selected').count()).toBe(0);
    const { users } = (await journey.admin.request('GET', '/api/users')).body;
    const banned = new Map(users.map((user: { name: string; banned: boolean }) => [user.name, user.banned]));
    expect([banned.get('Uma Under'), banned.get('Ulf Upper')]).toEqual([true, false]);
    // The request that was cut off on purpose.
    admin.problems.splice(0).forEach((problem) => expect(problem).toMatch(/ERR_FAILED|api\/users/));
  });
});

async function copyLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(await page.getByRole('textbox', { name: 'Link' }).inputValue());
  return link;
}

async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function leaveUncopied(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Leave without them' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}
