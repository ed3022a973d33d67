import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
});
afterAll(() => server?.close());
afterEach(() => put([]));

const put = (prices: unknown[]) => admin.request('PUT', '/api/settings/prices', { prices });
const get = async () => (await admin.request('GET', '/api/settings/prices')).body;
const events = async () =>
  (await auditRows(server.databaseUrl)).filter(({ event_type }) => event_type.startsWith('price.'));
const sonnet = {
  ...{ model: 'anthropic/claude-sonnet-4-5-20250929', inputPerMillion: '2.50', outputPerMillion: '12' },
  validFrom: '2026-01-01T00:00:00Z',
};

test('the list is replaced whole, and the trail tells each price from what to what', async () => {
  const { version, ...none } = await get();
  expect(none).toEqual({ prices: [], listed: [], unpriced: [] });
  const later = { ...sonnet, cacheReadPerMillion: '0', validFrom: '2026-02-01T01:00:00.5+01:00' };
  const house = {
    model: 'openai/house/model:1',
    inputPerMillion: '0',
    outputPerMillion: '007.10',
    validFrom: later.validFrom,
  };
  const set = await put([sonnet, later, house]);
  expect(set.status).toBe(200);
  const shown = {
    ...{ model: sonnet.model, inputPerMillion: '2.5', outputPerMillion: '12' },
    validFrom: '2026-01-01T00:00:00.000Z',
  };
  const shownLater = { ...shown, cacheReadPerMillion: '0', validFrom: '2026-02-01T00:00:00.500Z' };
  const shownHouse = { ...house, outputPerMillion: '7.1', validFrom: shownLater.validFrom };
  expect(set.body.prices).toEqual([shownLater, shown, shownHouse]);
  expect(await get()).toEqual(set.body);
  expect(set.body.version).not.toBe(version);
  expect((await put([{ ...sonnet, outputPerMillion: '15.0', cacheReadPerMillion: '0.3' }, house])).body.prices).toEqual(
    [{ ...shown, outputPerMillion: '15', cacheReadPerMillion: '0.3' }, shownHouse],
  );
  const told = await events();
  expect(told).toHaveLength(5);
  expect(told.every(({ actor_id }) => actor_id === admin.id)).toBe(true);
  const detailOf = ({ model, ...price }: Record<string, string>) => ({
    ...{ name: model, cacheReadPerMillion: null, cacheWritePerMillion: null },
    ...price,
  });
  const of = (type: string) => told.filter(({ event_type }) => event_type === type).map(({ detail }) => detail);
  expect(of('price.created')).toEqual([detailOf(shown), detailOf(shownLater), detailOf(shownHouse)]);
  expect(of('price.deleted')).toEqual([detailOf(shownLater)]);
  expect(of('price.updated')).toEqual([
    {
      ...{ name: sonnet.model, validFrom: shown.validFrom },
      changes: { outputPerMillion: { from: '12', to: '15' }, cacheReadPerMillion: { from: null, to: '0.3' } },
    },
  ]);
});

test('what changes nothing is not written, and what the trail does not keep does not happen', async () => {
  await put([sonnet]);
  const before = (await events()).length;
  expect((await put([{ ...sonnet, inputPerMillion: '02.5' }])).status).toBe(200);
  expect(await events()).toHaveLength(before);
  const allow = await refuseAuditEvent(server.databaseUrl, 'price.deleted');
  expect((await put([])).status).toBe(500);
  await allow();
  expect((await get()).prices).toHaveLength(1);
});

test('of two admins who read the same list and change it, the second is told, and nothing of the first’s is lost', async () => {
  const other = await createMember(server.app, admin, { name: 'Otto', role: 'admin' });
  await put([sonnet]);
  const { version } = await get();
  const replace = (who: TestUser, inputPerMillion: string, named?: unknown) =>
    who.request('PUT', '/api/settings/prices', { prices: [{ ...sonnet, inputPerMillion }], version: named });
  const answers = await Promise.all([replace(admin, '4', version), replace(other, '5', version)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const [won] = answers.filter(({ status }) => status === 200);
  const before = (await events()).length;
  const late = await replace(other, '6', version);
  expect(late).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(late.body.error).toMatch(/^Somebody else changed these prices/);
  expect((await get()).prices).toEqual(won!.body.prices);
  expect(await events()).toHaveLength(before);
  // Who has seen them may go on; who names no version replaces whatever there is.
  const after = await replace(other, '6', won!.body.version);
  expect(after.status).toBe(200);
  expect((await replace(admin, '7', after.body.version)).status).toBe(200);
  expect((await replace(admin, '8')).status).toBe(200);
  for (const wrong of [7, null, 'x'.repeat(101)]) expect((await replace(admin, '9', wrong)).status).toBe(400);
});

describe('is refused, with the field,', () => {
  test.each([
    ['no amount', { inputPerMillion: '' }, 'inputPerMillion'],
    ['an amount below 0', { inputPerMillion: '-1' }, 'inputPerMillion'],
    ['no number', { outputPerMillion: 'NaN' }, 'outputPerMillion'],
    ['without an end', { outputPerMillion: 'Infinity' }, 'outputPerMillion'],
    ['an exponent', { outputPerMillion: '1e3' }, 'outputPerMillion'],
    ['a number that is none of text', { outputPerMillion: 3 }, 'outputPerMillion'],
    ['digits of another script', { outputPerMillion: '٣' }, 'outputPerMillion'],
    ['a comma', { cacheReadPerMillion: '0,3' }, 'cacheReadPerMillion'],
    ['a line end', { cacheWritePerMillion: '3\n' }, 'cacheWritePerMillion'],
    ['too many digits', { inputPerMillion: '1'.repeat(16) }, 'inputPerMillion'],
    ['too many after the point', { inputPerMillion: '0.00000000001' }, 'inputPerMillion'],
    ['no model', { model: 'gpt-4o' }, 'model'],
    ['a model of nobody', { model: 'acme/gpt-4o' }, 'model'],
    ['a provider without a model', { model: 'openai/' }, 'model'],
    ['a name of the language', { model: '__proto__/constructor' }, 'model'],
    ['NUL in a model', { model: 'openai/gpt\0' }, 'model'],
    ['half a letter in a model', { model: 'openai/gpt\ud800' }, 'model'],
    ['a model without an end', { model: `openai/${'x'.repeat(300)}` }, 'model'],
    ['no moment', { validFrom: 'yesterday' }, 'validFrom'],
    ['a day that there is not', { validFrom: '2026-02-30T00:00:00Z' }, 'validFrom'],
    ['a moment of nowhere', { validFrom: '2026-02-03T00:00:00' }, 'validFrom'],
    ['a moment before all models', { validFrom: '1999-12-31T23:59:59Z' }, 'validFrom'],
    ['a moment that PostgreSQL does not know', { validFrom: '0000-01-01T00:00:00Z' }, 'validFrom'],
    ['a moment after us all', { validFrom: '9999-12-31T23:59:59-23:59' }, 'validFrom'],
    ['a field of nobody', { price: '3' }, 'price'],
  ])('%s', async (_what, wrong, field) => {
    await put([sonnet]);
    const answer = await put([
      { ...sonnet, inputPerMillion: '99' },
      { ...sonnet, validFrom: '2026-05-01T00:00:00Z', ...wrong },
    ]);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.details.fieldErrors)).toEqual([`prices.1.${field}`]);
    expect((await get()).prices[0].inputPerMillion).toBe('2.5');
  });

  test('a second price of a model from the same moment, however that is spelled', async () => {
    for (const validFrom of [sonnet.validFrom, '2026-01-01T02:00:00.0001+02:00']) {
      const answer = await put([sonnet, { ...sonnet, inputPerMillion: '3', validFrom }]);
      expect(answer.status).toBe(400);
      expect(answer.body.details.fieldErrors).toEqual({
        'prices.1.validFrom': ['This model has a price from that moment already.'],
      });
    }
  });

  test('more than a thousand; so many are kept', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => ({ ...sonnet, model: `openai/model-${index}` }));
    const refused = await put(many);
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.details.fieldErrors)).toEqual(['prices']);
    expect((await put(many.slice(1))).status).toBe(200);
    expect((await get()).prices).toHaveLength(1_000);
  });

  test('a member', async () => {
    const member = await createMember(server.app, admin);
    expect((await member.request('GET', '/api/settings/prices')).status).toBe(403);
    expect((await member.request('PUT', '/api/settings/prices', { prices: [] })).status).toBe(403);
  });
});

describe('beside own prices', () => {
  const use = (model: string, tokens: number, { ago = '1 day', written = 1 } = {}) =>
    query(
      server.databaseUrl,
      `insert into usage_records (created_at, agent_id, user_id, source, model, input_tokens, output_tokens, cache_read_tokens,
         cache_write_tokens) values (now() - $1::interval, gen_random_uuid(), $2, 'chat', $3, $4, $5, 0, 0)`,
      [ago, admin.id, model, tokens, written],
    );

  test('stands what the list says, and first what was used of late and has no price at all', async () => {
    await use('openai/gpt-4o', 1_000);
    await use('anthropic/claude-of-tomorrow', 20);
    await use('ollama-local/qwen3:8b', 100);
    await use('ollama-local/qwen3:8b', 9_000_000_000_000_000);
    await use('openai/text-embedding-3-small', 5, { written: 0 });
    await use('openai/long-forgotten', 7, { ago: '31 days' });
    await use('of-nobody', 7);
    const found = await get();
    expect(found.unpriced).toEqual([
      { model: 'ollama-local/qwen3:8b', tokens: '9000000000000102', isFree: true },
      { model: 'anthropic/claude-of-tomorrow', tokens: '21', isFree: false },
    ]);
    expect(found.listed).toContainEqual({
      ...{ model: 'openai/gpt-4o', inputPerMillion: '2.5', outputPerMillion: '10', cacheReadPerMillion: '1.25' },
    });
    expect(found.listed).toContainEqual({ model: 'openai/text-embedding-3-small', inputPerMillion: '0.02' });
    const of = (model: string, validFrom: string) => ({ ...sonnet, model, validFrom });
    const { body } = await put([
      sonnet,
      of('ollama-local/qwen3:8b', '2026-01-01T00:00:00Z'),
      of('anthropic/claude-of-tomorrow', '2090-01-01T00:00:00Z'),
    ]);
    expect(body.unpriced).toEqual([{ model: 'anthropic/claude-of-tomorrow', tokens: '21', isFree: false }]);
    expect(body.listed).toContainEqual({
      ...{ model: sonnet.model, inputPerMillion: '3', outputPerMillion: '15' },
      ...{ cacheReadPerMillion: '0.3', cacheWritePerMillion: '3.75' },
    });
  });
});
