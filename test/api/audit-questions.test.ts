import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry, AuditGap, AuditRun } from '../../contract/audit.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { connectClient } from '../chat/chat-client.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';
import { query } from '../test-database.ts';

// What an auditor asks: who asked what of which agent, which read or changed what, and who approved.

let server: TestApp;
let model: ModelDouble;
let admin: TestUser;
let mia: TestUser;
let agentId: string;
let groupId: string;

beforeAll(async () => {
  model = await startModelDouble({ kind: 'anthropic' });
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: {
      ANTHROPIC_BASE_URL: model.url,
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      PINCHY_ENTERPRISE_KEY: await keys.sign(),
    },
  });
  mkdirSync(join(server.dataRoot, 'hr'));
  writeFileSync(join(server.dataRoot, 'hr', 'leave.md'), 'There are 27 days of leave.');
  admin = await createAdmin(server.app);
  mia = await createMember(server.app, admin, { name: 'Mia' });
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-of-the-double' });
  const created = await admin.request('POST', '/api/agents', {
    name: 'Compass',
    templateId: 'custom',
    allowedTools: ['pinchy_read'],
    pluginConfig: { allowed_paths: ['/data/hr'], ask_first: ['pinchy_read'] },
  });
  agentId = created.body.id;
  groupId = (await admin.request('POST', '/api/groups', { name: 'Human Resources' })).body.id;
  await admin.request('PUT', `/api/groups/${groupId}/members`, { userIds: [mia.id] });
  await admin.request('PATCH', `/api/agents/${agentId}`, { visibility: 'restricted', groupIds: [groupId] });
  await askAbout('/data/hr/leave.md', 'approve');
  await askAbout('/data/hr/salaries.md', 'deny');
});
afterAll(async () => {
  await server?.close();
  await model?.close();
});

/** Mia asks, the agent wants to read, and she decides. */
async function askAbout(path: string, decision: 'approve' | 'deny'): Promise<void> {
  const usage = { usage: { input: 1000, output: 100 } };
  model.respondNext([usage, { toolCall: { name: 'pinchy_read', input: { path } } }]);
  model.respondNext([usage, { text: 'That is all.' }]);
  const address = server.app.server.listening ? server.app.listeningOrigin : await server.listen();
  const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: mia.cookie });
  client.say(agentId, 'How much leave do I have?');
  const card = await client.next('tool', (tool) => tool.state === 'approval');
  client.send({ type: 'approval', agentId, approvalId: card.approvalId, decision });
  await client.next('complete');
  await client.close();
}

interface Page {
  entries: AuditEntry[];
  total: number;
  gaps: AuditGap[];
}
const list = async (search: Record<string, string>) =>
  (await admin.request('GET', `/api/audit?${new URLSearchParams({ limit: '200', ...search })}`)).body as Page;
const typesOf = ({ entries }: Page) => new Set(entries.map(({ eventType }) => eventType));

describe('whose doing it was', () => {
  test('what an agent did names the person who asked, by name', async () => {
    const [read] = (await list({ eventType: 'tool.pinchy_read' })).entries;
    expect(read).toMatchObject({ actorType: 'agent', actorName: 'Compass', personId: mia.id });
    expect(read?.names).toMatchObject({ [mia.id]: 'Mia' });
    const [completed] = (await list({ eventType: 'run.completed' })).entries;
    expect(completed).toMatchObject({ actorName: 'Compass', personId: mia.id, detail: { userId: mia.id } });
  });

  test('several events are asked for at once', async () => {
    const found = await list({ eventTypes: 'approval.approved,approval.denied' });
    expect(typesOf(found)).toEqual(new Set(['approval.approved', 'approval.denied']));
    const [one, other] = [await list({ eventType: 'approval.approved' }), await list({ eventType: 'approval.denied' })];
    expect(found.total).toBe(one.total + other.total);
  });

  test('what an agent did and what was done to it is found by the agent, and nothing of another', async () => {
    const other = await admin.request('POST', '/api/agents', { name: 'Idle', templateId: 'custom' });
    expect(typesOf(await list({ agentId: other.body.id }))).toEqual(new Set(['agent.created']));
    const found = await list({ agentId });
    expect(typesOf(found)).toEqual(
      new Set([
        ...['agent.created', 'agent.updated', 'conversation.created', 'run.completed'],
        ...['approval.requested', 'approval.approved', 'approval.denied', 'tool.started', 'tool.pinchy_read'],
      ]),
    );
    expect((await list({ agentId, personId: mia.id })).total).toBeLessThan(found.total);
  });

  test('what somebody did includes what agents did for them, and nothing else', async () => {
    const found = await list({ personId: mia.id });
    expect(typesOf(found)).toEqual(
      new Set([
        ...['auth.login', 'user.created', 'agent.created', 'conversation.created', 'run.completed'],
        ...['approval.requested', 'approval.approved', 'approval.denied', 'tool.started', 'tool.pinchy_read'],
      ]),
    );
    expect(found.entries.every(({ personId }) => personId === mia.id)).toBe(true);
    expect(found.total).toBe(found.entries.length);
  });

  test('ids inside a change come with the names of groups and people', async () => {
    const changed = (await list({ eventType: 'agent.updated' })).entries[0];
    expect(changed?.detail['changes']).toMatchObject({ groupIds: { from: [], to: [groupId] } });
    expect(changed?.names).toEqual({ [groupId]: 'Human Resources', [admin.id]: expect.any(String) });
    const members = (await list({ eventType: 'group.members_updated' })).entries[0];
    expect(members?.names).toMatchObject({ [mia.id]: 'Mia' });
  });
});

describe('a run as one story', () => {
  test('has the question’s moment, the steps, the tools, the decision and the cost, from any of its entries', async () => {
    const parts = (await list({ personId: mia.id })).entries.filter(({ runId }) => runId !== null);
    const runIds = [...new Set(parts.map(({ runId }) => runId))];
    expect(runIds).toHaveLength(2);
    const stories = await Promise.all(
      runIds.map(async (id) => (await admin.request('GET', `/api/audit/runs/${id}`)).body as AuditRun),
    );
    const approved = stories.find(({ entries }) => entries.some(({ eventType }) => eventType === 'approval.approved'));
    expect(approved).toMatchObject({
      agentName: 'Compass',
      personName: 'Mia',
      run: { state: 'completed', steps: 2 },
      models: [expect.stringContaining('anthropic/')],
      inputTokens: 2000,
      outputTokens: 200,
    });
    expect(Number(approved?.cost)).toBeGreaterThan(0);
    expect(Date.parse(approved?.run?.askedAt ?? '')).toBeLessThanOrEqual(Date.parse(approved?.run?.finishedAt ?? ''));
    expect(approved?.entries.map(({ eventType }) => eventType)).toEqual([
      'approval.requested',
      'approval.approved',
      'tool.started',
      'tool.pinchy_read',
      'run.completed',
    ]);
    for (const story of stories) expect(new Set(story.entries.map(({ runId }) => runId))).toEqual(new Set([story.id]));
    expect(stories.flatMap(({ entries }) => entries.map(({ id }) => id)).toSorted()).toEqual(
      parts.map(({ id }) => id).toSorted(),
    );
  });

  test('stays when the conversation is deleted', async () => {
    const other = await createMember(server.app, admin, { name: 'Leo' });
    const open = await admin.request('POST', '/api/agents', { name: 'Open', templateId: 'custom' });
    model.respondNext([{ usage: { input: 500, output: 50 } }, { text: 'Hello.' }]);
    const client = await connectClient(`${server.app.listeningOrigin.replace('http', 'ws')}/api/ws`, {
      cookie: other.cookie,
    });
    client.say(open.body.id, 'Hello?');
    await client.next('complete');
    await client.close();
    const [chat] = (await other.request('GET', `/api/agents/${open.body.id}/chats`)).body;
    expect((await other.request('DELETE', `/api/agents/${open.body.id}/chats/${chat.id}`)).status).toBe(200);
    const entry = (await list({ personId: other.id, eventType: 'run.completed' })).entries[0];
    const story = (await admin.request('GET', `/api/audit/runs/${entry?.runId}`)).body as AuditRun;
    expect(story).toMatchObject({ run: null, agentName: 'Open', personName: 'Leo', inputTokens: 500 });
  });

  test('that nobody knows is not found, and reading one is recorded', async () => {
    expect((await admin.request('GET', `/api/audit/runs/${crypto.randomUUID()}`)).status).toBe(404);
    expect((await list({ eventType: 'audit.read', actorId: admin.id })).total).toBe(1);
  });
});

describe('questions that come up often', () => {
  test('what was denied', async () => {
    const denied = await list({ topic: 'denied' });
    expect(typesOf(denied)).toEqual(new Set(['approval.denied']));
    expect(denied.entries[0]).toMatchObject({ actorName: 'Mia' });
  });

  test('who approved', async () => {
    expect(typesOf(await list({ topic: 'approvals' }))).toEqual(
      new Set(['approval.requested', 'approval.approved', 'approval.denied']),
    );
  });

  test('which permissions changed, and not what else did', async () => {
    await admin.request('PATCH', `/api/agents/${agentId}`, { tagline: 'Shows the way' });
    const types = typesOf(await list({ topic: 'permissions' }));
    expect(types).toEqual(
      new Set(['agent.created', 'agent.updated', 'group.members_updated', 'user.created', 'user.invited']),
    );
    const changes = (await list({ topic: 'permissions', eventType: 'agent.updated' })).entries;
    expect(changes.map(({ detail }) => Object.keys(detail['changes'] as object).toSorted())).toEqual([
      ['groupIds', 'visibility'],
    ]);
  });

  test('who signed in', async () => {
    expect(typesOf(await list({ topic: 'signIns' }))).toEqual(new Set(['auth.login']));
  });
});

describe('a text', () => {
  test('is found in details, personal ones too, in resources and in names, however it is written', async () => {
    expect(typesOf(await list({ search: 'LEAVE.md' }))).toContain('tool.pinchy_read');
    expect(typesOf(await list({ search: 'human resources' }))).toContain('agent.updated');
    const byName = await list({ search: 'compass' });
    expect(byName.total).toBeGreaterThan(5);
    expect(typesOf(byName)).toContain('approval.denied');
    const byResource = await list({ search: `agent:${agentId}` });
    expect(byResource.entries.length).toBeGreaterThan(0);
    expect((await list({ search: 'no such thing' })).total).toBe(0);
  });

  test('is taken as it stands: no wildcard, no pattern, no NUL', async () => {
    for (const search of ['%', '_____', 'l%ve.md', '\\', '"', '\0'])
      expect(
        (await list({ search })).entries.filter(({ eventType }) => eventType === 'tool.pinchy_read'),
        search,
      ).toEqual([]);
  });

  test('works together with the other filters and pages', async () => {
    const all = await list({ search: 'compass', personId: mia.id });
    const first = await list({ search: 'compass', personId: mia.id, limit: '2' });
    const second = await list({ search: 'compass', personId: mia.id, limit: '2', page: '2' });
    expect(first.total).toBe(all.total);
    expect([...first.entries, ...second.entries].map(({ id }) => id)).toEqual(
      all.entries.slice(0, 4).map(({ id }) => id),
    );
  });

  test('is in the export too', async () => {
    const { text } = await admin.request('GET', '/api/audit/export?search=leave.md&topic=approvals');
    expect(text).toContain('approval.requested');
    expect(text).not.toContain('auth.login');
  });
});

describe('numbers that no entry has', () => {
  test('are explained: proven unused once sealed, and missing where an entry is gone', async () => {
    // A number is drawn, and the change it was drawn for is not made.
    await query(server.databaseUrl, `select nextval(pg_get_serial_sequence('audit_entries', 'id'))`);
    await admin.request('POST', '/api/settings', { key: 'after_the_gap', value: 'x' });
    const before = await list({});
    const newest = before.entries.find(({ eventType }) => eventType === 'settings.updated')!;
    const unused = { firstId: newest.id - 1, lastId: newest.id - 1 };
    // Sealing in the background may have come first.
    expect(before.gaps).toContainEqual({ ...unused, state: expect.stringMatching(/^(open|unused)$/) });
    expect((await list({ status: 'success' })).gaps).toEqual([]);

    // What one checkpoint knew of, the one after it proves to be over.
    const isProven = async () => {
      // Sealing in the background may take an entry before this one does, and then there is nothing to seal.
      await admin.request('POST', '/api/settings', { key: 'after_a_seal', value: 'x' });
      await server.services.audit.sealPending({ fromStart: true });
      return (await list({})).gaps;
    };
    await expect.poll(isProven).toContainEqual({ ...unused, state: 'unused' });

    await query(server.databaseUrl, 'alter table audit_entries disable trigger all');
    await query(server.databaseUrl, `delete from audit_entries where id = ${newest.id}`);
    await query(server.databaseUrl, 'alter table audit_entries enable always trigger audit_entries_append_only');
    await admin.request('POST', '/api/settings', { key: 'after_the_deletion', value: 'x' });
    const gap = (await list({})).gaps.find(({ firstId, lastId }) => firstId <= newest.id && newest.id <= lastId);
    expect(gap?.state).toBe('missing');
  });
});
