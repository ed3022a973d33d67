import { providerIds, type ProviderId } from '../../../contract/providers.ts';
import type { Transaction } from '../../db/client.ts';
import type { Logger } from '../../platform/logger.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import {
  fullModelId,
  type ModelInfo,
  parseFullModelId,
  type ProviderCredential,
  type ProviderRoots,
} from '../../providers/provider.ts';
import { preferredModel } from './default-model.ts';
import { credentialKey, defaultModelKey, settingKeys } from '../settings/setting-keys.ts';
import { requestModels } from './request-models.ts';
import type { SettingService } from '../settings/setting.service.ts';

/** What others ask about the models of the configured providers. */
export interface ModelDirectory {
  findCredential(provider: ProviderId, tx?: Transaction): Promise<ProviderCredential | undefined>;
  /** What the model can do, from the last list that is not older than an hour: a run does not wait for a fresh one. */
  findModelForRun(fullId: string): Promise<ModelInfo | undefined>;
  /**
   * The full id of what was asked for, in the form `<provider>/<id>` or the provider's own id. `current` itself stays, whether it is
   * offered now or not, and so does its provider where several offer that; otherwise a local one comes before any cloud, and the
   * default one before the others.
   */
  resolveModelId(reference: string, current: string | null): Promise<string | undefined>;
  /** What new agents get: the default provider's default model; null without a provider. */
  findDefaultModel(): Promise<string | null>;
}

/** The lists of the configured providers' models, kept for a while. */
export interface ModelLists {
  directory: ModelDirectory;
  configured(tx?: Transaction): Promise<ProviderId[]>;
  findCredential: ModelDirectory['findCredential'];
  findDefaultProvider(): Promise<ProviderId | undefined>;
  /** Every configured provider's models; one that does not answer costs only its own. */
  listAll(): Promise<ModelInfo[]>;
  /** A list that somebody else asked for just now. */
  remember(provider: ProviderId, credential: ProviderCredential, models: ModelInfo[]): void;
  /** Its credential has changed. */
  forget(provider: ProviderId): void;
}

const cacheMs = 60 * 60 * 1_000;

export function createModelLists(options: {
  settings: Pick<SettingService, 'find'>;
  roots: ProviderRoots;
  log: Logger;
}): ModelLists {
  const { settings, roots, log } = options;
  const cache = new Map<ProviderId, { models: ModelInfo[]; until: number; credential: string }>();
  /** Requests under way, so that a burst of runs asks a provider once. */
  const pending = new Map<string, Promise<ModelInfo[]>>();

  async function findCredential(provider: ProviderId, tx?: Transaction): Promise<ProviderCredential | undefined> {
    const value = await settings.find(credentialKey(provider), tx);
    if (value === undefined) return undefined;
    return provider === 'ollama-local' ? { baseUrl: value } : { apiKey: value };
  }

  async function configured(tx?: Transaction): Promise<ProviderId[]> {
    const found: ProviderId[] = [];
    for (const provider of providerIds) if (await findCredential(provider, tx)) found.push(provider);
    return found;
  }

  async function findDefaultProvider(): Promise<ProviderId | undefined> {
    const all = await configured();
    const chosen = await settings.find(settingKeys.defaultProvider);
    return all.find((provider) => provider === chosen) ?? all[0];
  }

  /** Cloud providers' lists are cached for an hour; a local Ollama is asked live unless an older list will do. */
  async function modelsOf(
    provider: ProviderId,
    { mayBeOld } = { mayBeOld: provider !== 'ollama-local' },
  ): Promise<ModelInfo[]> {
    const credential = await findCredential(provider);
    if (!credential) return [];
    const fingerprint = JSON.stringify(credential);
    const hit = cache.get(provider);
    if (mayBeOld && hit && hit.until > Date.now() && hit.credential === fingerprint) return hit.models;
    const key = `${provider} ${fingerprint}`;
    const request = pending.get(key) ?? requestModels(provider, credential, roots).finally(() => pending.delete(key));
    pending.set(key, request);
    const models = await request;
    remember(provider, credential, models);
    return models;
  }

  function remember(provider: ProviderId, credential: ProviderCredential, models: ModelInfo[]): void {
    cache.set(provider, { models, until: Date.now() + cacheMs, credential: JSON.stringify(credential) });
  }

  async function listAll(): Promise<ModelInfo[]> {
    const lists = await Promise.all(
      (await configured()).map(async (provider) => {
        try {
          return await modelsOf(provider);
        } catch (error) {
          log.warn({ provider, reason: sentenceOf(error) }, 'could not list the models of a provider');
          return cache.get(provider)?.models ?? [];
        }
      }),
    );
    return lists.flat();
  }

  async function findDefaultModel(): Promise<string | null> {
    const provider = await findDefaultProvider();
    if (!provider) return null;
    try {
      return preferredModel(provider, await modelsOf(provider), await settings.find(defaultModelKey(provider)));
    } catch (error) {
      log.warn({ provider, reason: sentenceOf(error) }, 'could not choose a default model');
      return null;
    }
  }

  const directory: ModelDirectory = {
    findCredential,
    async findModelForRun(fullId) {
      const reference = parseFullModelId(fullId);
      if (!reference) return undefined;
      const models = await modelsOf(reference.provider, { mayBeOld: true });
      return models.find((model) => model.id === reference.id);
    },
    async resolveModelId(reference, current) {
      if (reference === current) return reference;
      const models = await listAll();
      const exact = models.find((model) => fullModelId(model.provider, model.id) === reference);
      if (exact) return reference;
      const chosen = current === null ? undefined : parseFullModelId(current);
      const offering = models.filter((model) => model.id === reference).map(({ provider }) => provider);
      const isChosen = chosen?.id === reference && (await findCredential(chosen.provider)) !== undefined;
      if (isChosen) return current ?? undefined;
      const isLocalSilent = (await configured()).includes('ollama-local') && !cache.has('ollama-local');
      // A local Ollama that does not answer now may have it: what is said there must not go to a cloud instead.
      if (isLocalSilent && offering.includes('ollama-cloud')) return undefined;
      const order = ['ollama-local', await findDefaultProvider(), ...offering] as const;
      const provider = order.find((candidate) => candidate !== undefined && offering.includes(candidate));
      return provider && fullModelId(provider, reference);
    },
    findDefaultModel,
  };
  return {
    directory,
    configured,
    findCredential,
    findDefaultProvider,
    listAll,
    remember,
    forget: (provider) => void cache.delete(provider),
  };
}

/** A provider's error may carry the whole request in its cause; only its own sentence goes into the log. */
const sentenceOf = (error: unknown): string => (error instanceof ProviderError ? error.message : String(error));
