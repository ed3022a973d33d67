import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAdmin, createTestApp, request, type TestApp, type TestUser } from '../create-test-app.ts';

let server: TestApp;
let admin: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
});
afterAll(() => server.close());

/** A request whose body is exactly these characters. */
const raw = (
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  url: string,
  payload: string,
  contentType?: string,
  cookie = admin.cookie,
) =>
  server.app.inject({ method, url, payload, headers: { cookie, ...(contentType && { 'content-type': contentType }) } });

describe('bodies', () => {
  test('malformed JSON is 400, without a session 401', async () => {
    const answer = await raw('POST', '/api/agents', '{"name": ', 'application/json');
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toMatch(/JSON/);
    expect((await raw('POST', '/api/agents', '{"name": ', 'application/json', '')).statusCode).toBe(401);
  });

  test('an empty body where one is needed is 400', async () => {
    expect((await raw('POST', '/api/agents', '', 'application/json')).statusCode).toBe(400);
    expect((await admin.request('POST', '/api/agents')).status).toBe(400);
    for (const body of ['null', '[]', '"text"', '7', 'true'])
      expect((await raw('POST', '/api/agents', body, 'application/json')).statusCode, body).toBe(400);
  });

  test('a JSON body over 1 MiB is 413, one below is read', async () => {
    const body = (characters: number) => JSON.stringify({ content: 'x'.repeat(characters) });
    const large = await raw('PUT', '/api/settings/context', body(1024 * 1024), 'application/json');
    expect(large.statusCode).toBe(413);
    expect(large.json()).toMatchObject({ code: 'payload_too_large' });
    expect((await raw('PUT', '/api/settings/context', body(1024 * 1024 - 100), 'application/json')).statusCode).toBe(
      400,
    );
  });

  test('a wrong content type is 415', async () => {
    const json = '{"key":"a","value":"b"}';
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense', undefined];
    for (const type of types)
      expect((await raw('POST', '/api/settings', json, type)).statusCode, String(type)).toBe(415);
    const multipart = '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\na\r\n--b--\r\n';
    expect((await raw('POST', '/api/settings', multipart, 'multipart/form-data; boundary=b')).statusCode).toBe(415);
    expect((await raw('POST', '/api/settings', json, 'application/json; charset=utf-8')).statusCode).toBe(200);
  });

  test('every unknown field is named, nested ones with their path', async () => {
    const answer = await admin.request('POST', '/api/agents', {
      name: 'A',
      templateId: 'custom',
      colour: 'red',
      size: 1,
      pluginConfig: { allowedPaths: [] },
    });
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.details.fieldErrors).sort()).toEqual([
      'colour',
      'pluginConfig.allowedPaths',
      'size',
    ]);
  });

  test('unknown fields that every object inherits are refused like others', async () => {
    for (const field of ['constructor', 'toString', 'hasOwnProperty']) {
      const answer = await raw('POST', '/api/settings', `{"key":"a","value":"b","${field}":1}`, 'application/json');
      expect(answer.statusCode, field).toBe(400);
      expect(answer.json().details.fieldErrors[field]).toHaveLength(1);
    }
    const prototype = await raw('POST', '/api/settings', '{"key":"a","value":"b","__proto__":{}}', 'application/json');
    expect(prototype.statusCode).toBe(400);
  });

  test('an endpoint without a body refuses fields, and takes an empty object', async () => {
    const id = crypto.randomUUID();
    const refused = await admin.request('POST', `/api/users/${id}/reactivate`, { role: 'admin' });
    expect(refused.status).toBe(400);
    expect(refused.body.details.fieldErrors).toHaveProperty('role');
    expect((await admin.request('POST', `/api/users/${id}/reactivate`, {})).status).toBe(404);
    expect((await admin.request('DELETE', `/api/agents/${id}`, { force: true })).status).toBe(400);
  });

  test('each wrong field gets its messages', async () => {
    const answer = await admin.request('POST', '/api/agents', { name: ' ', templateId: 5 });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      error: expect.any(String),
      code: 'invalid_request',
      details: { fieldErrors: { name: ['Enter a name.'], templateId: [expect.any(String)] } },
    });
  });
});

describe('paths and methods', () => {
  test('an unknown path below /api is a JSON 404', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/v1/agents', '/api/agents/x/y/z/w']) {
      const answer = await request(server.app, 'GET', path);
      expect(answer.status, path).toBe(404);
      expect(answer.headers['content-type'], path).toBe('application/json; charset=utf-8');
      expect(answer.body, path).toMatchObject({ error: expect.any(String), code: 'not_found' });
    }
    expect((await request(server.app, 'POST', '/api/nothing', { body: {} })).status).toBe(404);
  });

  test('a wrong method on a known path is 405 with Allow', async () => {
    const cases: [('GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'PATCH')[], string, string[]][] = [
      [['PUT', 'PATCH', 'DELETE', 'OPTIONS'], '/api/agents', ['GET', 'POST']],
      [['GET', 'PUT'], '/api/setup', ['POST']],
      [['GET', 'DELETE'], '/api/auth/sign-in/email', ['POST']],
      [['POST'], '/api/auth/get-session', ['GET']],
      [['POST'], '/api/openapi.json', ['GET']],
      [['POST'], `/api/users/${crypto.randomUUID()}`, ['DELETE', 'PATCH']],
      [['POST'], '/api/ws', ['GET']],
    ];
    for (const [methods, path, allowed] of cases) {
      for (const method of methods) {
        const answer = await request(server.app, method, path);
        expect(answer.status, `${method} ${path}`).toBe(405);
        expect(String(answer.headers['allow']).split(', '), path).toEqual(expect.arrayContaining(allowed));
        expect(answer.body.error).toEqual(expect.any(String));
      }
    }
  });

  test('HEAD answers like GET without a body', async () => {
    for (const path of ['/api/health', '/api/setup/status', '/api/agents']) {
      const answer = await server.app.inject({ method: 'HEAD', url: path, headers: { cookie: admin.cookie } });
      expect(answer.statusCode, path).toBe(200);
      expect(answer.body, path).toBe('');
    }
    expect((await server.app.inject({ method: 'HEAD', url: '/api/agents' })).statusCode).toBe(401);
  });

  test('an id that is no UUID is 400, one that nobody has 404', async () => {
    expect((await admin.request('GET', '/api/agents/17')).status).toBe(400);
    expect((await admin.request('GET', '/api/agents/%00')).status).toBe(400);
    expect((await admin.request('GET', `/api/agents/${crypto.randomUUID()}`)).status).toBe(404);
    const broken = await server.app.inject({ method: 'GET', url: '/api/agents/%zz' });
    expect(broken.statusCode).toBe(400);
    expect(broken.json().error).toEqual(expect.any(String));
  });

  test('query strings are validated', async () => {
    for (const url of [
      '/api/audit?limit=0',
      '/api/audit?limit=201',
      '/api/audit?page=-1',
      '/api/audit?page=x',
      '/api/audit?nothing=1',
      '/api/audit?from=yesterday',
      '/api/audit?status=maybe',
      '/api/usage/summary?days=-1',
      '/api/usage/summary?days=1.5',
      '/api/usage/summary?agentId=7',
      '/api/usage/timeseries?interval=week',
      '/api/usage/timeseries?tz=Mars/Olympus',
      '/api/settings/providers?provider=nobody',
    ]) {
      const method = url.startsWith('/api/settings') ? 'DELETE' : 'GET';
      const answer = await admin.request(method, url);
      expect(answer.status, url).toBe(400);
      expect(Object.keys(answer.body.details.fieldErrors).length, url).toBeGreaterThan(0);
    }
  });
});

describe('headers', () => {
  test('every answer carries security headers, a strict policy, a request id and no cache', async () => {
    for (const path of ['/api/health', '/api/agents', '/api/nothing', '/api/setup']) {
      const { headers } = await request(server.app, 'GET', path);
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toContain("default-src 'self'");
      expect(policy, path).toMatch(/script-src 'self'(;|$)/);
      expect(policy, path).toContain("object-src 'none'");
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).toContain("base-uri 'none'");
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['x-frame-options'], path).toBe('DENY');
      expect(headers['referrer-policy'], path).toBe('same-origin');
      expect(headers['cache-control'], path).toBe('no-store');
      expect(headers['x-request-id'], path).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['strict-transport-security'], path).toBeUndefined();
      expect(headers['x-powered-by'], path).toBeUndefined();
      expect(headers['access-control-allow-origin'], path).toBeUndefined();
    }
  });

  test('request ids differ, whatever a client sends', async () => {
    const answers = await Promise.all(
      [1, 2].map(() => request(server.app, 'GET', '/api/health', { headers: { 'x-request-id': 'mine' } })),
    );
    const ids = new Set(answers.map(({ headers }) => headers['x-request-id']));
    expect(ids.size).toBe(2);
    expect(ids).not.toContain('mine');
  });

  test('metrics name routes and gauges', async () => {
    await request(server.app, 'GET', '/api/health');
    const { text } = await request(server.app, 'GET', '/metrics');
    for (const name of ['pinchy_http_request_duration_seconds', 'pinchy_chat_sockets', 'pinchy_database_connections'])
      expect(text).toContain(name);
    expect(Number(/^pinchy_knowledge_index_bytes (\d+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
  });

  test('health is public and names version, database and runtime', async () => {
    const { status, body } = await request(server.app, 'GET', '/api/health');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'ok',
      version: '0.0.0-test',
      database: { connected: true },
      openclaw: { connected: true, mode: 'native' },
    });
    const runtime = await request(server.app, 'GET', '/api/health/openclaw');
    expect(runtime.body).toEqual({ status: 'ok', connected: true, mode: 'native' });
  });
});
