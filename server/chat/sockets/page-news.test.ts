import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient } from '../../../test/chat/chat-client.ts';
import {
  createAdmin,
  createMember,
  createTestApp,
  signIn,
  type TestApp,
  type TestUser,
} from '../../../test/create-test-app.ts';

let app: TestApp;
let admin: TestUser;
let member: TestUser;
let address: string;

beforeAll(async () => {
  app = await createTestApp();
  admin = await createAdmin(app.app);
  member = await createMember(app.app, admin);
  address = (await app.listen()).replace('http', 'ws');
});

afterAll(() => app?.close());

const open = (user: TestUser) => connectClient(`${address}/api/ws`, { cookie: user.cookie });

test('pages hear at once that their agents changed, and not more often than they can ask', async () => {
  const client = await open(member);
  const created = await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom' });
  expect(created.status).toBe(201);
  await client.next('agents', undefined, 1_000);
  for (let count = 0; count < 10; count += 1) {
    const renamed = await admin.request('PATCH', `/api/agents/${created.body.id}`, { name: `Clerk ${count}` });
    expect(renamed.status).toBe(200);
  }
  expect(client.all('agents').length).toBeLessThan(4);
  const before = client.all('agents').length;
  // The last change is heard too.
  await expect.poll(() => client.all('agents').length).toBeGreaterThan(before);
  await client.close();
});

test('a personal agent is news to its owner only', async () => {
  const [own, other] = [await open(member), await open(admin)];
  const smithers = (await member.request('GET', '/api/agents')).body.find(
    ({ isPersonal }: { isPersonal: boolean }) => isPersonal,
  );
  // What was changed before has been told.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const before = [own.all('agents').length, other.all('agents').length];
  const changed = await member.request('PATCH', `/api/agents/${smithers.id}`, { tagline: 'Mine' });
  expect(changed.status).toBe(200);
  await expect.poll(() => own.all('agents').length).toBe(before[0]! + 1);
  expect(other.all('agents').length).toBe(before[1]);
  await Promise.all([own.close(), other.close()]);
});

test('a page whose session has ended is not sent to ask for agents', async () => {
  const session = await signIn(app.app, member.email);
  const client = await open(session);
  expect((await session.request('POST', '/api/auth/sign-out')).status).toBe(200);
  expect(await client.closed).toMatchObject({ code: 4401 });
  expect(client.all('agents')).toEqual([]);
});
