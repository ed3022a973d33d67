import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebDouble, type WebDouble } from '../../testkit/web-double.ts';
import { createAdmin, createTestApp, request, type TestApp, type TestUser } from '../create-test-app.ts';
import { startProcessBeside } from '../server-process.ts';
import { auditRows } from '../test-database.ts';
import { writeRunElsewhere } from './run-elsewhere.ts';

// A gateway's plugin asks several server processes on one database. No gateway runs here: its calls are made by hand.

const token = 'the token of a gateway with several servers';
let web: WebDouble;
let environment: Record<string, string>;
let one: TestApp;
let two: TestApp;
let admin: TestUser;
let agentId: string;
beforeAll(async () => {
  web = await startWebDouble();
  environment = {
    AGENT_RUNTIME: 'openclaw',
    OPENCLAW_URL: 'ws://127.0.0.1:1',
    OPENCLAW_TOKEN: token,
    ALLOW_PRIVATE_URLS: '1',
  };
  one = await createTestApp({ environment });
  two = await createTestApp({ environment, databaseUrl: one.databaseUrl });
  admin = await createAdmin(one.app);
  const body = { name: 'Clerk', templateId: 'custom', allowedTools: ['pinchy_web_fetch'] };
  agentId = (await admin.request('POST', '/api/agents', body)).body.id as string;
});
afterAll(async () => {
  await two?.close();
  await one?.close();
  await web?.close();
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
  const later = await createTestApp({ environment, databaseUrl: one.databaseUrl });
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
  const body = fetchOf(run, '/slow', 'call_1');
  const doomed = await startProcessBeside(one, environment);
  const broken = fetch(`${doomed.url}${toolPath}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: unknown) => error);
  await expect.poll(() => countPages('/slow'), { timeout: 60_000 }).toBe(1);
  const waiting = request(one.app, 'POST', toolPath, { body, headers });
  await doomed.kill();
  expect(await broken).toBeInstanceOf(Error);
  const first = await waiting;
  expect(first.body).toMatchObject({ state: 'failed', output: expect.stringContaining('not known whether') });
  expect((await request(two.app, 'POST', toolPath, { body, headers })).body).toEqual(first.body);
  expect(countPages('/slow')).toBe(1);
}, 120_000);
