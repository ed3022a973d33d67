import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';

describe.each(devicesOr('phone'))('the review date of an agent, on a $name', (device) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney(device);
  });
  afterAll(() => journey?.close());

  test('reminds whoever answers for it until a later one is set, and nobody else', async () => {
    const mia = await createMember(journey.server.app, journey.admin, { name: 'Mia' });
    const body = { responsibleUserId: mia.id, reviewAt: '2020-01-31' };
    const agentId = await journey.createAgent('Ledger', body);
    const [hers, admins] = [await journey.visit(mia), await journey.visit(journey.admin)];
    await hers.page.goto('/agents');
    if (device.name === 'phone') await hers.page.getByRole('button', { name: 'Open menu' }).click();
    await hers.page.getByRole('link', { name: /^Waits for you\s*1$/ }).click();
    await hers.page.getByText('Ledger: since Jan 31, 2020').waitFor();
    await hers.page.getByText('An admin changes it and sets the next date.').waitFor();
    await hers.checkAccessibility('what waits: a review');
    await keepScreenshot(hers.page, `review-${device.name}`);

    await admins.page.goto('/approvals');
    await admins.page.getByText('Nothing waits for you.').waitFor();
    await journey.admin.request('PATCH', `/api/agents/${agentId}`, { reviewAt: '2999-01-31' });
    // Her page hears of it.
    await hers.page.getByText('Nothing waits for you.').waitFor();

    await journey.admin.request('PATCH', `/api/agents/${agentId}`, {
      reviewAt: '2020-01-31',
      responsibleUserId: journey.admin.id,
    });
    await admins.page.getByRole('link', { name: 'Settings of Ledger' }).click();
    await admins.page.getByLabel('To be looked at again').waitFor();
    await hers.page.getByText('Nothing waits for you.').waitFor();
    expect(journey.problems()).toEqual([]);
  });
});
