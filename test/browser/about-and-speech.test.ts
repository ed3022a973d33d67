import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMember, type TestUser } from '../create-test-app.ts';
import { devicesOr } from './devices.ts';
import { type Journey, startJourney } from './journey.ts';
import { keepScreenshot } from './screenshot.ts';
import type { Visitor } from './visitor.ts';

describe.each(devicesOr('phone'))('about an agent, and speech, on a $name', (device) => {
  let journey: Journey;
  let member: TestUser;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    mkdirSync(join(journey.server.dataRoot, 'hr'));
    agentId = await journey.createAgent('Scribe', {
      templateId: 'knowledge-base',
      pluginConfig: { allowed_paths: ['/data/hr'] },
    });
    await journey.admin.request('PATCH', `/api/agents/${agentId}`, {
      description: 'Answers what is written in the handbook.',
      responsibleUserId: journey.admin.id,
      reviewAt: '2020-01-31',
      fallbackModel: 'ollama-local/gemma3:4b',
    });
    member = await createMember(journey.server.app, journey.admin);
    journey.model.respond(() => [{ text: 'It costs **seven** euros. Ask again.' }]);
  });
  afterAll(() => journey?.close());

  test('everybody who may use it learns what it is, whose, where its model runs and what it may do', async () => {
    const visitor = await journey.visit(member);
    const { page } = visitor;
    await page.goto(`/chat/${agentId}`);
    await page.getByText('AI ·', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'About Scribe' }).click();
    const panel = page.getByRole('dialog', { name: 'About Scribe' });
    for (const text of [
      'Scribe is an AI',
      'Answers what is written in the handbook.',
      'Ada Admin',
      'due since Jan 31, 2020',
      'on a server that your organisation runs',
      'If that one does not answer',
      'gemma3:4b',
      'search the documents in hr',
      'until you delete them',
    ])
      await panel.getByText(text).first().waitFor();
    await visitor.checkAccessibility('about an agent');
    await keepScreenshot(page, `about-${device.name}`);
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.count()).toBe(0);
    expect(journey.problems()).toEqual([]);
  });

  test('in German too', async () => {
    const visitor = await journey.visit(member);
    await visitor.page.addInitScript(() => localStorage.setItem('pinchy.language', 'de'));
    await visitor.page.goto(`/chat/${agentId}`);
    await visitor.page.getByText('KI ·', { exact: true }).waitFor();
    await visitor.page.getByRole('button', { name: 'Über Scribe' }).click();
    await visitor.page.getByText('Scribe ist eine KI: Ein Sprachmodell').waitFor();
    await visitor.page.getByText('bis Sie sie löschen').waitFor();
    await visitor.checkAccessibility('about an agent in German');
    await keepScreenshot(visitor.page, `about-german-${device.name}`);
  });

  test('without the browser’s means there is no button', async () => {
    const { page } = await openChat({ listens: false, voices: [] });
    await page.getByText('seven').first().waitFor();
    expect(await page.getByRole('button', { name: 'Dictate' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Read aloud' }).count()).toBe(0);
  });

  test('dictating asks before sound goes to the browser’s maker, once', async () => {
    const visitor = await openChat({ listens: true, local: 'unavailable', voices: [] });
    const { page } = visitor;
    await page.getByRole('button', { name: 'Dictate' }).click();
    await page.getByText('a service of its maker').waitFor();
    expect(await heard(page)).toEqual([]);
    await visitor.checkAccessibility('the question before dictating');
    await keepScreenshot(page, `speech-question-${device.name}`);
    await page.getByRole('button', { name: 'Not now' }).click();
    expect(await heard(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dictate' }).click();
    await page.getByRole('button', { name: 'Send sound to the browser’s maker' }).click();
    await page.getByRole('button', { name: 'Stop dictating' }).waitFor();
    await expect.poll(() => heard(page)).toEqual([{ lang: 'en-US', processLocally: false }]);
    await page.getByLabel('Message to Scribe').fill('Dear all,');
    await say(page, 'we sail', false);
    await page.getByText('we sail', { exact: true }).waitFor();
    await keepScreenshot(page, `speech-listening-${device.name}`);
    await expect.poll(() => page.getByLabel('Message to Scribe').inputValue()).toBe('Dear all,');
    await say(page, 'we sail on Monday', true);
    await expect.poll(() => page.getByLabel('Message to Scribe').inputValue()).toBe('Dear all, we sail on Monday');
    await page.getByRole('button', { name: 'Stop dictating' }).click();
    await page.getByRole('button', { name: 'Dictate' }).click();
    await page.getByRole('button', { name: 'Stop dictating' }).waitFor();
    await expect.poll(() => heard(page)).toHaveLength(2);
    expect(journey.problems()).toEqual([]);
  });

  test('dictating stays on the device where the browser can, and no question is asked', async () => {
    const { page } = await openChat({ listens: true, local: 'available', voices: [] });
    await page.getByRole('button', { name: 'Dictate' }).click();
    await page.getByRole('button', { name: 'Stop dictating' }).waitFor();
    await expect.poll(() => heard(page)).toEqual([{ lang: 'en-US', processLocally: true }]);
  });

  test('a language pack is offered where the browser could stay on the device', async () => {
    const { page } = await openChat({ listens: true, local: 'downloadable', voices: [] });
    await page.getByRole('button', { name: 'Dictate' }).click();
    await page.getByRole('button', { name: 'Load the language pack' }).click();
    await page.getByRole('button', { name: 'Stop dictating' }).waitFor();
    await expect.poll(() => heard(page)).toEqual([{ lang: 'en-US', processLocally: true }]);
  });

  test('an answer is read by a voice on the device, and can be stopped', async () => {
    const { page } = await openChat({
      listens: false,
      voices: [
        { name: 'Cloud', lang: 'en-US', localService: false },
        { name: 'Here', lang: 'en-GB', localService: true },
      ],
    });
    await page.getByRole('button', { name: 'Read aloud' }).first().click();
    await page.getByRole('button', { name: 'Stop reading' }).waitFor();
    await expect.poll(() => spoken(page)).toEqual(['Here: It costs seven euros.', 'Here: Ask again.']);
    await page.getByRole('button', { name: 'Stop reading' }).click();
    await page.getByRole('button', { name: 'Read aloud' }).first().waitFor();
  });

  test('where a service would get the text, it is asked first', async () => {
    const visitor = await openChat({ listens: false, voices: [{ name: 'Cloud', lang: 'en-US', localService: false }] });
    const { page } = visitor;
    await page.getByRole('button', { name: 'Read aloud' }).first().click();
    await page.getByText('sends the text of the answer to a service').waitFor();
    await visitor.checkAccessibility('the question before reading aloud');
    expect(await spoken(page)).toEqual([]);
    await page.getByRole('button', { name: 'Send the text to the maker' }).click();
    await expect.poll(() => spoken(page)).toEqual(['Cloud: It costs seven euros.', 'Cloud: Ask again.']);
    expect(journey.problems()).toEqual([]);
  });

  test('an answer that the fallback model wrote says so, also when it is loaded anew and in German', async () => {
    journey.model.respond(({ model }) =>
      model === 'gemma3:4b' ? [{ text: 'Seven euros, says the other.' }] : [{ error: 'quota' }],
    );
    const visitor = await journey.visit(member);
    const { page } = visitor;
    await page.goto(`/chat/${agentId}/new`);
    await page.getByLabel('Message to Scribe').fill('What does a sail cost?');
    await page.getByRole('button', { name: 'Send' }).click();
    const why = 'the agent’s model could not answer.';
    await page.getByText(`Answered by gemma3:4b (Ollama on your own machine): ${why}`).waitFor();
    await page.evaluate(() => localStorage.setItem('pinchy.language', 'de'));
    await page.reload();
    await page
      .getByText('Beantwortet von gemma3:4b (Ollama auf eigenem Rechner): Das Modell des Agenten konnte nicht')
      .waitFor();
    await visitor.checkAccessibility('an answer of the fallback model');
    await keepScreenshot(page, `fallback-answer-${device.name}`);
    expect(journey.problems()).toEqual([]);
  });

  interface Means {
    listens: boolean;
    local?: string;
    voices: { name: string; lang: string; localService: boolean }[];
  }

  /** A chat with one answer, in a browser whose speech is doubled. */
  async function openChat(means: Means): Promise<Visitor> {
    const visitor = await journey.visit(member);
    await visitor.page.addInitScript(doubleSpeech, means);
    await visitor.page.goto(`/chat/${agentId}/new`);
    await visitor.page.getByLabel('Message to Scribe').fill('What does a mast cost?');
    await visitor.page.getByRole('button', { name: 'Send' }).click();
    await visitor.page.getByText('Ask again.', { exact: false }).first().waitFor();
    await visitor.page.getByRole('button', { name: 'Copy as Markdown' }).first().waitFor();
    return visitor;
  }
});

type Doubled = Window & {
  heard: { lang: string; processLocally: boolean }[];
  spoken: string[];
  say(text: string, isFinal: boolean): void;
};
const heard = (page: Page) => page.evaluate(() => (window as unknown as Doubled).heard);
const spoken = (page: Page) => page.evaluate(() => (window as unknown as Doubled).spoken);
const say = (page: Page, text: string, isFinal: boolean) =>
  page.evaluate(([words, final]) => (window as unknown as Doubled).say(words, final), [text, isFinal] as const);

/** Runs in the page, before it does: a browser that listens and speaks as it is told to. */
function doubleSpeech(means: { listens: boolean; local?: string; voices: object[] }): void {
  const page = window as unknown as Doubled & Record<string, unknown>;
  page.heard = [];
  page.spoken = [];
  let installed = false;
  class Recognition extends EventTarget {
    static available = async () => (installed ? 'available' : (means.local ?? 'unavailable'));
    static install = async () => {
      installed = true;
      return true;
    };
    lang = '';
    processLocally = false;
    start() {
      page.heard.push({ lang: this.lang, processLocally: this.processLocally });
      page.say = (transcript, isFinal) => {
        const results = [{ isFinal, 0: { transcript } }];
        this.dispatchEvent(Object.assign(new Event('result'), { resultIndex: 0, results }));
      };
    }
    stop() {
      this.dispatchEvent(new Event('end'));
    }
    abort() {
      this.stop();
    }
  }
  const define = (name: string, value: unknown) => Object.defineProperty(window, name, { value, configurable: true });
  if (means.listens) define('SpeechRecognition', Recognition);
  else Reflect.deleteProperty(window, 'SpeechRecognition');
  Reflect.deleteProperty(window, 'webkitSpeechRecognition');
  const voices = means.voices;
  define(
    'SpeechSynthesisUtterance',
    class extends EventTarget {
      voice = { name: '' };
      text: string;
      constructor(text: string) {
        super();
        this.text = text;
      }
    },
  );
  define('speechSynthesis', {
    getVoices: () => voices,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    cancel: () => undefined,
    speak: (utterance: { text: string; voice: { name: string } }) =>
      page.spoken.push(`${utterance.voice.name}: ${utterance.text}`),
  });
}
