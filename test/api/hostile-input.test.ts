import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { createLicenceKeys } from '../licence-keys.ts';

let server: TestApp;
let admin: TestUser;
let agentId: string;
beforeAll(async () => {
  const keys = await createLicenceKeys();
  server = await createTestApp({
    environment: {
      PINCHY_LICENSE_PUBLIC_KEY: keys.publicKey,
      PINCHY_ENTERPRISE_KEY: await keys.sign(),
      RATE_LIMIT_API_PER_MINUTE: '100000',
      RATE_LIMIT_SIGN_IN_FAILURES: '1000',
      RATE_LIMIT_SIGN_IN_FAILURES_PER_ADDRESS: '1000',
    },
  });
  admin = await createAdmin(server.app);
  agentId = (await admin.request('POST', '/api/agents', { name: 'A', templateId: 'custom' })).body.id;
});
afterAll(() => server.close());

/** Text that has broken programs before. */
const nasty = fc.constantFrom(
  '',
  '\0',
  'a\0b',
  '\ud800',
  'é'.normalize('NFD'),
  '\u202E',
  "'; drop table users; --",
  '%',
  '_%\\',
  '{{7*7}}',
  '../../../etc/passwd',
  '__proto__',
  'constructor',
  '💥'.repeat(300),
  'x'.repeat(20_001),
  '9'.repeat(400),
  '-1',
  'NaN',
  '1e309',
  '2026-13-45',
  '0000-01-01',
  '9999-12-31T23:59:59.999Z',
  '2026-01-01T00:00:00+23:59',
  'UTC0',
  'posixrules',
);
const text = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 50 }), fc.uuid());
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.array(text, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.record({ allowed_paths: fc.array(text, { maxLength: 3 }) }) },
);

/** Objects with some of the schema's own fields, each holding anything. */
function bodyOf(schema: z.ZodType | undefined): fc.Arbitrary<unknown> {
  const fields = fieldsOf(schema);
  const shaped = fc.record(Object.fromEntries(fields.map((field) => [field, value])), { requiredKeys: [] });
  return fc.oneof({ weight: 4, arbitrary: shaped }, { weight: 1, arbitrary: fc.jsonValue() });
}

const queryOf = (schema: z.ZodType | undefined): fc.Arbitrary<Record<string, string | undefined>> =>
  fc.record(Object.fromEntries(fieldsOf(schema).map((field) => [field, text])), { requiredKeys: [] });

function fieldsOf(schema: z.ZodType | undefined): string[] {
  if (!schema) return [];
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.keys(properties ?? {});
}

const routes = (Object.values(endpoints) as Endpoint[]).map(
  (endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const,
);

test.each(routes)('%s answers whatever it is sent with a clear status', async (_route, endpoint) => {
  const parameter = fc.oneof(fc.constant(agentId), fc.uuid(), text);
  await fc.assert(
    fc.asyncProperty(parameter, bodyOf(endpoint.body), queryOf(endpoint.query), async (id, body, search) => {
      const path = endpoint.path.replaceAll(/:\w+/g, encodeURIComponent(id.toWellFormed()));
      const question = new URLSearchParams(search as Record<string, string>).toString();
      const answer = await server.app.inject({
        method: endpoint.method,
        url: question ? `${path}?${question}` : path,
        headers: { cookie: admin.cookie, ...(endpoint.body && { 'content-type': 'application/json' }) },
        ...(endpoint.body && { payload: JSON.stringify(body) }),
      });
      expect(answer.statusCode, answer.body.slice(0, 300)).toBeLessThan(500);
      if (answer.statusCode >= 400)
        expect(answer.json(), answer.body).toMatchObject({ error: expect.any(String), code: expect.any(String) });
    }),
    { numRuns: 25 },
  );
});

test.each([
  ['/api/audit?from=0000-01-01', 200],
  ['/api/audit?from=0000-01-01&to=0000-01-02', 200],
  ['/api/audit/export?from=0000-01-01', 200],
  ['/api/usage/timeseries?tz=UTC%00', 400],
])('what PostgreSQL would refuse is answered: %s', async (path, status) => {
  const answer = await admin.request('GET', path);
  expect(answer.status, answer.text).toBe(status);
});

test.each(['\ud800', 'a\udc00', '\0'])(
  '%j is answered, however deep it stands and behind every switch',
  async (odd) => {
    await admin.request('PUT', '/api/settings/sharing', { enabled: true });
    const weights = { archivedWeight: 1, supersededWeight: 1 };
    const requests: [Parameters<TestUser['request']>[0], string, unknown?][] = [
      ['POST', '/api/audit/filters', { name: crypto.randomUUID(), filter: { search: `b${odd}` } }],
      ['POST', '/api/audit/filters', { name: crypto.randomUUID(), filter: { eventTypes: [`b${odd}`] } }],
      ['PUT', '/api/settings/knowledge', { archiveFolders: [`b${odd}`], ...weights }],
      ['POST', '/api/data-directories', { path: `/data/b${odd}` }],
      ['POST', '/api/agents', { name: 'B', templateId: 'custom', starters: [`b${odd}`] }],
      [
        'POST',
        '/api/integrations',
        { type: 'odoo', name: `b${odd}`, credentials: { url: 'http://192.0.2.1', db: odd } },
      ],
      ...[
        { allowedTools: [`b${odd}`] },
        { starters: [`b${odd}`] },
        { greetingMessage: `b${odd}` },
        ...['allowed_paths', 'web_allowed_domains', 'web_private_hosts', 'ask_first', 'allow_always'].map((key) => ({
          pluginConfig: { [key]: [`b${odd}`] },
        })),
      ].map((body): [Parameters<TestUser['request']>[0], string, unknown] => ['PATCH', `/api/agents/${agentId}`, body]),
      ...[
        `/api/agents/${agentId}/readers?q=`,
        '/api/contacts?q=',
        '/api/conversations/search?q=',
        '/api/audit?search=',
      ].map((path): [Parameters<TestUser['request']>[0], string] => [
        'GET',
        path + encodeURIComponent(`b${odd}`.toWellFormed()),
      ]),
    ];
    for (const [method, path, body] of requests) {
      const { status, text: said } = await admin.request(method, path, body);
      expect(status, `${method} ${path} ${JSON.stringify(body)} ${said}`).toBeLessThan(500);
    }
  },
);
