import type { EmbeddingModelChoice, SemanticSearchStatus } from '../../../contract/semantic-search.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { embeddingVersion } from '../../knowledge/semantic/passage-vectors.ts';
import { findAnsweringModel, findProgress, removeAllVectors } from '../../knowledge/semantic/stored-vectors.ts';
import { AppError, invalidField } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { embeddingProviders } from '../../providers/embeddings/embedding-providers.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import {
  baseUrlOf,
  fullModelId,
  parseFullModelId,
  type ProviderCredential,
  providerNames,
  type ProviderRoots,
} from '../../providers/provider.ts';
import type { ProviderService } from '../providers/provider.service.ts';
import { settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';

export interface SemanticSearchService {
  status(): Promise<SemanticSearchStatus>;
  /** Of every configured provider that has some; one that does not answer is left out. */
  models(): Promise<EmbeddingModelChoice[]>;
  /**
   * Null switches it off and removes all vectors. A model is asked once before it is stored, with a word of our own.
   * @throws AppError `provider_rejected` with the provider's reason, `invalid_request`
   */
  choose(actor: Actor, model: string | null): Promise<SemanticSearchStatus>;
}

/** A local model may have to be loaded first. */
const probeMs = 60_000;

export function createSemanticSearchService(options: {
  db: Database;
  signals: Signals;
  audit: AuditTrail;
  settings: Pick<SettingService, 'find' | 'write' | 'remove'>;
  providers: Pick<ProviderService, 'findCredential'>;
  roots: ProviderRoots;
  log: Logger;
}): SemanticSearchService {
  const { db, signals, audit, settings, providers, roots, log } = options;

  async function findProviderAccess(
    model: string,
  ): Promise<{ credential: ProviderCredential; host: string } | undefined> {
    const parsed = parseFullModelId(model);
    const credential = parsed && (await providers.findCredential(parsed.provider));
    if (!parsed || !credential) return undefined;
    return { credential, host: new URL(baseUrlOf(parsed.provider, credential, roots)).host };
  }

  async function status(): Promise<SemanticSearchStatus> {
    const model = (await settings.find(settingKeys.semanticSearch)) ?? null;
    if (model === null) {
      const nothing = { passages: 0, embedded: 0, refused: 0, problem: null };
      return { model, host: null, state: 'off', answering: null, ...nothing };
    }
    const [connection, progress, latest] = await Promise.all([
      findProviderAccess(model),
      findProgress(db, { model, version: embeddingVersion }),
      findAnsweringModel(db),
    ]);
    const canAnswer = latest !== undefined && (await findProviderAccess(latest.model)) !== undefined;
    return {
      ...{ model, host: connection?.host ?? null, ...progress },
      state: connection ? stateOf(progress) : 'disconnected',
      answering: canAnswer ? latest.model : null,
    };
  }

  /** @throws AppError when the model does not answer */
  async function probe(model: string): Promise<void> {
    const parsed = parseFullModelId(model);
    if (!parsed || !embeddingProviders.some((provider) => provider === parsed.provider)) {
      throw invalidField('model', 'Choose a model of Ollama, OpenAI or Google.');
    }
    const connection = await findProviderAccess(model);
    if (!connection) throw invalidField('model', `${providerNames[parsed.provider]} is not connected.`);
    try {
      const { credential } = connection;
      const { createEmbeddingModel } = await import('../../providers/embeddings/create-embedding-model.ts');
      await createEmbeddingModel(model, credential, roots).embed(['Pinchy'], 'query', AbortSignal.timeout(probeMs));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      throw new AppError('provider_rejected', error.message, { fieldErrors: { model: [error.message] }, cause: error });
    }
  }

  return {
    status,
    async models() {
      const lists = embeddingProviders.map(async (provider): Promise<EmbeddingModelChoice[]> => {
        const credential = await providers.findCredential(provider);
        if (!credential) return [];
        try {
          const { host } = new URL(baseUrlOf(provider, credential, roots));
          const { listEmbeddingModels } = await import('../../providers/embeddings/list-embedding-models.ts');
          const ids = await listEmbeddingModels(provider, credential, roots);
          return ids.map((id) => ({
            ...{ id: fullModelId(provider, id), provider, host },
            displayName: id.replace(/:latest$/, ''),
          }));
        } catch (error) {
          const reason = error instanceof ProviderError ? error.message : String(error);
          log.warn({ provider, reason }, 'could not list the embedding models of a provider');
          return [];
        }
      });
      return (await Promise.all(lists)).flat();
    },
    async choose(actor, model) {
      if (model !== null && model !== (await settings.find(settingKeys.semanticSearch))) await probe(model);
      await signals.transaction(actor, async (tx) => {
        const before = (await settings.find(settingKeys.semanticSearch, tx)) ?? null;
        if (before === model) return;
        if (model === null) {
          await settings.remove(tx, settingKeys.semanticSearch);
          await removeAllVectors(tx);
        } else await settings.write(tx, settingKeys.semanticSearch, model);
        await audit.record(tx, {
          eventType: 'settings.semantic_search_updated',
          actor: { type: 'user', id: actor.userId },
          detail: { from: before, to: model },
        });
      });
      return status();
    },
  };
}

function stateOf({ problem, passages, embedded }: Awaited<ReturnType<typeof findProgress>>) {
  if (problem !== null) return 'failed';
  return embedded < passages ? 'embedding' : 'ready';
}
