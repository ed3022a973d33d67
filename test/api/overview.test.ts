import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Overview } from '../../contract/overview.ts';
import { type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { odooKey, startOdooDouble, type OdooDouble } from '../../testkit/odoo-double/odoo-double.ts';
import { systemAuthority } from '../../server/db/authority.ts';
import { connectClient } from '../chat/chat-client.ts';
import { countTrips, type TripCounter } from '../count-trips.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

let server: TestApp;
let model: ModelDouble;
let odoo: OdooDouble;
let admin: TestUser;

beforeAll(async () => {
  model = await startModelDouble({ kind: 'anthropic' });
  odoo = await startOdooDouble({ version: '17.0', companies: ['Larkspur'] });
  server = await createTestApp({ environment: { ANTHROPIC_BASE_URL: model.url, ALLOW_PRIVATE_URLS: '1' } });
  admin = await createAdmin(server.app);
});
afterAll(async () => {
  await server?.close();
  await Promise.all([model?.close(), odoo?.close()]);
});

const overview = async () => (await admin.request('GET', '/api/overview')).body as Overview;

async function ask(agentId: string, until: 'complete' | 'error'): Promise<void> {
  const address = server.app.server.listening ? server.app.listeningOrigin : await server.listen();
  const client = await connectClient(`${address.replace('http', 'ws')}/api/ws`, { cookie: admin.cookie });
  client.say(agentId, 'Hello?');
  await client.next(until);
  await client.close();
}

describe('the overview', () => {
  test('of a new product has its first steps before it, and nothing to mend', async () => {
    expect(await overview()).toMatchObject({
      approvals: { waiting: 0, oldestAt: null },
      connections: [],
      failures: [],
      unreadableDocuments: 0,
      agentsWithoutModel: [],
      agentsWithoutOwner: [],
      reviewsDue: [],
      stoppedAgents: [],
      trail: { anchor: expect.any(String), waiting: 0 },
      licence: { enterprise: false, seatsUsed: 1 },
      lastBackupAt: null,
      steps: { provider: false, agent: false, documents: false, people: false, question: false, backup: false },
    });
    const { activity } = await overview();
    expect(activity.map(({ questions }) => questions)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(activity.at(-1)?.date).toBe(new Date().toISOString().slice(0, 10));
  });

  test('ticks the steps off as they are done, and counts what is asked', async () => {
    const { id } = (await admin.request('POST', '/api/agents', { name: 'Compass', templateId: 'custom' })).body;
    expect(await overview()).toMatchObject({
      agentsWithoutModel: [{ id, name: 'Compass' }],
      steps: { agent: true, provider: false },
    });
    await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-of-the-double' });
    model.respondNext([{ usage: { input: 10, output: 5 } }, { text: 'Hello.' }]);
    await ask(id, 'complete');
    await createMember(server.app, admin, { name: 'Mia' });
    mkdirSync(join(server.dataRoot, 'hr'));
    writeFileSync(join(server.dataRoot, 'hr', 'leave.md'), 'There are 27 days of leave.');
    await query(server.databaseUrl, `insert into knowledge_directories (path) values ('/data/hr')`);
    await query(
      server.databaseUrl,
      `insert into knowledge_documents (directory_id, name, size, modified, file, state, code, reason)
       select id, 'scan.pdf', 1, 1, '1', 'unreadable', 'damaged', 'It is damaged.' from knowledge_directories`,
    );
    const found = await overview();
    expect(found.steps).toEqual({
      ...{ provider: true, agent: true, documents: true, people: true, question: true, backup: false },
    });
    expect(found.agentsWithoutModel).toEqual([]);
    expect(found.unreadableDocuments).toBe(1);
    expect(found.activity.at(-1)).toMatchObject({ questions: 1, people: 1, agents: 1, failed: 0 });
  });

  test('names the connection that failed, and why, until it works again', async () => {
    const credentials = { url: odoo.url, db: 'production', login: 'api@example.com', apiKey: odooKey };
    const wrong = { ...credentials, apiKey: 'wrong-key' };
    const created = await admin.request('POST', '/api/integrations', {
      type: 'odoo',
      name: 'Larkspur',
      credentials: wrong,
    });
    const { id } = created.body as { id: string };
    const refused = await admin.request('POST', `/api/integrations/${id}/sync`);
    expect(refused.status).toBe(400);
    expect((await overview()).connections).toEqual([
      { kind: 'integration', id, name: 'Larkspur', reason: refused.body.error },
    ]);
    await admin.request('PATCH', `/api/integrations/${id}`, { credentials });
    expect((await admin.request('POST', `/api/integrations/${id}/sync`)).status).toBe(200);
    expect((await overview()).connections).toEqual([]);
  });

  test('tells of answers that failed for what an admin can mend, and of calls that wait', async () => {
    const agents = (await admin.request('GET', '/api/agents')).body as { id: string; name: string }[];
    const { id } = agents.find(({ name }) => name === 'Compass')!;
    model.respondNext([{ error: 'auth' }]);
    await ask(id, 'error');
    const [failure] = (await overview()).failures;
    expect(failure).toMatchObject({ code: 'provider_auth', count: 1 });
    await query(
      server.databaseUrl,
      `insert into approvals (conversation_id, run_id, agent_id, user_id, tool_call_id, tool_id, input, expires_at)
       select id, gen_random_uuid(), agent_id, user_id, 'call', 'pinchy_read', '{}', now() + interval '10 minutes'
       from conversations limit 1`,
    );
    expect((await overview()).approvals).toMatchObject({ waiting: 1, oldestAt: expect.any(String) });
  });

  test('says how old the last backup is', async () => {
    await server.services.signals.transaction(systemAuthority, (tx) =>
      server.services.audit.record(tx, {
        eventType: 'backup.created',
        actor: { type: 'system' },
        detail: { rows: 1, files: 1 },
      }),
    );
    const { lastBackupAt, steps } = await overview();
    expect(Date.now() - Date.parse(lastBackupAt ?? '')).toBeLessThan(60_000);
    expect(steps.backup).toBe(true);
  });
});

describe('agents', () => {
  test('that nobody answers for, that are to be looked at again, and that are stopped are named', async () => {
    const owner = await createMember(server.app, admin, { name: 'Owner' });
    const { id } = (
      await admin.request('POST', '/api/agents', {
        name: 'Ledger',
        templateId: 'custom',
        responsibleUserId: owner.id,
        reviewAt: '2999-01-01',
      })
    ).body;
    const named = { id, name: 'Ledger' };
    expect(await overview()).toMatchObject({ agentsWithoutOwner: [], reviewsDue: [], stoppedAgents: [] });
    await admin.request('DELETE', `/api/users/${owner.id}`);
    await admin.request('PATCH', `/api/agents/${id}`, { reviewAt: '2020-01-01' });
    await admin.request('POST', `/api/agents/${id}/stop`);
    expect(await overview()).toMatchObject({
      agentsWithoutOwner: [named],
      reviewsDue: [named],
      stoppedAgents: [named],
    });
  });
});

describe('what it costs', () => {
  let wire: TripCounter;
  let other: TestApp;
  afterAll(async () => {
    await other?.close();
    await wire?.close();
  });

  test('is a few questions of the database, however much there is', async () => {
    wire = await countTrips(server.databaseUrl);
    other = await createTestApp({ databaseUrl: wire.url });
    const { request } = {
      request: () => other.app.inject({ url: '/api/overview', headers: { cookie: admin.cookie } }),
    };
    expect((await request()).statusCode).toBe(200);
    const before = wire.trips;
    await request();
    expect(wire.trips - before).toBeLessThan(20);
  });
});
