import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usualFoundPassages } from '../../contract/knowledge.ts';
import type { Tool, ToolContext, ToolResult } from '../../server/tools/tool.ts';
import { createAdmin, createMember, createTestApp, type TestApp, type TestUser } from '../create-test-app.ts';
import { auditRows, query, refuseAuditEvent } from '../test-database.ts';

let server: TestApp;
let admin: TestUser;
let member: TestUser;
let agentId: string;

function write(virtualPath: string, content: string | Buffer): void {
  const path = join(server.dataRoot, virtualPath.slice('/data/'.length));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

beforeAll(async () => {
  server = await createTestApp();
  admin = await createAdmin(server.app);
  member = await createMember(server.app, admin);
  write('/data/hr/leave.md', '# Leave\n\n## Parents\n\nParents may take fourteen weeks of paid leave.\n');
  write('/data/hr/travel.md', '# Travel\n\nTrains are booked in second class.\n');
  write('/data/hr/broken.pdf', '%PDF-1.4 and nothing else');
  write('/data/board/salaries.md', '# Salaries\n\nThe board earns more than parents on leave.\n');
  await server.services.knowledge.indexer.runPass();
  const body = { name: 'HR', templateId: 'knowledge-base', pluginConfig: { allowed_paths: ['/data/hr'] } };
  agentId = (await admin.request('POST', '/api/agents', body)).body.id;
});
afterAll(() => server.close());

const search = (who: TestUser, body: object) => who.request('POST', '/api/knowledge/search', { agentId, ...body });

describe('searching with the rights of an agent', () => {
  test('gives whoever may use it the passages with path, place, heading and text', async () => {
    const answer = await search(member, { query: 'weeks for a parent' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ pending: 0, unreadable: 1 });
    expect(answer.body.passages[0]).toEqual({
      path: '/data/hr/leave.md',
      place: 'line 3',
      heading: 'Leave › Parents',
      text: '## Parents\n\nParents may take fourteen weeks of paid leave.',
      score: expect.any(Number),
    });
    const [row] = await auditRows(server.databaseUrl, 'knowledge.searched');
    expect(row).toMatchObject({ actor_id: member.id, detail: { agentId, paths: ['/data/hr/leave.md'] } });
    expect(JSON.stringify(row)).not.toContain('weeks');
  });

  test('is 404 for an agent that a person may not use', async () => {
    const agents = (await admin.request('GET', '/api/agents')).body as {
      id: string;
      ownerId: string;
      isPersonal: boolean;
    }[];
    const smithers = agents.find((agent) => agent.isPersonal && agent.ownerId === admin.id);
    expect((await search(member, { agentId: smithers?.id, query: 'leave' })).status).toBe(404);
    expect((await search(member, { agentId: crypto.randomUUID(), query: 'leave' })).status).toBe(404);
  });

  test('searches one directory when asked to, and no other than the granted ones', async () => {
    expect((await search(member, { query: 'leave', path: '/data/hr/travel.md' })).body.passages).toEqual([]);
    expect((await search(member, { query: 'leave', path: '/data/hr' })).body.passages).toHaveLength(1);
    const refused = await search(member, { query: 'leave', path: '/data/board' });
    const unknown = await search(member, { query: 'leave', path: '/data/nowhere' });
    expect([refused.status, refused.text]).toEqual([400, unknown.text]);
  });

  test.for([
    {},
    { query: '' },
    { query: ' ' },
    { query: 'x'.repeat(1_001) },
    { query: 'a\0b' },
    { query: 'a', limit: 21 },
  ])('refuses %j', async (body) => {
    expect((await search(member, body)).status).toBe(400);
  });

  test('an agent that may read nothing finds nothing, and what is taken away is gone at once', async () => {
    const agent = await admin.request('POST', '/api/agents', {
      name: 'Short',
      templateId: 'custom',
      allowedTools: ['pinchy_search'],
      pluginConfig: { allowed_paths: ['/data/hr', '/data/board'] },
    });
    const ask = async () => {
      const { body } = await member.request('POST', '/api/knowledge/search', {
        agentId: agent.body.id,
        query: 'leave',
      });
      return body.passages.map((passage: { path: string }) => passage.path).sort();
    };
    const change = (body: object) => admin.request('PATCH', `/api/agents/${agent.body.id}`, body);
    expect(await ask()).toEqual(['/data/board/salaries.md', '/data/hr/leave.md']);
    await change({ pluginConfig: { allowed_paths: ['/data/hr'] } });
    expect(await ask()).toEqual(['/data/hr/leave.md']);
    await change({ allowedTools: ['pinchy_ls'] });
    expect(await ask()).toEqual([]);
  });
});

describe('the tool', () => {
  const tool = () => server.services.tools.grantable.find(({ id }) => id === 'pinchy_search') as Tool;
  const contextOf = (allowedPaths: string[], more: Partial<ToolContext> = {}): ToolContext => ({
    ...{ agentId, userId: member.id, conversationId: 'c', runId: 'r', toolCallId: 't' },
    workspaceDirectory: join(server.home, 'workspaces', agentId),
    pluginConfig: { allowed_paths: allowedPaths },
    signal: new AbortController().signal,
    ...more,
  });
  const call = async (input: object, context = contextOf(['/data/hr'])): Promise<ToolResult> => {
    const parsed = tool().input.parse(input);
    await tool().checkScope?.(parsed, context);
    return tool().execute(parsed, context);
  };

  test('is safe, granted like the others, and begins knowledge bases with them', async () => {
    expect(tool()).toMatchObject({ category: 'safe', integration: null });
    const { body } = await admin.request('GET', `/api/agents/${agentId}`);
    expect(body.allowedTools).toEqual(['pinchy_ls', 'pinchy_read', 'pinchy_search']);
  });

  test('gives one block for each passage, beginning with its number and path, and tells what was not searched', async () => {
    const { text, summary, audit } = await call({ query: 'parent' });
    expect(text).toBe(
      '[1] /data/hr/leave.md (line 3) — Leave › Parents\n## Parents\n\nParents may take fourteen weeks of paid leave.\n\n' +
        'Note: Not searched: 1 document there cannot be read.',
    );
    expect([summary, audit]).toEqual(['Found 1 passage', { passages: 1, paths: ['/data/hr/leave.md'] }]);
    expect(JSON.stringify(tool().auditInput({ query: 'Ada Lovelace', path: '/data/hr' }))).not.toContain('Ada');
  });

  test('takes the numbers of a conversation that keeps them', async () => {
    const known: string[] = [];
    const citations = { number: ({ path }: { path: string }) => known.push(path) + 40 };
    const { text } = await call({ query: 'parent' }, contextOf(['/data/hr'], { citations }));
    expect(text).toMatch(/^\[41\] \/data\/hr\/leave\.md/);
  });

  test('says that nothing was found, and what might not have been searched', async () => {
    const { text } = await call({ query: 'zeppelin' });
    expect(text).toMatch(/^No passage was found in the documents that you may read\. Not searched: 1 document/);
  });

  test('refuses what lies outside, and tells that files of the chat are not indexed', async () => {
    await expect(call({ query: 'leave', path: '/data/board' })).rejects.toMatchObject({ name: 'ToolDenied' });
    await expect(call({ query: 'leave', path: '/data/hr/../board' })).rejects.toMatchObject({ name: 'ToolDenied' });
    await expect(call({ query: 'leave', path: '/workspace/uploads' })).rejects.toThrow(/not part of the index/);
    await expect(call({ query: 'leave' }, contextOf([]))).rejects.toThrow(/may not read any directory/);
    expect(tool().input.safeParse({ query: 'a', limit: 21 }).success).toBe(false);
    expect(usualFoundPassages).toBe(8);
  });
});

describe('what admins see and decide', () => {
  test('each directory with its documents, passages and what cannot be read', async () => {
    const { body } = await admin.request('GET', '/api/knowledge');
    expect(body.indexBytes).toBeGreaterThan(100_000);
    expect(body.directories).toEqual([
      {
        ...{ path: '/data/board', documents: 1, passages: 1, pending: 0, unreadable: 0 },
        ...{ indexedAt: expect.stringMatching(/^\d{4}-.*Z$/), state: 'ready' },
      },
      {
        ...{ path: '/data/hr', documents: 2, passages: 2, pending: 0, unreadable: 1 },
        ...{ indexedAt: expect.any(String), state: 'ready' },
      },
    ]);
  });

  test('what cannot be read, with the reason and what to do, page by page', async () => {
    const document = { path: '/data/hr/broken.pdf', code: 'damaged', reason: expect.stringContaining('save it again') };
    const all = await admin.request('GET', '/api/knowledge/unreadable');
    expect(all.body).toEqual({ documents: [document], total: 1 });
    const list = async (filter: string) => (await admin.request('GET', `/api/knowledge/unreadable?${filter}`)).body;
    expect(await list('path=/data/hr')).toEqual({ documents: [document], total: 1 });
    expect(await list('path=/data/h')).toEqual({ documents: [], total: 0 });
    expect(await list('page=2&limit=1')).toEqual({ documents: [], total: 1 });
  });

  test('indexing anew keeps everything findable meanwhile, is recorded, and fails as a whole', async () => {
    const pending = async () => {
      const rows = await query<{ count: number }>(
        server.databaseUrl,
        `select count(*)::int as count from knowledge_documents where state = 'pending'`,
      );
      return rows[0]?.count;
    };
    const allow = await refuseAuditEvent(server.databaseUrl, 'knowledge.reindexed');
    expect((await admin.request('POST', '/api/knowledge/reindex', { path: '/data/hr' })).status).toBe(500);
    expect(await pending()).toBe(0);
    await allow();
    expect((await admin.request('POST', '/api/knowledge/reindex', { path: '/data/elsewhere' })).status).toBe(400);
    const answer = await admin.request('POST', '/api/knowledge/reindex', { path: '/data/hr' });
    expect(answer.body).toEqual({ success: true });
    expect((await search(member, { query: 'parent' })).body).toMatchObject({
      pending: 3,
      passages: [{ path: '/data/hr/leave.md' }],
    });
    expect(await auditRows(server.databaseUrl, 'knowledge.reindexed')).toMatchObject([
      { actor_id: admin.id, detail: { path: '/data/hr' } },
    ]);
    // The signal has asked for a pass of its own, too; whichever comes first.
    await expect.poll(pending, { timeout: 30_000 }).toBe(0);
  });

  test('how old documents rank: stored with its differences, and refused when it makes no sense', async () => {
    const before = (await admin.request('GET', '/api/settings/knowledge')).body;
    expect(before.archiveFolders).toContain('archive');
    const changed = { ...before, archiveFolders: ['old'], archivedWeight: 0.2 };
    const put = (body: object) => admin.request('PUT', '/api/settings/knowledge', body);
    expect((await put(changed)).body).toEqual(changed);
    expect((await put(changed)).status).toBe(200);
    const rows = await auditRows(server.databaseUrl, 'settings.knowledge_updated');
    expect(rows).toMatchObject([{ detail: { changes: { archivedWeight: { from: before.archivedWeight, to: 0.2 } } } }]);
    for (const wrong of [{ archivedWeight: 0 }, { archivedWeight: 2 }, { archiveFolders: ['a/b'] }, { more: 1 }]) {
      expect((await put({ ...changed, ...wrong })).status).toBe(400);
    }
    const generic = { key: 'knowledge', value: '{}' };
    expect((await admin.request('POST', '/api/settings', generic)).status).toBe(400);
  });
});
