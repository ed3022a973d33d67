import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { createEmbedder, type Embedder } from '../../knowledge/embedder.ts';
import { createKnowledgeIndexer, type KnowledgeIndexer } from '../../knowledge/knowledge-indexer.ts';
import { createKnowledgeSearch } from '../../knowledge/search/knowledge-search.ts';
import type { EmbeddingTarget, PricedTarget } from '../../knowledge/semantic/messages.ts';
import { createSemanticSearch } from '../../knowledge/semantic/semantic-search.ts';
import type { Logger } from '../../platform/logger.ts';
import { embeddingProviders } from '../../providers/embeddings/embedding-providers.ts';
import { parseFullModelId } from '../../providers/provider.ts';
import { listDataDirectories, requireDataDirectory } from '../../tools/files/data-directories.ts';
import { createSearchFilesTool } from '../../tools/knowledge/search-files.tool.ts';
import type { Tool } from '../../tools/tool.ts';
import type { AgentDirectory } from '../agents/agent-directory.ts';
import type { Prices } from '../prices/prices.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import { credentialKey, settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';
import { recordEmbeddingUsage } from '../usage/record-embedding-usage.ts';
import { createKnowledgeService, createKnowledgeSettings, type KnowledgeService } from './knowledge.service.ts';
import { createSemanticSearchService, type SemanticSearchService } from './semantic-search.service.ts';

export interface Knowledge {
  service: KnowledgeService;
  semantic: SemanticSearchService;
  indexer: KnowledgeIndexer;
  embedder: Embedder;
  tools: Tool[];
  /** From now on documents are indexed, by themselves. */
  start(): void;
  stop(): Promise<void>;
}

interface KnowledgeOptions {
  config: Config;
  databaseUrl: string;
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
  providers: Pick<ProviderService, 'findCredential'>;
  prices: Pick<Prices, 'ofEmbedding'>;
  agentDirectory: AgentDirectory;
  log: Logger;
}

/** The index of the organisation's documents, with everything that asks it. */
export function createKnowledge(options: KnowledgeOptions): Knowledge {
  const { config, databaseUrl, db, signals, audit, settings, providers, agentDirectory, log } = options;
  const { dataRoot, providerRoots: roots } = config;
  const readSettings = createKnowledgeSettings(settings);
  const { semanticSearch, embedder } = createEmbedding(options);
  const search = createKnowledgeSearch({ db, dataRoot, settings: () => readSettings(), semantic: semanticSearch });
  const indexer = createKnowledgeIndexer({ databaseUrl, dataRoot, log, onPass: () => embedder.request() });
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
  return {
    service,
    semantic: createSemanticSearchService({ db, signals, audit, settings, providers, roots, log }),
    indexer,
    embedder,
    tools: [createSearchFilesTool({ dataRoot, knowledge: search })] as Tool[],
    start() {
      indexer.start();
      embedder.start();
    },
    async stop() {
      semanticSearch.stop();
      await Promise.all([indexer.stop(), embedder.stop()]);
    },
  };
}

/** What makes vectors and what searches by them: both ask no model but the one that an admin chose. */
function createEmbedding({ config, databaseUrl, db, signals, settings, providers, prices, log }: KnowledgeOptions) {
  const { providerRoots: roots } = config;
  const findChosen = () => settings.find(settingKeys.semanticSearch);

  async function targetOf(model: string | undefined): Promise<EmbeddingTarget | undefined> {
    const parsed = model === undefined ? undefined : parseFullModelId(model);
    const credential = parsed && (await providers.findCredential(parsed.provider));
    return model !== undefined && credential ? { model, credential } : undefined;
  }

  const semanticSearch = createSemanticSearch({
    ...{ db, log },
    isOn: async () => (await findChosen()) !== undefined,
    async openModel(model) {
      const target = await targetOf(model);
      if (!target) return undefined;
      const { createEmbeddingModel } = await import('../../providers/embeddings/create-embedding-model.ts');
      return createEmbeddingModel(model, target.credential, roots);
    },
    async recordUsage(model, tokens) {
      const cost = await prices.ofEmbedding({ model, tokens, at: new Date() });
      await recordEmbeddingUsage(signals, { model, tokens, cost });
    },
  });
  const findTarget = async (): Promise<PricedTarget | undefined> => {
    const target = await targetOf(await findChosen());
    if (!target) return undefined;
    const dollarsPerMillion = await prices.ofEmbedding({ model: target.model, tokens: 1_000_000, at: new Date() });
    return { ...target, dollarsPerMillion };
  };
  const embedder = createEmbedder({ databaseUrl, roots, findTarget, log });
  const keys = new Set<string>([settingKeys.semanticSearch, ...embeddingProviders.map(credentialKey)]);
  signals.onSignal((signal) => {
    if (signal.kind === 'setting' && keys.has(signal.key)) embedder.restart();
  });
  return { semanticSearch, embedder };
}
