import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { KnowledgeSettings } from '../../contract/knowledge.ts';
import { connectDatabase } from '../../server/db/client.ts';
import { createKnowledgeIndexer, type KnowledgeIndexer } from '../../server/knowledge/knowledge-indexer.ts';
import { defaultKnowledgeSettings } from '../../server/knowledge/knowledge-settings.ts';
import { createKnowledgeSearch, type SearchResult } from '../../server/knowledge/search/knowledge-search.ts';
import { createLogger } from '../../server/platform/logger.ts';
import { rootsOf } from '../../server/tools/files/virtual-path.ts';
import { createTestDatabase } from '../create-test-app.ts';

/** An index on a real database and a real directory. */
export interface KnowledgeScene {
  dataRoot: string;
  databaseUrl: string;
  indexer: KnowledgeIndexer;
  settings: KnowledgeSettings;
  /** Files by their virtual paths, such as `/data/hr/leave.md`. */
  write(files: Record<string, string | Buffer>): void;
  onDisk(virtualPath: string): string;
  search(query: string, options?: SearchOptions): Promise<SearchResult>;
  /** The paths of what was found, each once, best first. */
  paths(query: string, options?: SearchOptions): Promise<string[]>;
}

interface SearchOptions {
  /** `/data/hr` unless told. */
  allowed?: string[];
  limit?: number;
  within?: string[];
}

export async function setKnowledgeScene(files: Record<string, string | Buffer> = {}): Promise<KnowledgeScene> {
  const database = await createTestDatabase();
  const directory = mkdtempSync(join(tmpdir(), 'pinchy-knowledge-'));
  const dataRoot = join(directory, 'data');
  mkdirSync(dataRoot);
  const connection = connectDatabase(database.url);
  const indexer = createKnowledgeIndexer({ databaseUrl: database.url, dataRoot, log: createLogger('silent') });
  const settings = { ...defaultKnowledgeSettings };
  const knowledge = createKnowledgeSearch({ db: connection.db, dataRoot, settings: async () => settings });
  onTestFinished(async () => {
    await indexer.stop();
    await connection.close();
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  });

  const onDisk = (virtualPath: string) => join(dataRoot, virtualPath.slice('/data/'.length));
  function write(added: Record<string, string | Buffer>): void {
    for (const [path, content] of Object.entries(added)) {
      mkdirSync(dirname(onDisk(path)), { recursive: true });
      writeFileSync(onDisk(path), content);
    }
  }
  async function search(query: string, { allowed = ['/data/hr'], limit = 8, within }: SearchOptions = {}) {
    const context = { userId: 'ada', workspaceDirectory: directory, pluginConfig: { allowed_paths: allowed } };
    const roots = rootsOf(context, dataRoot).filter((root) => root.linksTo === 'data');
    const [root] = roots;
    const place = within && root ? { root, segments: within } : undefined;
    return knowledge.search({ query, roots, limit, userId: 'ada', within: place });
  }
  write(files);
  return {
    ...{ dataRoot, databaseUrl: database.url, indexer, settings, write, onDisk, search },
    async paths(query, options) {
      const { passages } = await search(query, options);
      return [...new Set(passages.map((passage) => passage.path))];
    },
  };
}
