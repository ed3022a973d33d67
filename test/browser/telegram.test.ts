import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  startTelegramDouble,
  type DoubleBot,
  type TelegramDouble,
} from '../../testkit/telegram-double/telegram-double.ts';
import { createMember } from '../create-test-app.ts';
import { askForCode, heard, quickTimings } from '../telegram/telegram-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('Telegram, on a $name', (device) => {
  let telegram: TelegramDouble;
  let mainBot: DoubleBot;
  let journey: Journey;
  let admin: Visitor;
  let agentId: string;

  beforeAll(async () => {
    telegram = await startTelegramDouble();
    mainBot = telegram.createBot('harbour_bot');
    journey = await startJourney(device, {
      environment: { TELEGRAM_API_ROOT: telegram.url },
      telegramTimings: { ...quickTimings, steady: 100 },
    });
    admin = await journey.visit(journey.admin);
    agentId = await journey.createAgent('Pilot');
  });
  afterAll(async () => {
    await journey?.close();
    await telegram?.close();
  });

  const confirm = async ({ page }: Visitor, question: string, answer: string) => {
    const dialog = page.getByRole('dialog', { name: question });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: answer }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  test('an admin connects the main bot, then an agent’s own; a token that is refused says why', async () => {
    const { page, checkAccessibility } = admin;
    await page.goto(`/agents/${agentId}/settings?tab=telegram`);
    await page.getByText('The main bot comes first').waitFor();
    await checkAccessibility('an agent’s Telegram before the main bot');
    await page.getByRole('link', { name: 'Set up the main bot' }).click();

    await page.getByText('open @BotFather').waitFor();
    const token = page.getByLabel('Bot token');
    await token.fill('123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
    await page.getByRole('button', { name: 'Connect bot' }).click();
    const refusal = page.getByText(/Telegram does not accept this token/);
    await refusal.waitFor();
    await expect.poll(() => token.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => token.inputValue()).toMatch(/^123456789:/);
    expect(admin.problems.splice(0)).toEqual([expect.stringContaining('400')]);
    await checkAccessibility('a refused token');
    await token.fill(mainBot.token);
    await page.getByRole('button', { name: 'Connect bot' }).click();
    await page.getByText('@harbour_bot', { exact: true }).first().waitFor();
    await page.getByText(`The token ends in ${mainBot.token.slice(-4)}`).waitFor();
    await page.getByText('Working').first().waitFor();

    await page.goto(`/agents/${agentId}/settings?tab=telegram`);
    await page.getByLabel('Bot token').fill(mainBot.token);
    await page.getByRole('button', { name: 'Connect bot' }).click();
    await page
      .getByText(/already/)
      .first()
      .waitFor();
    expect(admin.problems.splice(0)).toEqual([expect.stringContaining('409')]);
    await page.getByLabel('Bot token').fill(telegram.createBot('pilot_bot').token);
    await page.getByRole('button', { name: 'Connect bot' }).click();
    await page.getByRole('img', { name: 'QR code of https://t.me/pilot_bot' }).waitFor();
    await page.getByText('Working').first().waitFor();
    await checkAccessibility('an agent’s bot');
    expect(journey.problems()).toEqual([]);
  });

  test('a bot that another program polls shows as not working, and recovers', async () => {
    const { page, checkAccessibility } = admin;
    const other = telegram.pollElsewhere(mainBot);
    await page.goto('/settings?section=telegram');
    await page.getByText('Not working').first().waitFor();
    await page
      .getByRole('alert')
      .getByText(/another program/i)
      .first()
      .waitFor();
    await checkAccessibility('a bot that is polled elsewhere');
    await other.stop();
    await page.getByText('Not working').waitFor({ state: 'detached' });
    await page.getByText('Working').first().waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('a member pairs, talks on both sides in step, and unlinks', async () => {
    const mia = await journey.visit(await createMember(journey.server.app, journey.admin, { name: 'Mia' }));
    const { page, checkAccessibility } = mia;
    await page.goto('/settings?section=telegram');
    await page.getByRole('img', { name: 'QR code of https://t.me/harbour_bot' }).waitFor();
    await checkAccessibility('pairing');
    const chat = telegram.chat(mainBot, { id: 4711, firstName: 'Mia' });
    const code = await askForCode(chat, '/start');

    await page.getByLabel('Code from Telegram').fill('WRONG234');
    await page.getByRole('button', { name: 'Link account' }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    expect(mia.problems.splice(0)).toEqual([expect.stringContaining('400')]);
    await page.getByLabel('Code from Telegram').fill(code.toLowerCase());
    await page.getByRole('button', { name: 'Link account' }).click();
    await page.getByText('(number 4711) is linked').waitFor();
    await checkAccessibility('a linked account');

    journey.model.respond(({ messages }) => [{ text: `You said: ${messages.at(-1)?.text}` }]);
    await page.goto('/');
    await page.getByLabel(/^Message to /).waitFor();
    chat.say('Hello from the pier');
    await page.getByText('You said: Hello from the pier', { exact: true }).waitFor();
    await page.getByRole('article', { name: 'You' }).getByText('Hello from the pier', { exact: true }).waitFor();
    await page.getByLabel(/^Message to /).fill('Hello from the desk');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('You said: Hello from the desk', { exact: true }).waitFor();
    await heard(chat, 'You said: Hello from the desk');
    await heard(chat, /^You, in the browser:\s+Hello from the desk$/);

    await page.goto('/settings?section=telegram');
    await page.getByRole('button', { name: 'Unlink…' }).click();
    await checkAccessibility('the question before unlinking');
    const unlinking = Promise.withResolvers<void>();
    await page.route('**/api/settings/telegram', async (route) => {
      if (route.request().method() === 'DELETE') await unlinking.promise;
      await route.continue();
    });
    const dialog = page.getByRole('dialog', { name: 'Unlink your Telegram account?' });
    await dialog.getByRole('button', { name: 'Unlink' }).click();
    await dialog.locator('button[data-loading]').waitFor();
    unlinking.resolve();
    // Nothing the dialog promised is still to come when it is gone.
    await dialog.waitFor({ state: 'detached' });
    chat.say('Still there?');
    const texts = () => chat.answers().map(({ text }) => text);
    await expect.poll(() => texts().filter((text) => /enter this code/.test(text))).toHaveLength(2);
    await page.getByLabel('Code from Telegram').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('a bot is disconnected, and Telegram removed for everyone, each after a question', async () => {
    const { page, checkAccessibility } = admin;
    await page.goto(`/agents/${agentId}/settings?tab=telegram`);
    await page.getByRole('button', { name: 'Disconnect…' }).click();
    await checkAccessibility('the question before disconnecting');
    await confirm(admin, 'Disconnect @pilot_bot?', 'Disconnect');
    await page.getByRole('button', { name: 'Connect bot' }).waitFor();

    await page.goto('/settings?section=telegram');
    await page.getByRole('button', { name: 'Remove Telegram…' }).click();
    await page.getByRole('dialog').getByText('One bot stops answering at once: @harbour_bot.').waitFor();
    await checkAccessibility('the question before removing Telegram');
    await confirm(admin, 'Remove Telegram for everyone?', 'Remove for everyone');
    await page.getByRole('button', { name: 'Connect bot' }).waitFor();
    await expect.poll(() => telegram.stateOf(mainBot).isPolled).toBe(false);
    expect(journey.problems()).toEqual([]);
  });
});
