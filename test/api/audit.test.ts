import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin, { name: 'Mia' });
  for (let index = 0; index < 12; index++)
    await admin.request('POST', '/api/settings', { key: `key_${index}`, value: 'x' });
});
afterAll(() => server.close());

interface Entry {
  id: number;
  timestamp: string;
  actorId: string | null;
  actorName: string | null;
  actorDeleted: boolean;
  eventType: string;
  resource: string | null;
  resourceName: string | null;
  resourceDeleted: boolean;
  outcome: string;
}
const list = async (search = '') =>
  (await admin.request('GET', `/api/audit${search}`)).body as {
    entries: Entry[];
    total: number;
    page: number;
    limit: number;
  };

describe('the list', () => {
  test('is newest first, 50 a page unless said, in the promised shape', async () => {
    const { entries, total, page, limit } = await list('?eventType=agent.created');
    expect({ total, page, limit }).toEqual({ total: 2, page: 1, limit: 50 });
    expect(entries[0]).toEqual({
      id: expect.any(Number),
      timestamp: expect.any(String),
      actorType: 'user',
      actorId: member.id,
      actorName: 'Mia',
      actorDeleted: false,
      eventType: 'agent.created',
      resource: expect.stringMatching(/^agent:/),
      resourceName: 'Smithers',
      resourceDeleted: false,
      outcome: 'success',
      error: null,
      detail: expect.objectContaining({ name: 'Smithers', isPersonal: true }),
      rowHmac: expect.stringMatching(/^[0-9a-f]{64}$/),
      personId: member.id,
      runId: null,
      names: { [member.id]: 'Mia' },
    });
    const all = (await list('?limit=200')).entries;
    expect(all.map(({ timestamp }) => timestamp)).toEqual(
      all
        .map(({ timestamp }) => timestamp)
        .toSorted()
        .toReversed(),
    );
  });

  test('pages hold every entry once, also while others are written', async () => {
    const first = await list('?limit=4&eventType=settings.updated');
    const seen = first.entries.map(({ id }) => id);
    for (let page = 2; page <= Math.ceil(first.total / 4); page++) {
      await admin.request('POST', '/api/settings', { key: `meanwhile_${page}`, value: 'x' });
      const next = await list(`?limit=4&page=${page}&eventType=settings.updated`);
      expect(next.total).toBe(first.total);
      seen.push(...next.entries.map(({ id }) => id));
    }
    expect(new Set(seen).size).toBe(first.total);
    expect(seen).toHaveLength(first.total);
    expect((await list('?limit=200&page=1000')).entries).toEqual([]);
  });

  test('filters by type, actor, outcome and time', async () => {
    const { status } = await member.request('POST', '/api/users/me/password', {
      currentPassword: 'wrong password',
      newPassword: 'a brand new password',
    });
    expect(status).toBe(401);
    await server.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: member.email, password: 'wrong password' },
    });
    const failures = await list('?status=failure');
    expect(failures.entries.map(({ eventType }) => eventType)).toContain('auth.failed');
    expect(failures.entries.every(({ outcome }) => outcome === 'failure')).toBe(true);
    expect((await list('?status=success')).entries.every(({ outcome }) => outcome === 'success')).toBe(true);
    const mine = await list(`?actorId=${member.id}&limit=200`);
    expect(mine.total).toBeGreaterThan(0);
    expect(mine.entries.every(({ actorId }) => actorId === member.id)).toBe(true);
    expect((await list('?eventType=no.such_type')).total).toBe(0);

    const [oldest] = (await list('?limit=200')).entries.slice(-1);
    const moment = oldest?.timestamp as string;
    expect((await list(`?to=${moment}&limit=200`)).entries.map(({ id }) => id)).toContain(oldest?.id);
    expect((await list(`?from=${moment}&to=${moment}`)).entries.map(({ id }) => id)).toContain(oldest?.id);
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect((await list(`?from=${tomorrow}`)).total).toBe(0);
    expect((await list(`?from=${moment.slice(0, 10)}`)).total).toBeGreaterThan(0);
    expect((await admin.request('GET', `/api/audit?from=${tomorrow}&to=${moment}`)).status).toBe(400);
  });

  test('who and what was deleted keeps its name and is marked', async () => {
    const leaver = await createMember(server.app, admin, { name: 'Leo' });
    const agent = await admin.request('POST', '/api/agents', { name: 'Temporary', templateId: 'custom' });
    await admin.request('DELETE', `/api/agents/${agent.body.id}`);
    await admin.request('DELETE', `/api/users/${leaver.id}`);
    const [deleted] = (await list('?eventType=agent.deleted')).entries;
    expect(deleted).toMatchObject({ resourceName: 'Temporary', resourceDeleted: true, actorDeleted: false });
    const [login] = (await list(`?eventType=auth.login&actorId=${leaver.id}`)).entries;
    expect(login).toMatchObject({ actorName: 'Leo', actorDeleted: true, resourceDeleted: true });
  });

  test('the types present are listed once each', async () => {
    const { eventTypes } = (await admin.request('GET', '/api/audit/event-types')).body as { eventTypes: string[] };
    expect(new Set(eventTypes).size).toBe(eventTypes.length);
    expect(eventTypes).toEqual(expect.arrayContaining(['auth.login', 'setup.completed', 'user.invited']));
    expect(eventTypes).not.toContain('tool.denied');
  });
});

describe('verification', () => {
  const verify = async (search = '') => (await admin.request('GET', `/api/audit/verify${search}`)).body;

  test('checks every entry, or a range, and is recorded', async () => {
    const result = await verify();
    expect(result).toMatchObject({ valid: true, invalidIds: [], missing: [], problems: [] });
    expect(result.totalChecked).toBeGreaterThan(20);
    const [first, second] = (await list('?limit=2')).entries;
    expect((await verify(`?fromId=${second?.id}&toId=${first?.id}`)).totalChecked).toBe(2);
    expect((await verify('?toId=0')).totalChecked).toBe(0);
    expect((await auditRows(server.databaseUrl, 'audit.verified')).at(-1)).toMatchObject({ actor_id: admin.id });
  });

  test('the database itself refuses to change the trail', async () => {
    for (const statement of [
      `update audit_entries set event_type = 'x'`,
      'delete from audit_entries',
      'truncate audit_entries',
    ])
      await expect(query(server.databaseUrl, statement), statement).rejects.toThrow();
  });

  test('an entry that somebody with all rights changed is named', async () => {
    const [target] = (await list('?eventType=setup.completed')).entries;
    const change = (name: string) =>
      query(
        server.databaseUrl,
        `alter table audit_entries disable trigger audit_entries_append_only;
         update audit_entries set detail = jsonb_set(detail, '{name}', '${name}') where id = ${target?.id};
         alter table audit_entries enable always trigger audit_entries_append_only`,
      );
    const lastCheck = async () => (await admin.request('GET', '/api/overview')).body.trail.lastCheck;
    await change('"Mallory"');
    expect(await verify()).toMatchObject({ valid: false, invalidIds: [target?.id] });
    expect(await lastCheck()).toMatchObject({ valid: false });
    expect(await verify('?toId=0')).toMatchObject({ valid: true, totalChecked: 0 });
    expect(await lastCheck()).toMatchObject({ valid: false });
    await change('null');
    expect(await verify()).toMatchObject({ valid: true });
    expect(await lastCheck()).toMatchObject({ valid: true });
  });
});

describe('a missing anchor', () => {
  const status = async () => (await admin.request('GET', '/api/audit/status')).body;
  const acknowledge = (who: TestUser) => who.request('POST', '/api/audit/acknowledge-anchor');

  test('is shown and refused by verification until an admin acknowledges it, which is recorded', async () => {
    expect(await status()).toMatchObject({ anchor: 'holds', waiting: 0, waitingSince: null });
    expect(await acknowledge(admin)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    await rm(join(server.home, 'audit-anchor.json'));
    expect(await status()).toMatchObject({ anchor: 'missing' });
    const found = (await admin.request('GET', '/api/audit/verify')).body;
    expect(found).toMatchObject({ valid: false, problems: [expect.stringContaining('anchor outside the database')] });
    expect((await acknowledge(member)).status).toBe(403);
    const refuse = await refuseAuditEvent(server.databaseUrl, 'audit.anchor_acknowledged');
    expect((await acknowledge(admin)).status).toBe(500);
    await refuse();
    expect(await status()).toMatchObject({ anchor: 'missing' });
    expect((await acknowledge(admin)).body).toEqual({ success: true });
    expect(await status()).toMatchObject({ anchor: 'holds' });
    expect((await admin.request('GET', '/api/audit/verify')).body).toMatchObject({ valid: true, problems: [] });
    expect((await auditRows(server.databaseUrl, 'audit.anchor_acknowledged')).at(-1)).toMatchObject({
      actor_id: admin.id,
      detail: {
        sequence: expect.any(Number),
        total: expect.any(Number),
        seal: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });
});

describe('the export', () => {
  test('is CSV under its name, filtered, safe in a spreadsheet, and recorded', async () => {
    await admin.request('PATCH', '/api/users/me', { name: '+1 "Ada", =SUM(A1);@x' });
    const answer = await admin.request('GET', '/api/audit/export?eventType=user.updated');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="audit-log.csv"');
    const rows = parse<Record<string, string>>(answer.text, { columns: true, bom: true });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ eventType: 'user.updated', actorName: `'+1 "Ada", '=SUM(A1);'@x` });
    expect(answer.text).not.toMatch(/(^|[,;\t|\r\n])["\s]*[=+@-](?!-)/);
    expect(answer.text.codePointAt(0)).toBe(0xfeff);
    await admin.request('PATCH', '/api/users/me', { name: 'Ada Admin' });
    expect((await auditRows(server.databaseUrl, 'audit.exported')).at(-1)).toMatchObject({
      actor_id: admin.id,
      detail: { eventType: 'user.updated' },
    });
  });

  test('one that cannot be recorded does not happen', async () => {
    const allow = await refuseAuditEvent(server.databaseUrl, 'audit.exported');
    const answer = await admin.request('GET', '/api/audit/export');
    await allow();
    expect(answer.status).toBe(500);
  });

  test('reading the trail is recorded once an hour for each reader', async () => {
    const other = await createMember(server.app, admin, { role: 'admin' });
    for (const path of ['/api/audit', '/api/audit?page=2', '/api/audit/event-types']) await other.request('GET', path);
    const rows = (await auditRows(server.databaseUrl, 'audit.read')).filter((row) => row.actor_id === other.id);
    expect(rows).toHaveLength(1);
  });
});
