import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { devicesOr } from './devices.ts';
import { findFaintFields } from './find-faint-fields.ts';
import { findRed, hueOf } from './find-red.ts';
import { type Journey, startJourney } from './journey.ts';
import type { Visitor } from './visitor.ts';

const schemes = ['light', 'dark'] as const;

describe.each(devicesOr('desktop'))('the look, on a $name', (device) => {
  let journey: Journey;
  let visitor: Visitor;
  let agentId: string;

  beforeAll(async () => {
    journey = await startJourney(device);
    mkdirSync(join(journey.server.dataRoot, 'handbook'));
    agentId = await journey.createAgent('Scribe', { allowedTools: ['pinchy_ls'] });
    visitor = await journey.visit(journey.admin);
  });
  afterAll(() => journey?.close());

  test('red is for the mark and for danger, whatever is in use, chosen or switched on', async () => {
    const { page } = visitor;
    const settings = ['profile', 'context', 'providers', 'integrations', 'users', 'groups', 'licence', 'security'];
    const tabs = ['general', 'personality', 'permissions', 'access', 'delete'];
    const paths = [
      `/chat/${agentId}`,
      '/agents/new',
      '/usage',
      '/audit',
      '/knowledge',
      ...settings.map((section) => `/settings?section=${section}`),
      ...tabs.map((tab) => `/agents/${agentId}/settings?tab=${tab}`),
    ];
    const red: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      await page.getByRole('main').waitFor();
      await visitor.settle();
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await visitor.settle();
        // What has the focus shows it by its frame.
        for (let presses = 0; presses < 4; presses += 1) {
          await page.keyboard.press('Tab');
          red.push(...(await findRed(page)).map((found) => `${path}, ${colorScheme}: ${found}`));
        }
      }
    }
    expect([...new Set(red)]).toEqual([]);
    // A tab that is chosen, painted as it once was, is found.
    await page.addStyleTag({ content: '[role=tab] { border-color: #c03d2b !important; }' });
    expect(await findRed(page)).not.toEqual([]);
  });

  test('what creates and what deletes do not look alike', async () => {
    const { page } = visitor;
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await page.goto('/agents/new');
      const creating = await hueOf(page.getByRole('button', { name: 'Create agent' }));
      await page.goto(`/agents/${agentId}/settings?tab=delete`);
      const deleting = await hueOf(page.getByRole('button', { name: 'Delete Scribe…' }));
      const apart = Math.abs(creating - deleting);
      expect(Math.min(apart, 360 - apart), colorScheme).toBeGreaterThan(100);
    }
  });

  test('colours stand apart enough in both schemes', async () => {
    const { page } = visitor;
    for (const path of ['/usage', '/knowledge', '/agents/new', `/agents/${agentId}/settings?tab=permissions`]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await visitor.checkAccessibility(`${path}, ${colorScheme}`);
      }
    }
    expect(journey.problems()).toEqual([]);
  });

  test('empty fields, boxes and switches show where they are', async () => {
    const { page } = visitor;
    for (const path of [`/agents/${agentId}/settings?tab=permissions`, '/agents/new', '/settings?section=profile']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await visitor.settle();
        await expect.poll(async () => (await findFaintFields(page)).seen).toBeGreaterThan(0);
        expect((await findFaintFields(page)).faint, `${path}, ${colorScheme}`).toEqual([]);
      }
    }
    // A field with the line of a card is found.
    await page.addStyleTag({ content: '* { --pinchy-field-line: var(--pinchy-line) !important; }' });
    await expect.poll(async () => (await findFaintFields(page)).faint).not.toEqual([]);
  });

  test('a list without conversations begins with the one that begins', async () => {
    const { page } = visitor;
    await page.goto(`/chat/${agentId}/new`);
    const list = page.getByRole('navigation', { name: 'Conversations' });
    const top = async (text: string) => (await list.getByText(text).boundingBox())?.y ?? 0;
    await list.getByText('will be listed here').waitFor();
    await expect.poll(() => top('Begins with your first message'), { timeout: 30_000 }).toBeGreaterThan(0);
    expect(await top('will be listed here')).toBeGreaterThan(await top('Begins with your first message'));
  });

  test('the typeface comes with the product and with the page, and moves nothing when it comes', async () => {
    const { page } = visitor;
    const html = await (await fetch(journey.address)).text();
    const [, address = ''] =
      /<link\s+rel="preload"\s+href="([^"]+)"\s+as="font"\s+type="font\/woff2"\s+crossorigin/.exec(html) ?? [];
    const file = await fetch(new URL(address, journey.address));
    expect(file.status).toBe(200);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'font/woff2',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    await page.goto('/usage');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const seen = await page.evaluate(async () => {
      await document.fonts.ready;
      // Made of Arial or Liberation Sans, which a machine without a screen may lack: then there is nothing to measure.
      const hasStandIn = await document.fonts.load('16px "Inter stand-in"').then(
        () => true,
        () => false,
      );
      const width = (family: string) => {
        const context = document.createElement('canvas').getContext('2d')!;
        context.font = `16px "${family}"`;
        return context.measureText('Who read which contract, and who approved it? 1,234.56').width;
      };
      const own = [...document.fonts].filter(({ family }) => family.replaceAll('"', '') === 'Inter');
      return {
        body: getComputedStyle(document.body).fontFamily,
        loaded: own.filter(({ status }) => status === 'loaded').length,
        display: own.map(({ display }) => display),
        ratio: hasStandIn ? width('Inter') / width('Inter stand-in') : undefined,
      };
    });
    expect(seen.body).toMatch(/^"?Inter"?,/);
    // Of the two files only the one that the page's letters need.
    expect(seen.loaded).toBe(1);
    expect(seen.display).toEqual(['swap', 'swap']);
    if (seen.ratio !== undefined) expect(Math.abs(seen.ratio - 1)).toBeLessThan(0.03);
  });

  test('where there is nothing yet, a picture stands', async () => {
    const { page } = visitor;
    for (const [path, picture] of [
      ['/usage', 'usage'],
      ['/audit?status=failure', 'trail'],
      ['/settings?section=integrations', 'connections'],
      ['/settings?section=users', 'people'],
      ['/settings?section=groups', 'people'],
      ['/knowledge?directory=/data/handbook', 'documents'],
    ] as const) {
      await page.goto(path);
      await page.locator(`main [data-picture="${picture}"]`).first().waitFor();
    }
  });

  test('the titles of cards stand on one line, at any width', async () => {
    const { page } = visitor;
    const size = page.viewportSize()!;
    for (const width of [390, 820, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto('/agents/new');
      const titles = page.getByRole('main').locator('[role=radio] [title]');
      await titles.first().waitFor();
      const lines = await titles.evaluateAll((all) =>
        all.map((title) => Math.round(title.clientHeight / parseFloat(getComputedStyle(title).lineHeight))),
      );
      expect(lines.length).toBeGreaterThan(3);
      expect(new Set(lines)).toEqual(new Set([1]));
    }
    await page.setViewportSize(size);
  });
});
