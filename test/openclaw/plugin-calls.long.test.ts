import { afterAll, beforeAll, expect, test } from 'vitest';
import { braveKey, startBraveDouble, type BraveDouble } from '../../testkit/brave-double.ts';
import { startWebDouble, type WebDouble } from '../../testkit/web-double.ts';
import { createAdmin, createTestApp, request, type TestApp, type TestUser } from '../create-test-app.ts';
import { startProcessBeside } from '../server-process.ts';
import { auditRows } from '../test-database.ts';
import { writeRunElsewhere } from './run-elsewhere.ts';

// A gateway's plugin asks several server processes on one database. No gateway runs here: its calls are made by hand.

const token = 'the token of a gateway with several servers';
/** The website of the test is on this machine. */
const webPolicy = { allowThisMachine: true };
let web: WebDouble;
let brave: BraveDouble;
let environment: Record<string, string>;
let one: TestApp;
let two: TestApp;
let admin: TestUser;
let agentId: string;
beforeAll(async () => {
  web = await startWebDouble();
  brave = await startBraveDouble();
  environment = {
    AGENT_RUNTIME: 'openclaw',
    OPENCLAW_URL: 'ws://127.0.0.1:1',
    OPENCLAW_TOKEN: token,
    BRAVE_API_URL: brave.url,
  };
  one = await createTestApp({ environment, webPolicy });
  two = await createTestApp({ environment, webPolicy, databaseUrl: one.databaseUrl });
  admin = await createAdmin(one.app);
  const body = { name: 'Clerk', templateId: 'custom', allowedTools: ['pinchy_web_fetch', 'pinchy_web_search'] };
  agentId = (await admin.request('POST', '/api/agents', body)).body.id as string;
  const search = { type: 'web-search', name: 'Brave', credentials: { apiKey: braveKey } };
  expect((await admin.request('POST', '/api/integrations', search)).status).toBe(201);
});
afterAll(async () => {
  await two?.close();
  await one?.close();
  await web?.close();
  await brave?.close();
});

/** An answer that a server elsewhere is writing, as the gateway knows it. */
const startRun = () => writeRunElsewhere(one.databaseUrl, { agentId, userId: admin.id });

const toolPath = '/api/internal/tools/pinchy_web_fetch';
const headers = { authorization: `Bearer ${token}` };
const fetchOf = (run: object, page: string, toolCallId: string) => ({
  ...run,
  toolCallId,
  input: { url: `${web.url}${page}` },
});
const countPages = (page: string) => web.requests.filter(({ path }) => path === page).length;

test('a call is made once, asked at once of two servers and again after both were started anew', async () => {
  const run = await startRun();
  const body = fetchOf(run, '/article', 'call_1');
  const ask = (server: TestApp) => request(server.app, 'POST', toolPath, { body, headers });
  const answers = await Promise.all([ask(one), ask(two), ask(one), ask(two), ask(two)]);
  expect(answers[0]!.body).toMatchObject({ state: 'done', output: expect.stringContaining('ten') });
  const later = await createTestApp({ environment, webPolicy, databaseUrl: one.databaseUrl });
  try {
    answers.push(await ask(later));
  } finally {
    await later.close();
  }
  for (const { status, body: outcome } of answers) expect([status, outcome]).toEqual([200, answers[0]!.body]);
  expect(countPages('/article')).toBe(1);
  expect(await auditRows(one.databaseUrl, 'tool.pinchy_web_fetch')).toHaveLength(1);

  expect((await request(two.app, 'POST', toolPath, { body: { ...body, toolCallId: 'call_2' }, headers })).status).toBe(
    200,
  );
  expect(countPages('/article')).toBe(2);
});

test('a call whose server was killed is not made again: that it may have happened is said, to all the same', async () => {
  const run = await startRun();
  const body = { ...run, toolCallId: 'call_1', input: { query: 'lobsters' } };
  const searchPath = '/api/internal/tools/pinchy_web_search';
  const before = brave.requests.length;
  const searches = () => brave.requests.length - before;
  brave.hangNext();
  const doomed = await startProcessBeside(one, environment);
  const broken = fetch(`${doomed.url}${searchPath}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: unknown) => error);
  await expect.poll(searches, { timeout: 60_000 }).toBe(1);
  const waiting = request(one.app, 'POST', searchPath, { body, headers });
  await doomed.kill();
  expect(await broken).toBeInstanceOf(Error);
  const first = await waiting;
  expect(first.body).toMatchObject({ state: 'failed', output: expect.stringContaining('not known whether') });
  expect((await request(two.app, 'POST', searchPath, { body, headers })).body).toEqual(first.body);
  expect(searches()).toBe(1);
}, 120_000);
