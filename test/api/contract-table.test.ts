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
  expect(served.sort()).toEqual(sentences(contractTable));
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

test('every documented endpoint says what it answers and what its errors look like', async () => {
  const { body } = await request(server.app, 'GET', '/api/openapi.json');
  for (const [path, methods] of Object.entries(body.paths as Record<string, Record<string, Operation>>)) {
    for (const [method, { summary, responses }] of Object.entries(methods)) {
      const where = `${method} ${path}`;
      expect(summary, where).toBeTruthy();
      expect(
        Object.keys(responses).filter((status) => /^20[01]$/.test(status)),
        where,
      ).toHaveLength(1);
      for (const response of Object.values(responses)) expect(response.content, where).toBeDefined();
      expect(responses['4XX']?.content?.['application/json']?.schema, where).toEqual({
        $ref: '#/components/schemas/Error',
      });
    }
  }
});

interface Operation {
  summary: string;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

test('the documentation page is public and runs under a strict policy', async () => {
  const page = await request(server.app, 'GET', '/api/docs');
  expect(page.status).toBe(200);
  expect(String(page.headers['content-type'])).toMatch(/^text\/html/);
  expect(String(page.headers['content-security-policy'])).toMatch(/script-src 'self' 'nonce-/);
  expect(String(page.headers['content-security-policy'])).not.toMatch(/script-src[^;]*unsafe/);
});
