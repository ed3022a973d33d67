import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';

let app: TestApp;
let admin: TestUser;

beforeAll(async () => {
  app = await createTestApp();
  admin = await createAdmin(app.app);
});
afterAll(() => app.close());

const fileOf = (agentId: string, name: string) => readFile(join(app.home, 'workspaces', agentId, name), 'utf8');

test('contexts and what an agent is told lie in its workspace', async () => {
  const [smithers] = (await admin.request('GET', '/api/agents')).body;
  const shared = (await admin.request('POST', '/api/agents', { name: 'Helper', templateId: 'custom' })).body;

  await admin.request('PUT', '/api/users/me/context', { content: 'I keep the books.' });
  await admin.request('PUT', '/api/settings/context', { content: 'We sell sensors.' });
  await admin.request('PUT', `/api/agents/${shared.id}/files/SOUL.md`, { content: 'You are brief.' });

  await vi.waitFor(
    async () => {
      expect(await fileOf(smithers.id, 'USER.md')).toBe('I keep the books.');
      expect(await fileOf(shared.id, 'USER.md')).toBe('We sell sensors.');
      expect(await fileOf(shared.id, 'SOUL.md')).toBe('You are brief.');
      expect(await fileOf(shared.id, 'AGENTS.md')).toContain('Instructions');
    },
    { timeout: 30_000 },
  );
});
