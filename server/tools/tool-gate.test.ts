import { randomUUID } from 'node:crypto';
import { asc, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { createRecorder } from '../audit/record.ts';
import { connectDatabase, type OpenDatabase } from '../db/client.ts';
import { auditEntries } from '../db/schema/index.ts';
import { createHoldAuthority } from '../features/auth/hold-authority.ts';
import { createSignals, type Signals } from '../db/signals.ts';
import { createLogger } from '../platform/logger.ts';
import {
  createToolGate,
  type ToolCallOutcome,
  type ToolCallRequest,
  type ToolGate,
  type ToolGrant,
} from './tool-gate.ts';
import { createToolRegistry } from './tool-registry.ts';
import { ToolDenied, ToolError, type Tool, type ToolContext, type ToolResult } from './tool.ts';
import { revealed } from '../../test/test-database.ts';

// Real: PostgreSQL, the audit recorder, the gate. The tools are made for the occasion.

const log = createLogger('silent');
const database = `gate_${randomUUID().replaceAll('-', '')}`;
let connection: OpenDatabase;
let signals: Signals;
let maintenance: Client;

beforeAll(async () => {
  const url = new URL(inject('postgresUrl'));
  maintenance = new Client({ connectionString: url.href });
  await maintenance.connect();
  await maintenance.query(`create database ${database} template ${inject('templateDatabase')}`);
  url.pathname = `/${database}`;
  connection = connectDatabase(url.href);
  signals = createSignals({
    db: connection.db,
    databaseUrl: url.href,
    log,
    holdAuthority: createHoldAuthority({ isActive: async () => false }),
  });
});

afterAll(async () => {
  await connection?.close();
  await maintenance?.query(`drop database if exists ${database} with (force)`);
  await maintenance?.end();
});

const input = z.strictObject({ path: z.string(), lines: z.int().min(1).optional() });
type Input = z.output<typeof input>;

let execute: (input: Input, context: ToolContext) => Promise<ToolResult>;
let executed: Input[];
let grant: ToolGrant | undefined;
let agentId: string;

beforeEach(() => {
  agentId = randomUUID();
  executed = [];
  execute = async ({ path }) => ({ text: `content of ${path}`, summary: `Read ${path}`, audit: { bytes: 12 } });
  grant = {
    allowedTools: ['reader', 'writer', 'diary'],
    pluginConfig: { allowed_paths: ['/data/hr'], ask_first: [] },
    isPersonal: false,
  };
});

function toolOf(changes: Partial<Tool<Input>>): Tool {
  const tool: Tool<Input> = {
    id: 'reader',
    title: 'Read file',
    description: 'Reads',
    category: 'safe',
    integration: null,
    input,
    timeLimit: 5_000,
    resultLimit: 100,
    checkScope({ path }, { pluginConfig }) {
      if (!pluginConfig.allowed_paths?.some((allowed) => path.startsWith(allowed))) {
        throw new ToolDenied(`${path} is outside the directories of this agent.`);
      }
    },
    execute: (value, context) => {
      executed.push(value);
      return execute(value, context);
    },
    auditInput: ({ path }) => ({ path }),
    ...changes,
  };
  return tool as Tool;
}

function gateWith(changes: { tool?: Partial<Tool<Input>>; signals?: Pick<Signals, 'transaction'> } = {}): ToolGate {
  return createToolGate({
    signals: { signal: signals.signal, transaction: (changes.signals ?? signals).transaction },
    registry: createToolRegistry([
      toolOf(changes.tool ?? {}),
      toolOf({ id: 'writer', category: 'powerful', ...changes.tool }),
      toolOf({ id: 'diary', personal: true }),
      toolOf({ id: 'other' }),
    ]),
    audit: { record: createRecorder({ keys: { current: { id: 'k1', secret: 'secret' } } }) },
    findGrant: async () => grant,
    workspaceRoot: '/workspaces',
    log,
  });
}

/** For calls that wait for nobody. */
async function callAtOnce(request: ToolCallRequest, gate = gateWith()): Promise<ToolCallOutcome> {
  const answer = await gate.call(request);
  if (answer.state === 'approval') throw new Error('The call waits for a person.');
  return answer;
}

function requestOf(changes: Partial<ToolCallRequest> = {}): ToolCallRequest {
  return {
    agentId,
    userId: 'user-1',
    conversationId: 'conversation-1',
    runId: 'run-1',
    toolCallId: 'call-1',
    toolId: 'reader',
    input: { path: '/data/hr/leave.md' },
    signal: new AbortController().signal,
    ...changes,
  };
}

async function trail() {
  const { db } = connection;
  const rows = await revealed(db, db.select().from(auditEntries).orderBy(asc(auditEntries.id)));
  return rows
    .filter((row) => row.actorId === agentId)
    .map(({ eventType, actorType, resource, outcome, error, detail }) => ({
      eventType,
      actorType,
      resource,
      outcome,
      error,
      detail,
    }));
}

describe('a granted call', () => {
  test('runs and leaves one event with what was asked and what came of it', async () => {
    let seen: ToolContext | undefined;
    execute = async ({ path }, context) => {
      seen = context;
      return { text: `content of ${path}`, summary: 'Read it', audit: { bytes: 12, runId: 'forged' } };
    };
    expect(await gateWith().call(requestOf())).toEqual({
      state: 'done',
      summary: 'Read it',
      output: 'content of /data/hr/leave.md',
    });
    expect(seen).toMatchObject({ agentId, userId: 'user-1', workspaceDirectory: `/workspaces/${agentId}` });
    expect(await trail()).toEqual([
      {
        eventType: 'tool.reader',
        actorType: 'agent',
        resource: `agent:${agentId}`,
        outcome: 'success',
        error: null,
        detail: {
          path: '/data/hr/leave.md',
          bytes: 12,
          runId: 'run-1',
          conversationId: 'conversation-1',
          userId: 'user-1',
          toolCallId: 'call-1',
          durationMs: expect.any(Number),
        },
      },
    ]);
  });

  test('draws no number of the trail but for its entry, although it proves first that it can be recorded', async () => {
    const lastId = async () => {
      const { rows } = await connection.db.execute<{ id: string }>(
        sql`select last_value as id from audit_entries_id_seq`,
      );
      return Number(rows[0]?.id);
    };
    await callAtOnce(requestOf());
    const before = await lastId();
    for (let call = 0; call < 3; call += 1) await callAtOnce(requestOf());
    expect(await lastId()).toBe(before + 3);
  });

  test('hands images on and cuts long results, saying how to get the rest', async () => {
    execute = async () => ({
      text: `${'a'.repeat(99)}🦞 and more`,
      summary: 'Long',
      images: [{ mediaType: 'image/png', path: '/data/a.png', bytes: 1 }],
    });
    const outcome = await callAtOnce(requestOf());
    expect(outcome.images).toHaveLength(1);
    expect(outcome.output).toMatch(/^a{99}.?\n\[Cut here: 100 of 110 characters/);
    expect(outcome.output).toContain('smaller part');
    expect(outcome.output.isWellFormed()).toBe(true);
  });

  test('loses NUL characters, which the database could not store', async () => {
    execute = async () => ({ text: 'a\0b', summary: 'c\0d' });
    expect(await gateWith().call(requestOf())).toMatchObject({ output: 'ab', summary: 'cd' });
  });
});

describe('a refused call', () => {
  test.each([
    ['of a tool that does not exist', { toolId: 'shell\0'.repeat(50) }, /no tool with this name/],
    ['of a tool that is not granted', { toolId: 'other' }, /not granted/],
    ['of a tool that was not offered', { offered: false }, /not offered/],
    ['of a personal tool by a shared agent', { toolId: 'diary' }, /personal agents only/],
    ['outside the scopes', { input: { path: '/data/finance/pay.xlsx' } }, /outside the directories/],
  ])('%s does not run and is recorded as denied', async (_name, changes, reason) => {
    const outcome = await callAtOnce(requestOf(changes));
    expect(outcome.state).toBe('denied');
    expect(outcome.output).toMatch(reason);
    expect(executed).toEqual([]);
    const [event, ...more] = await trail();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ eventType: 'tool.denied', outcome: 'failure', error: expect.stringMatching(reason) });
    expect(event?.detail).toMatchObject({ runId: 'run-1', userId: 'user-1' });
  });

  test('follows the grant as it is at that moment', async () => {
    const gate = gateWith();
    expect((await gate.call(requestOf())).state).toBe('done');
    grant = { ...grant!, allowedTools: [] };
    expect((await gate.call(requestOf())).state).toBe('denied');
    grant = undefined;
    expect(await gate.call(requestOf())).toMatchObject({ state: 'denied', summary: /may not use this agent/ });
    expect(executed).toHaveLength(1);
  });

  test('is denied as well when the tool finds out while it runs', async () => {
    execute = async () => {
      throw new ToolDenied('The link leads outside.');
    };
    expect(await gateWith().call(requestOf())).toMatchObject({
      state: 'denied',
      summary: 'The link leads outside.',
    });
    expect((await trail()).map(({ eventType }) => eventType)).toEqual(['tool.denied']);
  });
});

describe('a failed call', () => {
  test.each([
    ['a wrong type', { path: 7 }, /path: This must be text/],
    ['a number out of range', { path: '/data/hr', lines: 0 }, /lines: At least 1\./],
    ['an unknown field', { path: '/data/hr', color: 'red' }, /This is not known here: color\./],
    ['text that is not JSON', '{"path": "/da', /not valid JSON/],
    ['nothing', undefined, /input: This is missing/],
  ])('with %s tells the model what is wrong', async (_name, wrong, explanation) => {
    const outcome = await gateWith().call(requestOf({ input: wrong }));
    expect(outcome).toMatchObject({ state: 'failed', output: expect.stringMatching(explanation) });
    expect(executed).toEqual([]);
    expect(await trail()).toMatchObject([{ eventType: 'tool.reader', outcome: 'failure' }]);
  });

  test('hands a ToolError to the model, and keeps any other error to the log', async () => {
    execute = async () => {
      throw new ToolError('There is no such file.');
    };
    expect(await gateWith().call(requestOf())).toMatchObject({ state: 'failed', output: 'There is no such file.' });
    execute = async () => {
      throw new Error("ENOENT: open '/srv/secret/path'");
    };
    const outcome = await gateWith().call(requestOf());
    expect(outcome.state).toBe('failed');
    expect(JSON.stringify([outcome, await trail()])).not.toContain('secret');
    expect((await trail()).map(({ outcome: ending }) => ending)).toEqual(['failure', 'failure']);
  });

  test('ends at the time limit even if the tool does not listen', async () => {
    execute = () => new Promise(() => {});
    const started = performance.now();
    const outcome = await gateWith({ tool: { timeLimit: 50 } }).call(requestOf());
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(outcome).toMatchObject({ state: 'failed', output: expect.stringMatching(/did not finish within 50 ms/) });
    expect(await trail()).toMatchObject([{ outcome: 'failure', error: expect.stringMatching(/did not finish/) }]);
  });

  test('ends when the run is stopped', async () => {
    const stop = new AbortController();
    execute = (_input, { signal }) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const call = gateWith().call(requestOf({ signal: stop.signal }));
    await expect.poll(() => executed).toHaveLength(1);
    stop.abort();
    expect(await call).toMatchObject({ state: 'failed', output: 'The call was stopped.' });
    expect(await trail()).toMatchObject([{ outcome: 'failure', error: 'The call was stopped.' }]);
  });
});

describe('a trail that takes no events', () => {
  const readOnly: Pick<Signals, 'transaction'> = {
    transaction: (_authority, work) =>
      connection.db.transaction(async (tx) => {
        await tx.execute('set transaction read only');
        return work(tx);
      }),
  };

  test.each(['reader', 'writer'])('keeps the %s from running', async (toolId) => {
    const outcome = await gateWith({ signals: readOnly }).call(requestOf({ toolId }));
    expect(outcome).toMatchObject({ state: 'failed', summary: 'Could not be recorded' });
    expect(executed).toEqual([]);
  });

  test('keeps a result from the model when it breaks in the middle', async () => {
    let broken = false;
    const breaking: Pick<Signals, 'transaction'> = {
      transaction: (authority, work) => (broken ? readOnly : signals).transaction(authority, work),
    };
    execute = async () => {
      broken = true;
      return { text: 'TOP SECRET', summary: 'TOP SECRET' };
    };
    const outcome = await gateWith({ signals: breaking }).call(requestOf());
    expect(outcome.state).toBe('failed');
    expect(JSON.stringify(outcome)).not.toContain('SECRET');
  });
});

test('a powerful tool leaves its start behind before it does anything', async () => {
  let during: unknown;
  execute = async () => {
    during = await trail();
    return { text: 'ok', summary: 'Wrote' };
  };
  expect((await gateWith().call(requestOf({ toolId: 'writer' }))).state).toBe('done');
  expect(during).toMatchObject([{ eventType: 'tool.started', detail: { tool: 'writer', path: '/data/hr/leave.md' } }]);
  expect((await trail()).map(({ eventType }) => eventType)).toEqual(['tool.started', 'tool.writer']);
});

test('the registry takes each id once, and only ids that providers and the trail accept', () => {
  expect(() => createToolRegistry([toolOf({}), toolOf({})])).toThrow(/two tools/);
  for (const id of ['Reader', 'denied', 'started', 'a b', '', 'x'.repeat(65)]) {
    expect(() => createToolRegistry([toolOf({ id })])).toThrow(/cannot be the id/);
  }
});
