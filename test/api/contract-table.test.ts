import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/endpoints.ts';
import { createTestApp, request, type TestApp } from '../create-test-app.ts';
import { type ContractRow, contractTable } from './contract-table.ts';

let server: TestApp;
beforeAll(async () => {
  server = await createTestApp();
});
afterAll(() => server.close());

const sentence = ([method, path, access]: ContractRow) => `${method} ${path.replaceAll(/:\w+/g, ':id')} (${access})`;
const sentences = (rows: ContractRow[]) => rows.map(sentence).sort();

test('the served OpenAPI document lists exactly the promised endpoints with their access', async () => {
  const { body } = await request(server.app, 'GET', '/api/openapi.json');
  expect(body.openapi).toMatch(/^3\.1/);
  const served = Object.entries(body.paths as Record<string, Record<string, { 'x-access': string }>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) =>
          `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, ':id')} (${operation['x-access']})`,
      ),
  );
  expect(served.sort()).toEqual([...sentences(contractTable), 'GET /api/ws (user)'].sort());
});

test('the declared endpoints are the promised ones, apart from the library’s sign-in routes', () => {
  const declared = (Object.values(endpoints) as Endpoint[]).map(({ method, path, access }): ContractRow => [
    method,
    path,
    access,
  ]);
  const promised = contractTable.filter(([, path]) => !path.startsWith('/api/auth/'));
  expect(sentences(declared)).toEqual(sentences(promised));
});

test('every documented endpoint has a name, says what it answers, and with which codes it refuses', async () => {
  const ids: string[] = [];
  const { body } = await request(server.app, 'GET', '/api/openapi.json');
  for (const [path, methods] of Object.entries(body.paths as Record<string, Record<string, Operation>>)) {
    // An upgrade answers nothing.
    if (path === '/api/ws') continue;
    for (const [method, { operationId, summary, responses }] of Object.entries(methods)) {
      const where = `${method} ${path}`;
      expect(summary, where).toBeTruthy();
      expect(operationId, where).toMatch(/^[a-z]\w+$/);
      ids.push(operationId);
      expect(
        Object.keys(responses).filter((status) => /^20[01]$/.test(status)),
        where,
      ).toHaveLength(1);
      for (const response of Object.values(responses)) expect(response.content, where).toBeDefined();
      const codes = Object.entries(responses)
        .filter(([status]) => Number(status) >= 400)
        .flatMap(([, response]) => response.content?.['application/json']?.schema.properties?.code?.enum ?? []);
      expect(codes, where).toEqual(expect.arrayContaining(['invalid_request', 'rate_limited', 'internal']));
      expect(codes.includes('unauthenticated'), where).toBe(!isPublic(path, method));
    }
  }
  expect(new Set(ids).size).toBe(ids.length);
});

interface Operation {
  operationId: string;
  summary: string;
  responses: Record<string, { content?: Record<string, { schema: { properties?: { code?: { enum?: string[] } } } }> }>;
}

/** Sign-in is public, and refuses whoever has the wrong password. */
const isPublic = (path: string, method: string) =>
  path !== '/api/auth/sign-in/email' &&
  contractTable.some(
    ([promised, pattern, access]) =>
      access === 'public' &&
      promised.toLowerCase() === method &&
      pattern.replaceAll(/:\w+/g, ':id') === path.replaceAll(/\{\w+\}/g, ':id'),
  );

test('schemas have one name each, and the frames of the chat socket are among them', async () => {
  const { body } = await request(server.app, 'GET', '/api/openapi.json');
  const names = Object.keys(body.components.schemas as object);
  expect(names).toEqual(expect.arrayContaining(['Agent', 'CreateAgentBody', 'ClientFrame', 'ServerFrame']));
  expect(names.filter((name) => name.endsWith('Input') && !names.includes(name.slice(0, -5)))).toEqual([]);
  expect(names).not.toContain('AgentInput');
  for (const [, name] of JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g))
    expect(names).toContain(name);
});

test('the documentation page is public and runs under a strict policy', async () => {
  const page = await request(server.app, 'GET', '/api/docs');
  expect(page.status).toBe(200);
  expect(String(page.headers['content-type'])).toMatch(/^text\/html/);
  expect(String(page.headers['content-security-policy'])).toMatch(/script-src 'self' 'nonce-/);
  expect(String(page.headers['content-security-policy'])).not.toMatch(/script-src[^;]*unsafe/);
});
