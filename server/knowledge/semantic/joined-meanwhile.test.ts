import { expect, onTestFinished, test } from 'vitest';
import { embeddingModels, setSemanticScene } from '../../../test/knowledge/semantic-scene.ts';
import { connectDatabase } from '../../db/client.ts';
import { createLogger } from '../../platform/logger.ts';
import { createEmbeddingModel } from '../../providers/embeddings/create-embedding-model.ts';
import { rootsOf } from '../../tools/files/virtual-path.ts';
import { defaultKnowledgeSettings } from '../knowledge-settings.ts';
import { createKnowledgeSearch } from '../search/knowledge-search.ts';
import { createSemanticSearch } from './semantic-search.ts';

// Real: PostgreSQL, indexing, both rankings. Doubled: the model.

test('what was found by meaning is shown, though blocks of the index were joined before the text was looked at', async () => {
  const scene = await setSemanticScene();
  const { databaseUrl, dataRoot, services } = scene.server;
  await scene.connect('ollama-local');
  await scene.choose(embeddingModels['ollama-local']);
  for (let round = 0; round < 6; round += 1) {
    scene.write({ [`/data/hr/report-${round}.md`]: `Report number ${round} tells of the trains and what they cost.` });
    await scene.pass();
  }
  const { db, close } = connectDatabase(databaseUrl);
  onTestFinished(close);
  const baseUrl = scene.doubles['ollama-local'].url;
  const roots = {
    ...{ anthropicBaseUrl: baseUrl, openaiBaseUrl: baseUrl, googleBaseUrl: baseUrl, ollamaCloudBaseUrl: baseUrl },
  };
  const semantic = createSemanticSearch({
    db,
    log: createLogger('silent'),
    isOn: async () => true,
    openModel: async (model) => createEmbeddingModel(model, { baseUrl }, roots),
    recordUsage: async () => {},
  });
  onTestFinished(() => semantic.stop());
  const blocks = () => scene.count('knowledge_blocks');
  const counts: number[] = [];
  const knowledge = createKnowledgeSearch({
    ...{ db, dataRoot, settings: async () => defaultKnowledgeSettings },
    semantic: {
      ...semantic,
      async rank(request, scope) {
        const found = await semantic.rank(request, scope);
        counts.push(await blocks());
        scene.write({ '/data/hr/last.md': 'One more report tells of the trains and what they cost.' });
        await services.knowledge.indexer.runPass();
        counts.push(await blocks());
        return found;
      },
    },
  });
  const context = { userId: 'ada', workspaceDirectory: dataRoot, pluginConfig: { allowed_paths: ['/data/hr'] } };
  const found = await knowledge.search({
    ...{ query: 'vacation', limit: 8, userId: 'ada' },
    roots: rootsOf(context, dataRoot).filter((root) => root.linksTo === 'data'),
  });
  expect(counts[1]).toBeLessThan(counts[0]!);
  expect(found.passages.map(({ path }) => path)).toContain('/data/hr/holidays.md');
}, 60_000);
