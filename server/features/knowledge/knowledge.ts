import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { createKnowledgeIndexer, type KnowledgeIndexer } from '../../knowledge/knowledge-indexer.ts';
import { createKnowledgeSearch } from '../../knowledge/search/knowledge-search.ts';
import type { Logger } from '../../platform/logger.ts';
import { listDataDirectories, requireDataDirectory } from '../../tools/files/data-directories.ts';
import { createSearchFilesTool } from '../../tools/knowledge/search-files.tool.ts';
import type { Tool } from '../../tools/tool.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import type { SettingService } from '../settings/setting.service.ts';
import { createKnowledgeService, createKnowledgeSettings, type KnowledgeService } from './knowledge.service.ts';

export interface Knowledge {
  service: KnowledgeService;
  indexer: KnowledgeIndexer;
  tools: Tool[];
}

/** The index of the organisation's documents, with everything that asks it. */
export function createKnowledge(options: {
  config: Config;
  databaseUrl: string;
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
  agentDirectory: AgentDirectory;
  log: Logger;
}): Knowledge {
  const { config, databaseUrl, db, signals, audit, settings, agentDirectory, log } = options;
  const { dataRoot } = config;
  const readSettings = createKnowledgeSettings(settings);
  const search = createKnowledgeSearch({ db, dataRoot, settings: () => readSettings() });
  const indexer = createKnowledgeIndexer({ databaseUrl, dataRoot, log });
  signals.onSignal((signal) => {
    if (signal.kind === 'knowledge') indexer.request(signal.path === null ? 'all' : [signal.path]);
  });
  const service = createKnowledgeService({
    ...{ db, signals, audit, settings, readSettings, agentDirectory, dataRoot },
    knowledge: search,
    isIndexing: config.backgroundJobs,
    listDataDirectories: () => listDataDirectories(dataRoot),
    requireDataDirectory: (path) => requireDataDirectory(dataRoot, path),
  });
  return { service, indexer, tools: [createSearchFilesTool({ dataRoot, knowledge: search })] as Tool[] };
}
