import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServerProcess } from '../server-process.ts';
import { query } from '../test-database.ts';
import { setFaultStage, type FaultStage } from './stage.ts';
import { expectAcknowledged, expectWhole, talk } from './talk.ts';
import { createVisitor } from './visitor.ts';

// Real: a server process under load, and PostgreSQL, which cuts every connection and refuses new ones for a while.
// Doubled: the model.

const outageMs = Number(process.env['OUTAGE_SECONDS'] ?? 10) * 1_000;

let stage: FaultStage;
let server: TestServerProcess;
const visitor = createVisitor();
let maintenanceUrl: string;
let databaseName: string;

beforeAll(async () => {
  stage = await setFaultStage();
  const url = new URL(stage.databaseUrl);
  databaseName = url.pathname.slice(1);
  url.pathname = '/postgres';
  maintenanceUrl = url.href;
  stage.double.respond([{ text: 'one two three four five six seven eight ', chunks: 8, delayMs: 25 }]);
  server = await stage.start({ RATE_LIMIT_MESSAGES_PER_MINUTE: '100000' });
}, 180_000);
afterAll(async () => {
  await allowConnections(true);
  await stage?.close();
});

const allowConnections = (allowed: boolean) =>
  query(maintenanceUrl, `alter database ${databaseName} allow_connections ${allowed}`);

const connect = () => visitor.connect(server);

test(
  `the database is gone for ${outageMs / 1_000} s under load: clear errors meanwhile, nothing acknowledged is lost, all goes on`,
  async () => {
    const agents = [await visitor.setUp(server, stage.double.url)];
    for (const name of ['Two', 'Three']) {
      agents.push((await visitor.call(server, 'POST', '/api/agents', { name, templateId: 'custom' })).body.id);
    }
    let isOver = false;
    const load = agents.map((agentId) => talk({ connect, agentId, isOver: () => isOver }));
    await sleep(1_500);

    await allowConnections(false);
    await query(maintenanceUrl, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      databaseName,
    ]);
    const backAt = Date.now() + outageMs;
    const health = async () => (await visitor.call(server, 'GET', '/api/health')).status;
    await expect.poll(health, { timeout: 5_000 }).toBe(503);
    const refusals = new Set<number>();
    while (Date.now() < backAt) {
      refusals.add((await visitor.call(server, 'GET', '/api/agents')).status);
      await sleep(250);
    }
    expect([...refusals]).toEqual([503]);
    await allowConnections(true);
    await expect.poll(health, { timeout: 10_000 }).toBe(200);
    await sleep(2_000);
    isOver = true;
    const clients = (await Promise.all(load)).flat();
    expect(server.exitCode).toBeNull();

    expect(await expectAcknowledged(stage.databaseUrl, clients)).toBeGreaterThan(3);
    const errors = clients.flatMap((client) => client.all('error'));
    for (const error of errors) expect(error.message).not.toMatch(/select|postgres|127\.0\.0\.1|ECONN/i);

    await expectWhole({ databaseUrl: stage.databaseUrl, visitor, server }, 60_000);

    const after = await connect();
    const said = after.say(agents[0]!, 'Are you there again?');
    await after.next('ack', (frame) => frame.clientMessageId === said);
    await after.next('complete');
    expect(after.text()).toContain('eight');
    await after.close();
    for (const client of clients) client.drop();
  },
  150_000 + outageMs,
);
