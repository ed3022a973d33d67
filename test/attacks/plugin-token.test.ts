import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { createAdmin, createMember, createTestApp, request, type TestApp, type TestUser } from '../create-test-app.ts';
import { writeRunElsewhere } from '../openclaw/run-elsewhere.ts';
import { auditRows } from '../test-database.ts';

// The token of an OpenClaw Gateway in the wrong hands. No gateway runs here: its calls are made by hand, its runs are rows.

const token = 'the token of a gateway, fallen into wrong hands';
let server: TestApp;
let address: string;
let admin: TestUser;
let member: TestUser;
let other: TestUser;
let agentId: string;
let otherAgentId: string;
beforeAll(async () => {
  server = await createTestApp({
    environment: { AGENT_RUNTIME: 'openclaw', OPENCLAW_URL: 'ws://127.0.0.1:1', OPENCLAW_TOKEN: token },
  });
  address = await server.listen();
  mkdirSync(join(server.dataRoot, 'hr'));
  writeFileSync(join(server.dataRoot, 'hr', 'leave.md'), '27 days');
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
  other = await createMember(server.app, admin);
  const create = async (more: object) =>
    (await admin.request('POST', '/api/agents', { name: 'Clerk', templateId: 'custom', ...more })).body.id as string;
  const pluginConfig = { allowed_paths: ['/data/hr'], ask_first: ['pinchy_ls'] };
  agentId = await create({ allowedTools: ['pinchy_read', 'pinchy_ls'], pluginConfig });
  otherAgentId = await create({ allowedTools: ['pinchy_read'], pluginConfig: { allowed_paths: ['/data/hr'] } });
});
afterAll(() => server?.close());

/** An answer that is being written for `who`, as the gateway knows it. */
const startRun = (who: TestUser, agent = agentId, state = 'running') =>
  writeRunElsewhere(server.databaseUrl, { agentId: agent, userId: who.id, state });

const bearer = { authorization: `Bearer ${token}` };
const internal = (path: string, body: unknown, headers: Record<string, string> = bearer) =>
  request(server.app, 'POST', `/api/internal/${path}`, { body, headers });
const read = (run: object, more: object = {}, toolCallId: string = randomUUID()) =>
  internal('tools/pinchy_read', { ...run, toolCallId, input: { path: '/data/hr/leave.md' }, ...more });

describe('the door', () => {
  test('opens for the token alone, written as it must be', async () => {
    const run = await startRun(member);
    expect((await read(run)).body).toMatchObject({ state: 'done', output: expect.stringContaining('27 days') });
    const wrong = [
      {},
      { cookie: admin.cookie },
      { authorization: `bearer ${token}` },
      { authorization: token },
      { authorization: `Basic ${Buffer.from(`x:${token}`).toString('base64')}` },
      { authorization: `Bearer ${token} x` },
      { authorization: `Bearer ${token.slice(0, -1)}` },
      { authorization: `Bearer ${'x'.repeat(token.length)}` },
      { authorization: 'Bearer ' },
      { 'x-openclaw-token': token },
    ] as Record<string, string>[];
    for (const headers of wrong) {
      for (const path of ['tools/pinchy_read', 'turns', `turns?token=${encodeURIComponent(token)}`])
        expect((await internal(path, run, headers)).status, JSON.stringify(headers)).toBe(401);
    }
  });

  test('does nothing for an agent that is stopped', async () => {
    const run = await startRun(member);
    expect((await internal('turns', run)).status).toBe(200);
    await admin.request('POST', `/api/agents/${agentId}/stop`);
    expect((await internal('turns', run)).status).toBe(404);
    expect((await read(run)).body).toMatchObject({ state: 'denied' });
    await admin.request('POST', `/api/agents/${agentId}/resume`);
    expect((await internal('turns', run)).status).toBe(200);
  });

  test('leads nowhere else: no endpoint and no socket knows the token', async () => {
    for (const endpoint of (Object.values(endpoints) as Endpoint[]).filter(({ access }) => access !== 'public')) {
      const url = endpoint.path.replaceAll(/:\w+/g, () => randomUUID());
      const answer = await request(server.app, endpoint.method, url, { headers: bearer });
      expect(answer.status, `${endpoint.method} ${url}`).toBe(401);
    }
    const status = await new Promise((resolve) => {
      const socket = new WebSocket(`${address.replace('http', 'ws')}/api/ws`, { headers: bearer });
      socket.on('error', () => undefined);
      socket.on('open', () => resolve(101));
      socket.on('unexpected-response', (_request, response) => (resolve(response.statusCode), socket.terminate()));
    });
    expect(status).toBe(401);
  });
});

describe('with the token', () => {
  test('no two things of different answers fit together, and none of an answer that has ended', async () => {
    const [mine, theirs, elsewhere] = [
      await startRun(member),
      await startRun(other),
      await startRun(member, otherAgentId),
    ];
    const ended = await Promise.all(
      ['queued', 'waiting', 'completed', 'failed', 'aborted', 'interrupted'].map((state) =>
        startRun(member, agentId, state),
      ),
    );
    const before = (await auditRows(server.databaseUrl)).length;
    const forged = [
      { ...mine, sessionKey: theirs.sessionKey },
      { ...mine, runId: theirs.runId },
      { ...mine, agentId: elsewhere.agentId },
      { ...elsewhere, agentId: mine.agentId, sessionKey: mine.sessionKey },
      { ...mine, sessionKey: mine.sessionKey.slice(0, -37) },
      { ...mine, sessionKey: mine.sessionKey.toUpperCase() },
      { ...mine, agentId: mine.agentId.slice('pinchy-'.length) },
      { ...mine, runId: `${mine.runId}x` },
      { ...mine, runId: `${mine.runId}.1` },
      { ...mine, runId: `${mine.runId}.0` },
      { ...mine, runId: `${mine.runId}.1.1` },
      { ...mine, runId: `${mine.runId} ` },
      { ...mine, runId: '%' },
      ...ended,
    ];
    for (const run of forged) {
      expect((await read(run)).status, JSON.stringify(run)).toBe(404);
      expect((await internal('turns', run)).status, JSON.stringify(run)).toBe(404);
    }
    expect(await auditRows(server.databaseUrl)).toHaveLength(before);
  });

  test('only what is granted at that moment happens, and each try is in the trail', async () => {
    const run = await startRun(member);
    const tried = ['pinchy_web_fetch', 'odoo_delete', 'shell', '__proto__', 'pinchy_read%20', '..%2Fturns'];
    const before = (await auditRows(server.databaseUrl, 'tool.denied')).length;
    for (const tool of tried) {
      const answer = await internal(`tools/${tool}`, { ...run, toolCallId: randomUUID(), input: {} });
      expect(answer.body, tool).toMatchObject({ state: 'denied' });
    }
    const outside = await read(run, { input: { path: '/data/../../etc/passwd' } });
    expect(outside.body.state).toBe('denied');
    await admin.request('PATCH', `/api/agents/${agentId}`, { allowedTools: ['pinchy_ls'] });
    expect((await read(run)).body).toMatchObject({ state: 'denied' });
    await admin.request('PATCH', `/api/agents/${agentId}`, { allowedTools: ['pinchy_read', 'pinchy_ls'] });
    const denied = (await auditRows(server.databaseUrl, 'tool.denied')).slice(before);
    expect(denied).toHaveLength(tried.length + 2);
  });

  test('a person who was deactivated meanwhile gives nothing away', async () => {
    const leaver = await createMember(server.app, admin);
    const run = await startRun(leaver);
    await admin.request('DELETE', `/api/users/${leaver.id}`);
    const answer = await read(run);
    expect(answer.status === 404 || answer.body.state === 'denied', answer.text).toBe(true);
    expect(answer.text).not.toContain('27 days');
    expect((await internal('turns', run)).status).toBe(404);
  });

  test('a call that asks first waits for the person, however often and at once it is asked for', async () => {
    const run = await startRun(member);
    const call = { ...run, toolCallId: 'call_1', input: { path: '/data/hr' } };
    const answers = await Promise.all(Array.from({ length: 5 }, () => internal('tools/pinchy_ls', call)));
    expect(answers.map(({ body }) => body.state)).toEqual(Array(5).fill('approval'));
    expect(new Set(answers.map(({ body }) => body.approvalId)).size).toBe(1);
    expect(await auditRows(server.databaseUrl, 'tool.pinchy_ls')).toEqual([]);
  });

  test('what a person always allows holds in their conversation alone, and until they take it back', async () => {
    const allowable = { pluginConfig: { allow_always: ['pinchy_ls'] } };
    await admin.request('PATCH', `/api/agents/${agentId}`, allowable);
    const run = await startRun(member);
    const list = async (asking: object) =>
      (await internal('tools/pinchy_ls', { ...asking, toolCallId: randomUUID(), input: { path: '/data/hr' } })).body;
    const { approvalId } = await list(run);
    const always = { decision: 'approve', always: true };
    expect((await other.request('POST', `/api/approvals/${approvalId}`, always)).status).toBe(404);
    expect((await list(run)).state).toBe('approval');
    expect((await member.request('POST', `/api/approvals/${approvalId}`, always)).status).toBe(200);
    expect(await list(run)).toMatchObject({ state: 'done' });
    expect((await list(await startRun(member))).state).toBe('approval');
    expect((await list(await startRun(other))).state).toBe('approval');
    const { allowances } = (await member.request('GET', '/api/approvals')).body as { allowances: { id: string }[] };
    await member.request('DELETE', `/api/allowances/${allowances[0]!.id}`);
    expect((await list(run)).state).toBe('approval');
  });

  test('a call is made once: the same id with another tool or other arguments gets the first one’s outcome', async () => {
    const run = await startRun(member);
    const id = randomUUID();
    const before = (await auditRows(server.databaseUrl, 'tool.pinchy_read')).length;
    const [first, again] = await Promise.all([read(run, {}, id), read(run, {}, id)]);
    const changed = await read(run, { input: { path: '/data/hr/other.md' } }, id);
    expect([again.body, changed.body]).toEqual([first.body, first.body]);
    expect(await auditRows(server.databaseUrl, 'tool.pinchy_read')).toHaveLength(before + 1);
  });
});
