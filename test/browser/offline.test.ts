import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFreePort } from '../../testkit/find-free-port.ts';
import type { TestUser } from '../create-test-app.ts';
import { setFaultStage, type FaultStage } from '../faults/stage.ts';
import { createVisitor } from '../faults/visitor.ts';
import type { TestServerProcess } from '../server-process.ts';
import { devicesOr } from './devices.ts';
import { openVisitor } from './visitor.ts';

// Real: a server process that is killed and started again, PostgreSQL, a browser with the product's service worker.

let stage: FaultStage;
let server: TestServerProcess;
let port: string;
let agentId: string;
const person = createVisitor();

beforeAll(async () => {
  stage = await setFaultStage();
  port = String(await findFreePort());
  server = await stage.start({ PORT: port });
  agentId = await person.setUp(server, stage.double.url);
}, 180_000);
afterAll(() => stage?.close());

for (const device of devicesOr('phone')) {
  test(`whoever reloads while the server is away reads so, and goes on with their draft once it is back (${device.name})`, async () => {
    const user = { cookie: person.cookie } as TestUser;
    const { page, checkAccessibility, close, problems } = await openVisitor({ address: server.url, device, user });
    await page.goto(`/chat/${agentId}`);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByRole('textbox', { name: /message/i }).fill('A thought that is not finished');
    await server.kill();
    await page
      .getByText(/connection|reconnect/i)
      .first()
      .waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Pinchy cannot be reached' }).waitFor();
    // Nothing of anybody is kept for such times: no page, no answer of the API.
    const kept = await page.evaluate(async () => {
      const requests = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
      return requests
        .flat()
        .map(({ url }) => new URL(url).pathname)
        .toSorted();
    });
    expect(kept).toEqual(['/icons/icon.svg', '/offline.html', '/offline.js']);
    problems.length = 0;
    await checkAccessibility('offline');
    expect(problems).toEqual([]);

    server = await stage.start({ PORT: port });
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: /message/i }).inputValue(), { timeout: 20_000 })
      .toBe('A thought that is not finished');
    await close();
  }, 120_000);
}
