import { expect } from 'vitest';
import type { TestUser } from '../create-test-app.ts';

export const reader = { allowedTools: ['pinchy_ls', 'pinchy_read'], pluginConfig: { allowed_paths: ['/data/hr'] } };

/** As few as can be: a gateway takes five seconds for the first turn of each, and pauses a provider that refused one. */
const agentsToCreate = {
  plain: {},
  reader,
  auth: {},
  quota: {},
  anthropic: reader,
  google: reader,
  'ollama-cloud': reader,
  'ollama-local': reader,
};
export type AgentOfTests = keyof typeof agentsToCreate;

/** Each has an agent of its own; the other agents have a model of OpenAI. */
const providersOfAgents = ['anthropic', 'google', 'ollama-cloud', 'ollama-local'];

/** All five, each a double that takes any key. */
export async function connectProviders(admin: TestUser, ollamaUrl: string): Promise<void> {
  for (const provider of ['openai', ...providersOfAgents]) {
    const credential = provider === 'ollama-local' ? { baseUrl: ollamaUrl } : { apiKey: 'a-key-for-the-double' };
    const saved = await admin.request('POST', '/api/settings/providers', { provider, ...credential });
    expect(saved.status, saved.text).toBe(200);
  }
}

/** All at once, so that a gateway takes up one configuration. Returns their ids by purpose. */
export async function createAgentsOfTests(admin: TestUser): Promise<Record<AgentOfTests, string>> {
  const { models } = (await admin.request('GET', '/api/providers/models')).body as {
    models: { id: string; provider: string; toolUse: boolean }[];
  };
  const modelOf = (kind: string) => models.find(({ provider, toolUse }) => provider === kind && toolUse)!.id;
  const created = Object.entries(agentsToCreate).map(async ([purpose, grants]) => {
    const model = modelOf(providersOfAgents.includes(purpose) ? purpose : 'openai');
    const answer = await admin.request('POST', '/api/agents', {
      name: purpose,
      templateId: 'custom',
      model,
      ...grants,
    });
    expect(answer.status, answer.text).toBe(201);
    return [purpose, answer.body.id as string] as const;
  });
  return Object.fromEntries(await Promise.all(created)) as Record<AgentOfTests, string>;
}
