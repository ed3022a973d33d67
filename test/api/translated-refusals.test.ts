import { afterAll, beforeAll, expect, test } from 'vitest';
import { say as german } from '../../contract/sentences/de.ts';
import { say as spanish } from '../../contract/sentences/es.ts';
import { say as french } from '../../contract/sentences/fr.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
});
afterAll(() => server.close());

const refusals = [
  { name: 'a form without a name', method: 'POST', path: '/api/agents', body: { name: '', templateId: 'custom' } },
  { name: 'a value that is none of the choices', method: 'POST', path: '/api/users/invite', body: { role: 'king' } },
  { name: 'an id that is none', method: 'GET', path: '/api/agents/none', body: undefined },
  {
    name: 'too many of something, and too little',
    method: 'POST',
    path: '/api/agents',
    body: { name: 'A', templateId: 'custom', allowedTools: Array.from({ length: 201 }, () => '') },
  },
  { name: 'another form', method: 'PATCH', path: '/api/agents/:none', body: { icon: { figure: 1 }, reviewAt: 'soon' } },
  { name: 'a field that nobody knows', method: 'POST', path: '/api/agents', body: { name: 'A', colour: 'red' } },
  { name: 'a wrong type', method: 'POST', path: '/api/agents', body: { name: 7, templateId: 'custom' } },
  {
    name: 'an unknown template',
    method: 'POST',
    path: '/api/agents',
    body: { name: 'A', templateId: 'no "such" {{one}}' },
  },
  { name: 'an unknown group', method: 'GET', path: `/api/groups/${crypto.randomUUID()}/members`, body: undefined },
  { name: 'an unknown endpoint', method: 'GET', path: '/api/nothing', body: undefined },
  { name: 'the last admin', method: 'PATCH', path: '/api/users/:self/role', body: { role: 'member' } },
  {
    name: 'a wrong password',
    method: 'POST',
    path: '/api/users/me/password',
    body: { currentPassword: 'x', newPassword: 'a long one, 9876' },
  },
  { name: 'what only admins may', method: 'GET', path: '/api/users', body: undefined, byMember: true },
] as const;

test.each(refusals)('the refusal of $name is known in every language', async ({ method, path, body, ...rest }) => {
  const person = 'byMember' in rest ? member : admin;
  const { status, body: answer } = await person.request(
    method,
    path.replace(':self', admin.id).replace(':none', crypto.randomUUID()),
    body,
  );
  expect(status).toBeGreaterThanOrEqual(400);
  const fieldErrors = Object.values((answer.details?.fieldErrors ?? {}) as Record<string, string[]>).flat();
  for (const sentence of [answer.error as string, ...fieldErrors]) {
    for (const say of [german, spanish, french]) expect(say(sentence)).not.toBe(sentence);
  }
});

test('a value comes through as it was sent', async () => {
  const { body } = await admin.request('POST', '/api/agents', { name: 'A', templateId: 'no "such" {{one}}' });
  expect(german(body.error as string)).toBe('Es gibt keine Vorlage „no "such" {{one}}“.');
});
