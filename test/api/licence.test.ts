import { systemAuthority } from '../../server/db/authority.ts';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  createAdmin,
  createMember,
  createTestApp,
  request,
  signIn,
  type TestApp,
  testPassword,
  type TestUser,
} from '../create-test-app.ts';
import { createLicenceKeys, type LicenceClaims, type LicenceKeys, secondsFromNow } from '../licence-keys.ts';
import { auditRows, query } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
let keys: LicenceKeys;
beforeAll(async () => {
  keys = await createLicenceKeys();
  server = await createTestApp({ environment: { PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey } });
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
});
afterEach(() => store(undefined));
afterAll(() => server.close());

const put = (key: unknown) => admin.request('PUT', '/api/enterprise/key', { key });
const status = async (who = admin) => (await who.request('GET', '/api/enterprise/status')).body;

/** Puts a key in place that the endpoint would refuse, such as one that has expired since. */
async function store(claims: LicenceClaims | undefined): Promise<void> {
  const { settings, signals } = server.services;
  const key = claims && (await keys.sign(claims));
  await signals.transaction(systemAuthority, async (tx) => {
    if (key) await settings.write(tx, 'enterprise_key', key, true);
    else await settings.remove(tx, 'enterprise_key');
  });
}

const none = {
  enterprise: false,
  type: null,
  org: null,
  expiresAt: null,
  daysRemaining: null,
  managedByEnv: false,
  seatsUsed: 2,
  maxUsers: 0,
};

describe('the key', () => {
  test('without one there is no enterprise and no seat limit, and everybody may know', async () => {
    expect(await status()).toEqual(none);
    expect(await status(member)).toEqual(none);
  });

  test('a valid one answers with the new status, is encrypted at rest and recorded without the key', async () => {
    const exp = secondsFromNow(10 * 86_400 - 60);
    const key = await keys.sign({ type: 'trial', org: 'Acme', maxUsers: 7, exp });
    const answer = await put(` ${key}\n`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      enterprise: true,
      type: 'trial',
      org: 'Acme',
      expiresAt: new Date(exp * 1_000).toISOString(),
      daysRemaining: 10,
      managedByEnv: false,
      seatsUsed: 2,
      maxUsers: 7,
    });
    expect(await status(member)).toEqual(answer.body);
    expect(JSON.stringify(await query(server.databaseUrl, 'select * from settings'))).not.toContain(key);
    expect(JSON.stringify(await auditRows(server.databaseUrl))).not.toContain(key);
    expect((await auditRows(server.databaseUrl, 'licence.updated')).at(-1)).toMatchObject({
      actor_id: admin.id,
      detail: { type: 'trial', org: 'Acme', maxUsers: 7 },
    });
  });

  test('an invalid, foreign, expired or otherwise signed one is 400, and the working one stays', async () => {
    await put(await keys.sign({ org: 'Working' }));
    const foreign = await createLicenceKeys();
    const payload = { iss: 'pinchy', type: 'paid', org: 'Evil', maxUsers: 0 };
    const rsa = await generateKeyPair('RS256');
    const signed = (alg: string, secret: CryptoKey | Uint8Array) =>
      new SignJWT(payload).setProtectedHeader({ alg }).setIssuedAt().sign(secret);
    const parts = (await keys.sign()).split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const wrong = {
      nonsense: 'nonsense',
      foreign: await foreign.sign(),
      expired: await keys.sign({ exp: secondsFromNow(-60) }),
      rsa: await signed('RS256', rsa.privateKey),
      // The classic confusion: the public key as the secret of a MAC.
      hmac: await signed('HS256', new TextEncoder().encode(keys.publicKey)),
      none: `${encode({ alg: 'none' })}.${encode({ ...payload, iat: 1 })}.`,
      changed: `${parts[0]}.${encode({ ...payload, iat: 1 })}.${parts[2]}`,
      issuer: await keys.sign({ iss: 'somebody' }),
      type: await keys.sign({ type: 'lifetime' }),
      seats: await keys.sign({ maxUsers: -1 }),
    };
    for (const [name, key] of Object.entries(wrong)) {
      const answer = await put(key);
      expect(answer.status, name).toBe(400);
      expect(answer.body.details.fieldErrors.key, name).toHaveLength(1);
      expect(await status(), name).toMatchObject({ enterprise: true, org: 'Working' });
    }
    for (const key of ['', 7, null, 'x'.repeat(10_001)]) expect((await put(key)).status).toBe(400);
  });

  test('one from the environment cannot be replaced', async () => {
    const managed = await createTestApp({
      environment: {
        PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
        PINCHY_ENTERPRISE_KEY: await keys.sign({ org: 'Environment' }),
      },
    });
    try {
      const owner = await createAdmin(managed.app);
      const answer = await owner.request('PUT', '/api/enterprise/key', { key: await keys.sign() });
      expect(answer.status).toBe(409);
      expect((await owner.request('GET', '/api/enterprise/status')).body).toMatchObject({
        enterprise: true,
        org: 'Environment',
        managedByEnv: true,
      });
    } finally {
      await managed.close();
    }
  });
});

describe('an expired licence never widens access', () => {
  test('restrictions stay, groups lock, tightening works, loosening does not', async () => {
    await put(await keys.sign());
    const [first, second] = [
      (await admin.request('POST', '/api/groups', { name: 'First' })).body,
      (await admin.request('POST', '/api/groups', { name: 'Second' })).body,
    ];
    const insider = await createMember(server.app, admin, { groupIds: [first.id] });
    const agent = (await admin.request('POST', '/api/agents', { name: 'Inner', templateId: 'custom' })).body;
    const patch = (body: object) => admin.request('PATCH', `/api/agents/${agent.id}`, body);
    await patch({ visibility: 'restricted', groupIds: [first.id, second.id] });

    await store({ exp: secondsFromNow(-60) });
    expect(await status()).toMatchObject({ enterprise: false, type: 'paid', org: 'Acme', daysRemaining: 0 });
    expect((await member.request('GET', `/api/agents/${agent.id}`)).status).toBe(404);
    expect((await insider.request('GET', `/api/agents/${agent.id}`)).status).toBe(200);
    expect((await admin.request('GET', '/api/groups')).body.code).toBe('licence_required');
    expect((await admin.request('PUT', `/api/groups/${first.id}/members`, { userIds: [] })).status).toBe(403);
    expect((await admin.request('GET', '/api/usage/by-user')).body.code).toBe('licence_required');
    for (const body of [
      { visibility: 'all' },
      { groupIds: [first.id, second.id, crypto.randomUUID()] },
      { visibility: 'all', groupIds: [] },
    ])
      expect((await patch(body)).body.code, JSON.stringify(body)).toBe('licence_required');
    expect((await patch({ name: 'Still ours' })).status).toBe(200);
    expect((await patch({ groupIds: [second.id] })).body.groupIds).toEqual([second.id]);
    expect((await insider.request('GET', `/api/agents/${agent.id}`)).status).toBe(404);
    expect((await patch({ groupIds: [first.id, second.id] })).status).toBe(403);
    await admin.request('DELETE', `/api/users/${insider.id}`);
  });

  test('an invitation into a group from before opens nothing when it is claimed afterwards', async () => {
    await put(await keys.sign());
    const group = (await admin.request('POST', '/api/groups', { name: 'Board' })).body;
    const agent = (await admin.request('POST', '/api/agents', { name: 'Boardroom', templateId: 'custom' })).body;
    await admin.request('PATCH', `/api/agents/${agent.id}`, { visibility: 'restricted', groupIds: [group.id] });
    const invited = async (email: string) =>
      (await admin.request('POST', '/api/users/invite', { role: 'member', email, groupIds: [group.id] })).body.token;
    const claim = async (token: string, email: string) => {
      const body = { token, name: 'Late', password: testPassword };
      expect((await request(server.app, 'POST', '/api/invite/claim', { body })).status).toBe(201);
      return signIn(server.app, email);
    };
    const [early, late] = [await invited('early@example.com'), await invited('late@example.com')];
    const opens = async (who: TestUser) => (await who.request('GET', `/api/agents/${agent.id}`)).status;
    expect(await opens(await claim(early, 'early@example.com'))).toBe(200);

    await store({ exp: secondsFromNow(-60) });
    const person = await claim(late, 'late@example.com');
    expect(await opens(person)).toBe(404);
    expect((await person.request('GET', '/api/agents')).body.map(({ id }: { id: string }) => id)).not.toContain(
      agent.id,
    );
    expect(await auditRows(server.databaseUrl, 'user.groups_withheld')).toMatchObject([
      { actor_type: 'system', resource: `user:${person.id}`, detail: { groupIds: [group.id] } },
    ]);
    // A licence that comes back does not make up for it: an admin decides.
    await put(await keys.sign());
    expect(await opens(person)).toBe(404);
  });

  test('seats of an expired licence still count', async () => {
    await store({ maxUsers: 1, exp: secondsFromNow(-60) });
    const answer = await admin.request('POST', '/api/users/invite', { role: 'member' });
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('seat_limit');
  });

  test('reactivating needs a seat too', async () => {
    const other = await createMember(server.app, admin);
    await admin.request('DELETE', `/api/users/${other.id}`);
    const { seatsUsed } = await status();
    await put(await keys.sign({ maxUsers: seatsUsed }));
    const answer = await admin.request('POST', `/api/users/${other.id}/reactivate`);
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('seat_limit');
  });
});
