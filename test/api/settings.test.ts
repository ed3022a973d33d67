import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
});
afterAll(() => server.close());

const save = (key: unknown, value: unknown) => admin.request('POST', '/api/settings', { key, value });
const find = async (key: string) =>
  ((await admin.request('GET', '/api/settings')).body as { key: string }[]).find((setting) => setting.key === key);
const stored = (key: string) => query(server.databaseUrl, 'select * from settings where key = $1', [key]);

describe('settings', () => {
  test('keep a value and show it', async () => {
    expect((await save('theme.colour', 'dark-red')).body).toEqual({ success: true });
    expect(await find('theme.colour')).toEqual({ key: 'theme.colour', value: 'dark-red', encrypted: false });
    await save('theme.colour', '');
    expect(await find('theme.colour')).toMatchObject({ value: '' });
  });

  test('keys that contain api_key are encrypted in the database, masked in answers, never in the trail', async () => {
    const secret = 'a very secret value 4711';
    await save('weather_api_key.backup', secret);
    expect(await find('weather_api_key.backup')).toEqual({
      key: 'weather_api_key.backup',
      value: '--------',
      encrypted: true,
    });
    const [row] = await stored('weather_api_key.backup');
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(await server.services.settings.find('weather_api_key.backup')).toBe(secret);
    expect(JSON.stringify(await auditRows(server.databaseUrl))).not.toContain(secret);
    expect((await auditRows(server.databaseUrl, 'settings.updated')).at(-1)).toMatchObject({
      actor_id: admin.id,
      detail: { key: 'weather_api_key.backup', encrypted: true },
    });
    await save('weather_api_key.backup', secret);
    expect((await stored('weather_api_key.backup'))[0]).not.toEqual(row);
  });

  test('an encrypted value moved to another key does not decrypt', async () => {
    await save('first_api_key', 'one');
    await save('second_api_key', 'two');
    await query(
      server.databaseUrl,
      `update settings set value = (select value from settings where key = 'first_api_key') where key = 'second_api_key'`,
    );
    await expect(
      server.services.database.db.transaction((tx) => server.services.settings.find('second_api_key', tx)),
    ).rejects.toThrow();
    await save('second_api_key', 'two');
  });

  test('a wrong key or value is 400', async () => {
    for (const key of ['', 'Upper', 'a b', 'ä', 'x'.repeat(101), 'a/b', 7, null])
      expect((await save(key, 'x')).status, String(key)).toBe(400);
    for (const value of [7, null, undefined, 'a\0b', { a: 1 }, 'x'.repeat(20_001)])
      expect((await save('a', value)).status, String(value)).toBe(400);
    expect((await save('x'.repeat(100), 'x')).status).toBe(200);
  });

  test('keys that other endpoints own are 400 and stay as they are', async () => {
    for (const key of [
      'default_provider',
      'anthropic_api_key',
      'openai_api_key',
      'google_api_key',
      'ollama_cloud_api_key',
      'ollama_local_base_url',
      'organisation_context',
      'locked_domain',
      'enterprise_key',
      'system.encryption_key_fingerprint',
      'system.anything',
    ]) {
      const before = await stored(key);
      const answer = await save(key, 'mine');
      expect(answer.status, key).toBe(400);
      expect(answer.body.details.fieldErrors.key).toHaveLength(1);
      expect(await stored(key)).toEqual(before);
    }
    expect(JSON.stringify((await admin.request('GET', '/api/settings')).body)).not.toContain('fingerprint');
  });

  test('a change that cannot be recorded does not happen', async () => {
    await save('kept', 'old');
    const allow = await refuseAuditEvent(server.databaseUrl, 'settings.updated');
    expect((await save('kept', 'new')).status).toBe(500);
    await allow();
    expect(await find('kept')).toMatchObject({ value: 'old' });
    expect(await server.services.settings.find('kept')).toBe('old');
  });
});

describe('the organisation’s context', () => {
  test('is empty at first, holds 16,000 characters, and is recorded by its size', async () => {
    const put = (body: object) => admin.request('PUT', '/api/settings/context', body);
    const get = async () => (await admin.request('GET', '/api/settings/context')).body;
    expect(await get()).toEqual({ content: '' });
    const content = `Acme makes anvils. ${'x'.repeat(15_981)}`;
    expect((await put({ content })).body).toEqual({ success: true });
    expect(await get()).toEqual({ content });
    for (const body of [{ content: `${content}!` }, { content: 1 }, {}, { content: 'a\0' }, { content, title: 'x' }])
      expect((await put(body)).status).toBe(400);
    expect(await get()).toEqual({ content });
    const rows = await auditRows(server.databaseUrl, 'settings.context_updated');
    expect(rows).toHaveLength(1);
    expect(rows[0]?.detail).toEqual({ fromCharacters: 0, toCharacters: 16_000 });
    await put({ content });
    expect(await auditRows(server.databaseUrl, 'settings.context_updated')).toHaveLength(1);
    expect(JSON.stringify(await auditRows(server.databaseUrl))).not.toContain('anvils');
    await put({ content: '' });
    expect(await get()).toEqual({ content: '' });
  });
});
