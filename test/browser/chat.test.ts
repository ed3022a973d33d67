import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('chat, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let page: Page;
  let conversation: Locator;
  let composer: Locator;

  beforeAll(async () => {
    journey = await startJourney(device);
    const agentId = await journey.createAgent('Scribe', { allowedTools: ['pinchy_ls', 'pinchy_read'] });
    visitor = await journey.visit(journey.admin);
    page = visitor.page;
    conversation = page.getByRole('region', { name: 'Conversation with Scribe' });
    composer = page.getByLabel('Message to Scribe');
    await page.goto(`/chat/${agentId}`);
    await composer.waitFor();
  });
  afterAll(() => journey?.close());

  const say = async (text: string) => {
    await composer.fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
  };
  const answered = () => page.getByRole('button', { name: 'Copy as Markdown' }).last().waitFor();

  test('a file is attached, the agent reads it with a tool, and answers from it', async () => {
    await visitor.checkAccessibility('an empty chat');
    journey.model.respond(({ messages }) => {
      const read = messages.at(-1)?.toolResults?.[0]?.text;
      if (read)
        return [{ text: read.includes('Violet is the colour') ? '## Colour\n\nIt is **violet**.' : 'I saw nothing.' }];
      const path = /uploads\/[^\s"',)\]]+/.exec(messages.findLast(({ role }) => role === 'user')?.text ?? '')?.[0];
      return [{ text: 'Let me look. ' }, { toolCall: { name: 'pinchy_read', input: { path: path ?? 'uploads' } } }];
    });
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Attach files' }).click(),
    ]);
    await chooser.setFiles([
      { name: 'colours.txt', mimeType: 'text/plain', buffer: Buffer.from('Violet is the colour of the year.\n') },
    ]);
    await page.getByRole('button', { name: 'Remove colours.txt' }).waitFor();
    await composer.fill('Which colour is in the file?');
    await visitor.checkAccessibility('a message with an attachment');
    await page.getByRole('button', { name: 'Send' }).click();

    const said = conversation.getByRole('article', { name: 'You' });
    await said.getByRole('button', { name: /^colours\.txt/ }).waitFor();
    await conversation.getByText('violet', { exact: true }).waitFor();
    await answered();
    const card = conversation.getByRole('button', { name: /^Read files .*colours/ });
    await card.click();
    await conversation.getByText('Result', { exact: true }).waitFor();
    await visitor.checkAccessibility('an answer with an open tool card');
    expect(journey.problems()).toEqual([]);
  });

  test('an answer is stopped, what was said stays, and the provider is let go', async () => {
    journey.model.respond([{ text: 'One sheep, two sheep, ' }, { hang: true }]);
    const gone = journey.model.disconnects.length;
    await say('Count sheep.');
    await conversation.getByText('One sheep, two sheep,').waitFor();
    await visitor.checkAccessibility('a running answer');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
    await conversation.getByText('One sheep, two sheep,').waitFor();
    await visitor.checkAccessibility('a stopped answer');
    await expect.poll(() => journey.model.disconnects.length).toBe(gone + 1);
    await page.reload();
    await conversation.getByText('One sheep, two sheep,').waitFor();
    expect(journey.problems()).toEqual([]);
  });

  test('the connection is lost in mid-answer and again before a message: nothing is lost or doubled', async () => {
    const { promise: connectionLost, resolve: loseConnection } = Promise.withResolvers<void>();
    journey.model.respond(async ({ messages }) => {
      if (messages.at(-1)?.text.includes('alphabet'))
        return [{ text: 'alpha beta gamma ' }, { wait: 700 }, { text: 'delta epsilon', chunks: 4, delayMs: 50 }];
      await connectionLost;
      return [{ text: 'The message arrived.' }];
    });
    await say('Recite the alphabet.');
    await conversation.getByText('alpha beta gamma').waitFor();
    expect(dropSockets()).toBeGreaterThan(0);
    await conversation.getByText('alpha beta gamma delta epsilon', { exact: true }).waitFor();

    await visitor.rest();
    await visitor.context.setOffline(true);
    // The browser may have closed it by itself.
    dropSockets();
    await page.getByText('You are offline.').waitFor();
    await say('Are you still there?');
    await conversation.getByText('Is sent once the connection is back').waitFor();
    await visitor.checkAccessibility('offline');
    const asked = journey.model.requests.filter(({ chat }) => chat).length;
    await visitor.context.setOffline(false);
    loseConnection();
    await conversation.getByText('The message arrived.').waitFor();
    await page.getByText('You are offline.').waitFor({ state: 'detached' });

    await expect.poll(() => conversation.getByText('Are you still there?').count()).toBe(1);
    expect(journey.model.requests.filter(({ chat }) => chat)).toHaveLength(asked + 1);
    await page.reload();
    await conversation.getByText('The message arrived.').waitFor();
    await expect.poll(() => conversation.getByText('Are you still there?').count()).toBe(1);
    await expect.poll(() => conversation.getByText('alpha beta gamma delta epsilon', { exact: true }).count()).toBe(1);
    // The browser notes every attempt that it makes without a network.
    const others = visitor.problems.splice(0).filter((problem) => !/ERR_INTERNET_DISCONNECTED/.test(problem));
    expect(others).toEqual([]);
  });

  /** As a proxy would that restarts: without a closing handshake. Returns how many there were. */
  function dropSockets(): number {
    const sockets = [...journey.server.app.websocketServer.clients];
    for (const socket of sockets) socket.terminate();
    return sockets.length;
  }
});
