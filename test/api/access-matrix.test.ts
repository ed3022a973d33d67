import { systemAuthority } from '../../server/db/authority.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint, Method } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { createAdmin, createMember, createTestApp, request, type TestApp } from '../create-test-app.ts';
import { createLicenceKeys, type LicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';
import { accessMatrix, type Caller, callers, type MatrixRow, type Subject } from './access-matrix.ts';
import { contractTable } from './contract-table.ts';

let server: TestApp;
let keys: LicenceKeys;
const cookies = {} as Record<Caller, string | undefined>;
const ids = {} as Record<Subject, string>;

beforeAll(async () => {
  keys = await createLicenceKeys();
  server = await createTestApp({ environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey } });
  const admin = await createAdmin(server.app);
  await setLicence(true);
  const group = await admin.request('POST', '/api/groups', { name: 'Insiders' });
  const [outside, inside, owner] = [
    await createMember(server.app, admin),
    await createMember(server.app, admin, { groupIds: [group.body.id] }),
    await createMember(server.app, admin),
  ];
  const agent = await admin.request('POST', '/api/agents', { name: 'Inner circle', templateId: 'custom' });
  await admin.request('PATCH', `/api/agents/${agent.body.id}`, {
    visibility: 'restricted',
    groupIds: [group.body.id],
  });
  const [personal] = (await owner.request('GET', '/api/agents')).body;
  const invite = await admin.request('POST', '/api/users/invite', { role: 'member' });
  const other = await createMember(server.app, admin);
  Object.assign(cookies, {
    anonymous: undefined,
    outside: outside.cookie,
    inside: inside.cookie,
    owner: owner.cookie,
    admin: admin.cookie,
    licensedAdmin: (await createMember(server.app, admin, { role: 'admin' })).cookie,
  });
  Object.assign(ids, {
    restricted: agent.body.id,
    own: personal.id,
    group: group.body.id,
    user: other.id,
    invite: invite.body.token,
    nothing: crypto.randomUUID(),
  });
});
afterAll(() => server.close());

async function setLicence(active: boolean): Promise<void> {
  await server.services.signals.transaction(systemAuthority, async (tx) => {
    if (active) await server.services.settings.write(tx, 'enterprise_key', await keys.sign(), true);
    else await server.services.settings.remove(tx, 'enterprise_key');
  });
}

function urlOf({ route, subject = 'nothing', query: search }: MatrixRow): string {
  const path = route.slice(route.indexOf(' ') + 1);
  // The first parameter is the row's subject; the further ones are of nobody.
  let index = 0;
  const url = path.replaceAll(/:(\w+)/g, (_all, name: string) =>
    name === 'number' ? '1' : index++ === 0 ? ids[subject] : crypto.randomUUID(),
  );
  return search ? `${url}?${search}` : url;
}

// Every licensed caller first, so that the licence is switched once and the last row may end sessions.
describe.each([
  { licence: true, who: ['licensedAdmin'] as Caller[] },
  { licence: false, who: callers.filter((caller) => caller !== 'licensedAdmin') },
])('licence $licence', ({ licence, who }) => {
  beforeAll(() => setLicence(licence));
  const cases = who.flatMap((caller) => accessMatrix.map((row) => ({ caller, row })));

  test.each(cases.map((each) => [each.row.route, each.row.subject ?? '-', each.caller, each] as const))(
    '%s (%s) by %s',
    async (_route, _subject, _caller, { caller, row }) => {
      const method = row.route.slice(0, row.route.indexOf(' ')) as Method;
      const cookie = cookies[caller];
      const answer = await request(server.app, method, urlOf(row), {
        ...(cookie && { cookie }),
        ...(row.body !== undefined && { body: row.body }),
      });
      expect(answer.status, answer.text.slice(0, 300)).toBe(row.expected[callers.indexOf(caller)]);
    },
  );
});

test('every route has a row', async () => {
  const declared = (Object.values(endpoints) as Endpoint[]).map(({ method, path }) => `${method} ${path}`);
  const promised = contractTable.map(([method, path]) => `${method} ${path}`);
  const patternOf = (route: string) =>
    route.replace(/files\/\w+\.md$/, 'files/:name').replace(/versions\/\d+\//, 'versions/:number/');
  const rows = new Set(accessMatrix.map(({ route }) => patternOf(route)));
  expect([...new Set([...declared, ...promised])].filter((route) => !rows.has(route))).toEqual([]);
});

test('nothing that a refused caller asked for has happened', async () => {
  const [{ count } = { count: -1 }] = await query<{ count: number }>(
    server.databaseUrl,
    `select count(*)::int as count from agents where name = 'New'`,
  );
  expect(count).toBe(2);
});
