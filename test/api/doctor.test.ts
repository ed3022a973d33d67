import { hostname } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Diagnosis } from '../../contract/doctor.ts';
import { writeReport } from '../../server/cli/doctor/write-report.ts';
import { startModelDouble, type ModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

// What each finding is about is shown by server/cli/doctor/doctor.test.ts; here that the server says the same, of itself.

let server: TestApp;
let model: ModelDouble;
let admin: TestUser;

beforeAll(async () => {
  model = await startModelDouble({ kind: 'anthropic', apiKey: 'sk-very-secret-key' });
  server = await createTestApp({ environment: { ANTHROPIC_BASE_URL: model.url } });
  admin = await createAdmin(server.app);
  await admin.request('POST', '/api/settings/providers', { provider: 'anthropic', apiKey: 'sk-very-secret-key' });
});
afterAll(async () => {
  await server?.close();
  await model?.close();
});

const examine = async () => (await admin.request('POST', '/api/doctor')).body as Diagnosis;

test('the report covers what pinchy doctor covers, with the page to paste, and names nobody and no place', async () => {
  const url = await server.listen();
  const { page, ...report } = await examine();
  const about = new Set(report.findings.map((finding) => finding.about));
  for (const part of [
    'Versions',
    'Disk',
    'Memory',
    'Server',
    'Database',
    'Keys',
    'Clock',
    'Provider Anthropic',
    'Audit trail',
  ])
    expect(about, part).toContain(part);
  expect(report.server).toBe('running');
  expect(report.findings.find((finding) => finding.about === 'Server')?.says).toMatch(
    new RegExp(`^Running at port ${new URL(url).port}`),
  );
  expect(report.findings.find((finding) => finding.about === 'Keys')).toMatchObject({ health: 'well' });
  expect(page).toBe(writeReport(report));
  for (const hidden of [
    server.home,
    server.dataRoot,
    hostname(),
    admin.email,
    'sk-very-secret-key',
    'test encryption key',
  ])
    expect(JSON.stringify({ page, report }), hidden).not.toContain(hidden);
});

test('it sees what is wrong now', async () => {
  model.respondToModelList([{ error: 'auth' }]);
  const { findings, health } = await examine();
  expect(health).toBe('wrong');
  expect(findings.find(({ about }) => about === 'Provider Anthropic')).toMatchObject({ health: 'wrong' });
});

test('those who ask at once get one examination', async () => {
  const [one, other] = await Promise.all([examine(), examine()]);
  expect(one.examinedAt).toBe(other.examinedAt);
});

test('members learn whom to ask, by name, and no more', async () => {
  const mia = await createMember(server.app, admin, { name: 'Mia' });
  expect((await mia.request('POST', '/api/doctor')).status).toBe(403);
  const { body } = await mia.request('GET', '/api/contacts');
  expect(body).toEqual({ admins: [{ name: 'Ada Admin' }] });
  const second = await createMember(server.app, admin, { name: 'Aaron' });
  await admin.request('PATCH', `/api/users/${second.id}`, { role: 'admin' });
  expect((await mia.request('GET', '/api/contacts')).body.admins).toEqual([{ name: 'Aaron' }, { name: 'Ada Admin' }]);
  await admin.request('DELETE', `/api/users/${second.id}`);
  expect((await mia.request('GET', '/api/contacts')).body.admins).toEqual([{ name: 'Ada Admin' }]);
});
