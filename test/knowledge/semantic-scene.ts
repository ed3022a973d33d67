import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type DoubleKind, type ModelDouble, startModelDouble } from '../../testkit/model-double.ts';
import { createAdmin, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { query } from '../test-database.ts';

export type EmbeddingProvider = Extract<DoubleKind, 'ollama-local' | 'openai' | 'google'>;

export const embeddingModels: Record<EmbeddingProvider, string> = {
  'ollama-local': 'ollama-local/nomic-embed-text:latest',
  openai: 'openai/text-embedding-3-small',
  google: 'google/gemini-embedding-001',
};

/** The whole product with doubled providers that have embeddings, and an agent that may read `/data/hr`. */
export interface SemanticScene {
  server: TestApp;
  admin: TestUser;
  agentId: string;
  doubles: Record<EmbeddingProvider, ModelDouble>;
  write(files: Record<string, string>): void;
  connect(provider: EmbeddingProvider): Promise<void>;
  choose(model: string | null): ReturnType<TestUser['request']>;
  status(): Promise<Record<string, unknown>>;
  /** Indexes, and gives passages their vectors. */
  pass(): ReturnType<TestApp['services']['knowledge']['embedder']['runPass']>;
  /** Paths of what is found, best first. */
  find(question: string, more?: { path?: string; agentId?: string }): Promise<string[]>;
  /** All texts that were sent to be embedded, in order. */
  sent(provider: EmbeddingProvider): string[];
  count(table: string): Promise<number>;
}

const files = {
  '/data/hr/holidays.md': '# Urlaub\n\nEvery employee gets 28 days of holidays.',
  '/data/hr/travel.md': '# Travel\n\nTrains are booked in second class.',
  '/data/board/bonus.md': '# Board\n\nMembers of the board take their vacations in August.',
};

export async function setSemanticScene(added: Record<string, string> = {}): Promise<SemanticScene> {
  const doubles = {
    'ollama-local': await startModelDouble({ kind: 'ollama-local' }),
    openai: await startModelDouble({ kind: 'openai' }),
    google: await startModelDouble({ kind: 'google' }),
  };
  const server = await createTestApp({
    environment: { OPENAI_BASE_URL: doubles.openai.url, GOOGLE_BASE_URL: doubles.google.url },
  });
  onTestFinished(async () => {
    await server.close();
    await Promise.all(Object.values(doubles).map((double) => double.close()));
  });
  const admin = await createAdmin(server.app);
  const { indexer, embedder } = server.services.knowledge;

  function write(written: Record<string, string>): void {
    for (const [path, content] of Object.entries(written)) {
      const onDisk = join(server.dataRoot, path.slice('/data/'.length));
      mkdirSync(dirname(onDisk), { recursive: true });
      writeFileSync(onDisk, content);
    }
  }
  write({ ...files, ...added });
  // What is asked for begins a pass by itself, and only one runs at a time: the pass after it sees what was written.
  const indexAll = async () => {
    await expect.poll(() => indexer.runPass()).toMatchObject({ hadLock: true });
  };
  await indexAll();
  const agent = await admin.request('POST', '/api/agents', {
    ...{ name: 'HR', templateId: 'knowledge-base', pluginConfig: { allowed_paths: ['/data/hr'] } },
  });
  const agentId = agent.body.id as string;
  return {
    ...{ server, admin, agentId, doubles, write },
    async connect(provider) {
      const { url } = doubles[provider];
      const credential = provider === 'ollama-local' ? { baseUrl: url } : { apiKey: 'sk-of-the-double' };
      const answer = await admin.request('POST', '/api/settings/providers', { provider, ...credential });
      expect(answer.status).toBe(200);
    },
    choose: (model) => admin.request('PUT', '/api/settings/semantic-search', { model }),
    status: async () => (await admin.request('GET', '/api/settings/semantic-search')).body,
    async pass() {
      await indexAll();
      return embedder.runPass();
    },
    async find(question, more) {
      const { body } = await admin.request('POST', '/api/knowledge/search', { agentId, query: question, ...more });
      return [...new Set(body.passages.map(({ path }: { path: string }) => path))] as string[];
    },
    sent: (provider) => doubles[provider].requests.flatMap(({ embedding }) => embedding?.texts ?? []),
    async count(table) {
      const rows = await query<{ count: number }>(server.databaseUrl, `select count(*)::int as count from ${table}`);
      return rows[0]?.count ?? 0;
    },
  };
}
