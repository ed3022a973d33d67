import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

// What others share with a person, as a list; every right that a single link is asked for is attacked in test/attacks/sharing.

let server: TestApp;
let socketUrl: string;
let admin: TestUser;
let owner: TestUser;
let reader: TestUser;
let stranger: TestUser;
let agentId: string;

beforeAll(async () => {
  server = await createTestApp();
  socketUrl = `${(await server.listen()).replace('http', 'ws')}/api/ws`;
  admin = await createAdmin(server.app);
  owner = await createMember(server.app, admin, { name: 'Olga Owner' });
  reader = await createMember(server.app, admin);
  stranger = await createMember(server.app, admin);
  await admin.request('PUT', '/api/settings/sharing', { enabled: true });
  agentId = (await admin.request('POST', '/api/agents', { name: 'Guide', templateId: 'custom' })).body.id;
});
afterAll(() => server.close());

async function begin(title: string): Promise<{ chatUrl: string; url: string }> {
  const { id } = (await owner.request('POST', `/api/agents/${agentId}/chats`, { title })).body as { id: string };
  await query(server.databaseUrl, `insert into messages (conversation_id, role, content) values ($1, 'user', 'Hi')`, [
    id,
  ]);
  const chatUrl = `/api/agents/${agentId}/chats/${id}`;
  return { chatUrl, url: `${chatUrl}/share` };
}
const list = async (who: TestUser, page = '') =>
  (await who.request('GET', `/api/shares${page}`)).body as { shares: { title: string }[]; total: number };
const open = (who: TestUser) => connectClient(socketUrl, { cookie: who.cookie });

describe('what is shared with a person', () => {
  test('is listed page by page, newest first', async () => {
    for (const title of ['One', 'Two', 'Three']) {
      const { url } = await begin(title);
      expect((await owner.request('PUT', url, { userIds: [reader.id] })).status).toBe(200);
      await query(server.databaseUrl, `update conversation_shares set shared_at = shared_at - interval '1 minute'`);
    }
    const first = await list(reader, '?limit=2');
    expect(first).toMatchObject({ total: 3, shares: [{ title: 'Three' }, { title: 'Two' }] });
    expect((await list(reader, '?limit=2&offset=2')).shares).toMatchObject([{ title: 'One' }]);
    expect(await list(stranger)).toEqual({ shares: [], total: 0 });
    expect((await reader.request('GET', '/api/shares?limit=101')).status).toBe(400);
  });

  test('is news to whom it concerns, at once: shared, not named any more, revoked, deleted, switched off', async () => {
    const [theirs, others] = [await open(reader), await open(stranger)];
    const { url, chatUrl } = await begin('News');
    const isListed = async () => (await list(reader)).shares.some(({ title }) => title === 'News');
    const tells = async (change: () => Promise<{ status: number }>, listed: boolean) => {
      const before = theirs.all('shares').length;
      expect((await change()).status).toBe(200);
      await expect.poll(() => theirs.all('shares').length).toBe(before + 1);
      expect(await isListed()).toBe(listed);
    };
    const share = (userId: string) => () => owner.request('PUT', url, { userIds: [userId] });
    await tells(share(reader.id), true);
    await tells(share(admin.id), false);
    await tells(share(reader.id), true);
    await tells(() => owner.request('DELETE', url), false);
    await tells(share(reader.id), true);
    expect(others.all('shares')).toEqual([]);
    await tells(() => admin.request('PUT', '/api/settings/sharing', { enabled: false }), false);
    await tells(() => admin.request('PUT', '/api/settings/sharing', { enabled: true }), true);
    await tells(() => owner.request('DELETE', chatUrl), false);
    expect(others.all('shares')).toHaveLength(2);
    await Promise.all([theirs.close(), others.close()]);
  });

  test('is told no more often than pages can ask, however often somebody shares anew', async () => {
    const theirs = await open(reader);
    const { url } = await begin('Again and again');
    // What was changed before has been told.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const began = performance.now();
    for (let count = 0; count < 20; count += 1) {
      expect((await owner.request('PUT', url, { userIds: [reader.id], refresh: true })).status).toBe(200);
    }
    // At once, and what was last.
    await expect.poll(() => theirs.all('shares').length).toBeGreaterThan(1);
    const seconds = (performance.now() - began) / 1_000;
    expect(theirs.all('shares').length).toBeLessThan(3 + seconds);
    await theirs.close();
  });
});
