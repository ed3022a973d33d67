import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Overview } from '../../contract/overview.ts';
import { type ReleaseFeed, startReleaseFeed } from '../../testkit/release-feed.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

let feed: ReleaseFeed;
let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  feed = await startReleaseFeed({ tag_name: 'v9.1.0', html_url: 'https://example.com/9.1.0' });
  server = await createTestApp({ environment: { UPDATE_FEED_URL: feed.url } });
  admin = await createAdmin(server.app);
});
afterAll(async () => {
  await server?.close();
  await feed?.close();
});

const overview = async (who = admin) => (await who.request('GET', '/api/overview')).body as Overview;

test('a newer version is named on the overview once the feed has told, and the feed is not asked each time', async () => {
  expect(feed.requests).toBe(0);
  await expect
    .poll(async () => (await overview()).update)
    .toEqual({
      version: '9.1.0',
      url: 'https://example.com/9.1.0',
    });
  await overview();
  expect(feed.requests).toBe(1);
});

test('nobody is asked unless the operator says whom, and a feed that fails disturbs nothing', async () => {
  const quiet = await createTestApp();
  expect((await overview(await createAdmin(quiet.app))).update).toBeNull();
  await quiet.close();

  const broken = await startReleaseFeed('nothing of the kind');
  const other = await createTestApp({ environment: { UPDATE_FEED_URL: broken.url } });
  const theirs = await createAdmin(other.app);
  await overview(theirs);
  await expect.poll(() => broken.requests).toBe(1);
  expect((await overview(theirs)).update).toBeNull();
  await other.close();
  await broken.close();
});
