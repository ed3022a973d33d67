import { chromium, type Locator } from 'playwright-core';
import { findChromium } from '../test/browser/launch-browser.ts';
import { timeKeys, writeLongConversation } from '../test/browser/long-conversation.ts';
import type { BenchContext } from './bench-context.ts';
import { measureMedian, percentile, type Result } from './result.ts';
import { createAgent, setStage } from './stage.ts';

const messages = 2_000;
const rounds = 5;
const typed = 'what may a hotel cost in a town that nobody has heard of, and who has to agree to it before';

/** The chat page in Chromium with a conversation of 2,000 messages, and with one that has none. */
export async function benchLongChat(context: BenchContext): Promise<Result[]> {
  const stage = await setStage(context);
  const [long, empty] = [await createAgent(stage, 'Bench'), await createAgent(stage, 'Bench')];
  await writeLongConversation(stage.database, { agentId: long.id, userId: stage.admin.id, messages });
  const browser = await chromium.launch({ headless: true, ...(await findChromium()) });
  context.onEnd(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const [name = '', value = ''] = stage.admin.cookie.split('=');
  await page.context().addCookies([{ name, value, url: stage.url }]);

  const whole = await look(`${stage.url}/chat/${long.id}`, page.getByText(`Answer ${messages}`));
  const none = await look(`${stage.url}/chat/${empty.id}`, page.getByRole('heading', { level: 2, name: 'Bench' }));
  const title = `chat with ${messages.toLocaleString('en')} messages`;
  return [
    {
      name: `${title}: address → newest message drawn, p50, and none`,
      value: whole.shownMs,
      unit: 'ms',
      target: 1_000,
      baseline: none.shownMs,
    },
    {
      name: `${title}: key → painted, p50, and without any`,
      value: whole.keys(0.5),
      unit: 'ms',
      target: 100,
      baseline: none.keys(0.5),
    },
    {
      name: `${title}: key → painted, p95, and without any`,
      value: whole.keys(0.95),
      unit: 'ms',
      target: 100,
      baseline: none.keys(0.95),
    },
    { name: `${title}: messages in the page`, value: whole.drawn, unit: 'count', target: 40 },
  ];

  async function look(url: string, newest: Locator) {
    const shownMs = await measureMedian(rounds, async () => {
      await page.goto(url);
      await newest.waitFor();
    });
    const times = await timeKeys(page, page.getByLabel('Message to Bench'), typed);
    const drawn = await page.getByRole('article').count();
    return { shownMs, drawn, keys: (share: number) => percentile(times, share) };
  }
}
