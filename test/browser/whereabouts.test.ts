import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('where one is in a chat, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let agentId: string;
  const isPhone = device.name === 'phone';

  beforeAll(async () => {
    journey = await startJourney(device);
    agentId = await journey.createAgent('Keeper of the long winding handbook', { allowedTools: ['pinchy_read'] });
    visitor = await journey.visit(journey.admin);
  });
  afterAll(() => journey?.close());

  test('the header says that it is private and connected, and who sees what', async () => {
    const { page } = visitor;
    await page.goto(`/chat/${agentId}`);
    const where = page.getByRole('button', { name: /Only you/ });
    await where.waitFor();
    await page.getByRole('img', { name: 'Connected', exact: true }).waitFor();
    await keepScreenshot(page, `chat-header-${device.name}`);
    await where.click();
    const dialog = page.getByRole('dialog', { name: 'Who sees what here' });
    for (const text of [
      'This conversation is private',
      'no admin either',
      'What you upload here',
      'go to the model of Ollama',
      'What admins see',
      'Everybody in your team can talk to Keeper',
      'Ada Admin answers for it.',
    ])
      await dialog.getByText(text).waitFor();
    await visitor.checkAccessibility('who sees what in a chat');
    await keepScreenshot(page, `chat-where-${device.name}`);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await visitor.checkAccessibility('a chat with its header');
    expect(journey.problems()).toEqual([]);
  });

  test('it says when the connection is gone, and when it is back', async () => {
    const { page, context } = visitor;
    await visitor.rest();
    await context.setOffline(true);
    await page.getByRole('img', { name: 'Connecting…' }).waitFor();
    await context.setOffline(false);
    await page.getByRole('img', { name: 'Connected', exact: true }).waitFor();
    // What a browser says of requests without a network.
    const offline = visitor.problems.splice(0);
    expect(offline.filter((problem) => !/ERR_FAILED|ERR_INTERNET_DISCONNECTED/.test(problem))).toEqual([]);
  });

  test('a member is told the same, without the way to the trail', async () => {
    const member = await journey.visit(await createMember(journey.server.app, journey.admin, { name: 'Mia' }));
    await member.page.goto(`/chat/${agentId}`);
    await member.page.getByRole('button', { name: /Only you/ }).click();
    const dialog = member.page.getByRole('dialog', { name: 'Who sees what here' });
    await dialog.getByText('Not what you or the agent wrote').waitFor();
    expect(await dialog.getByRole('link').count()).toBe(0);
    expect(member.problems).toEqual([]);
  });

  test('a conversation that is shared says so, and with whom', async () => {
    const { admin, server, model } = journey;
    const reader = await createMember(server.app, admin, { name: 'Rita Reader' });
    await admin.request('PUT', '/api/settings/sharing', { enabled: true });
    const { page } = visitor;
    await page.goto(`/chat/${agentId}`);
    model.respond([{ text: 'Gladly.' }]);
    await page.getByLabel('Message to Keeper of the long winding handbook').fill('Help me');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Gladly.', { exact: true }).waitFor();
    const [chat] = (await admin.request('GET', `/api/agents/${agentId}/chats`)).body as { id: string }[];
    const shared = await admin.request('PUT', `/api/agents/${agentId}/chats/${chat!.id}/share`, {
      userIds: [reader.id],
      groupIds: [],
    });
    expect(shared.status).toBe(200);
    await page.reload();
    await page.getByRole('button', { name: /Shared/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Who sees what here' });
    await dialog.getByText('Rita Reader can read what was said until you shared it').waitFor();
    expect(await dialog.getByText('This conversation is private').count()).toBe(0);
    await visitor.checkAccessibility('who sees a shared conversation');
    expect(journey.problems()).toEqual([]);
  });

  test.runIf(isPhone)('there is one header only, with the menu in it', async () => {
    const { page } = visitor;
    await page.goto(`/chat/${agentId}`);
    await page.getByRole('heading', { level: 1, name: /^Keeper/ }).waitFor();
    const visible = await page
      .locator('header')
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 0).length);
    expect(visible).toBe(1);
    const header = await page.locator('header').first().boundingBox();
    const menu = await page.getByRole('button', { name: 'Open menu' }).boundingBox();
    const title = await page.getByRole('heading', { level: 1 }).boundingBox();
    for (const box of [menu!, title!]) expect(box.y + box.height).toBeLessThanOrEqual(header!.y + header!.height + 1);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    // Header, messages and composer begin at one edge.
    const lefts = await page.evaluate(() => {
      let box: Element = document.querySelector('textarea')!;
      while (parseFloat(getComputedStyle(box).borderTopLeftRadius) < 16) box = box.parentElement!;
      return [...document.querySelectorAll('article h2'), box].map((element) => element.getBoundingClientRect().left);
    });
    expect(lefts.length).toBeGreaterThan(1);
    for (const left of lefts)
      expect(Math.abs(left - menu!.x), `${lefts.join()} beside ${menu!.x}`).toBeLessThanOrEqual(6);
    await page.goto('/settings');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.getByRole('banner').getByRole('link', { name: 'Pinchy' }).waitFor();
    await page.goto(`/agents/${agentId}/settings?tab=permissions`);
    await page.getByRole('tab', { name: 'Permissions' }).waitFor();
    await visitor.settle();
    // More of them than fit, and a shadow where they go on.
    const row = page.getByRole('tablist').locator('..');
    const { hidden, shadow } = await row.evaluate((element) => ({
      hidden: element.scrollWidth - element.clientWidth,
      shadow: getComputedStyle(element).backgroundImage,
    }));
    expect(hidden).toBeGreaterThan(0);
    expect(shadow).toContain('gradient');
    await keepScreenshot(page, 'tabs-phone');
  });
});
