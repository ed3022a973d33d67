import { sql } from 'drizzle-orm';
import {
  type LocalOllama,
  providerIds,
  type Model,
  type Provider,
  type ProviderId,
  type SaveProviderBody,
} from '../../../contract/providers.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import { adoptAgentsWithoutModel } from '../agents/adopt-agents-without-model.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, invalidField, notFound } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import type { listModels } from '../../providers/list-models.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import {
  chooseDefaultModel,
  fullModelId,
  type ModelInfo,
  parseFullModelId,
  type ProviderCredential,
  providerNames,
  type ProviderRoots,
} from '../../providers/provider.ts';
import { createModelLimitsService, type ModelLimitsService } from './model-limits.service.ts';
import { credentialKey, settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';

export interface ProviderService {
  list(): Promise<Provider[]>;
  isAnyConfigured(): Promise<boolean>;
  /**
   * Checks the credential against the provider's model list, then stores it. The first provider becomes the default;
   * without a credential a connected one does.
   * @throws AppError `provider_rejected` with the provider's reason; `invalid_request` without any credential
   */
  save(actor: Actor, body: SaveProviderBody, options?: { onlyFirst: boolean }): Promise<void>;
  remove(actor: Actor, provider: ProviderId): Promise<void>;
  findCredential(provider: ProviderId): Promise<ProviderCredential | undefined>;
  /** Looks for an Ollama at the usual places; nothing is stored. */
  findLocalOllama(): Promise<LocalOllama>;
  /** All models of the configured providers; a provider that does not answer is left out. */
  listModels(): Promise<Model[]>;
  /** The same with what each can do and the limits that an admin set, for a runtime elsewhere. */
  listModelTraits(): Promise<ModelInfo[]>;
  /** What the model can do, from the last list that is not older than an hour: a run does not wait for a fresh one. */
  findModelForRun(fullId: string): Promise<ModelInfo | undefined>;
  limits: ModelLimitsService;
  /**
   * The full id of what was asked for, in the form `<provider>/<id>` or the provider's own id. Where several providers offer that, the
   * one of `current` stays; otherwise a local one comes before any cloud, and the default one before the others.
   */
  resolveModelId(reference: string, current: string | null): Promise<string | undefined>;
  /** What new agents get: the default provider's default model; null without a provider. */
  findDefaultModel(): Promise<string | null>;
}

const cacheMs = 60 * 60 * 1_000;

export function createProviderService(options: {
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
  roots: ProviderRoots;
  /** Where a local Ollama is looked for. */
  ollamaLocalUrls: readonly string[];
  log: Logger;
}): ProviderService {
  const { signals, audit, settings, roots, ollamaLocalUrls, log } = options;
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

  /** One change of the providers at a time, so that each sees what the one before left. */
  async function lockProviders(tx: Transaction): Promise<void> {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('pinchy providers'))`);
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
    cache.set(provider, { models, until: Date.now() + cacheMs, credential: fingerprint });
    return models;
  }

  /** Every configured provider's models; one that does not answer costs only its own. */
  async function allModels(): Promise<ModelInfo[]> {
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
      const model = chooseDefaultModel(provider, await modelsOf(provider));
      return model ? fullModelId(provider, model.id) : null;
    } catch (error) {
      log.warn({ provider, reason: sentenceOf(error) }, 'could not choose a default model');
      return null;
    }
  }

  const limits = createModelLimitsService({ signals, audit, settings, listModels: allModels });

  return {
    limits,
    async list() {
      const all = await configured();
      const defaultProvider = await findDefaultProvider();
      return providerIds.map((provider) => ({
        provider,
        configured: all.includes(provider),
        isDefault: provider === defaultProvider,
      }));
    },
    isAnyConfigured: async () => (await configured()).length > 0,
    async save(actor, body, { onlyFirst } = { onlyFirst: false }) {
      const { provider } = body;
      const refuseSecond = async (tx?: Transaction) => {
        if (onlyFirst && (await configured(tx)).length > 0) {
          throw new AppError('conflict', 'A provider is configured already. Change it under Settings → Providers.');
        }
      };
      await refuseSecond();
      const given = givenCredential(body);
      const credential = given ?? (await findCredential(provider));
      if (!credential) throw needsCredential(provider);
      const models = await checkCredential(provider, credential, roots);
      await signals.transaction(actor, async (tx) => {
        await lockProviders(tx);
        await refuseSecond(tx);
        const before = await configured(tx);
        const isNew = !before.includes(provider);
        const first = before.length === 0;
        // Removed meanwhile, it is not brought back.
        if (!given && isNew) throw needsCredential(provider);
        const value = given?.baseUrl ?? given?.apiKey;
        if (value !== undefined) await settings.write(tx, credentialKey(provider), value, provider !== 'ollama-local');
        const isDefault = body.isDefault === true || first;
        if (isDefault) await settings.write(tx, settingKeys.defaultProvider, provider);
        const preferred = chooseDefaultModel(provider, models);
        if (isDefault)
          await adoptAgentsWithoutModel({ audit, signals }, tx, preferred ? fullModelId(provider, preferred.id) : null);
        await audit.record(tx, {
          eventType: isNew ? 'provider.connected' : 'provider.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `provider:${provider}`,
          detail: { provider, isDefault },
        });
      });
      cache.delete(provider);
    },
    async remove(actor, provider) {
      await signals.transaction(actor, async (tx) => {
        await lockProviders(tx);
        const before = await configured(tx);
        if (!before.includes(provider)) throw notFound(`A configured provider ${providerNames[provider]}`);
        await settings.remove(tx, credentialKey(provider));
        if ((await settings.find(settingKeys.defaultProvider, tx)) === provider) {
          const next = before.find((other) => other !== provider);
          if (next) await settings.write(tx, settingKeys.defaultProvider, next);
          else await settings.remove(tx, settingKeys.defaultProvider);
        }
        await audit.record(tx, {
          eventType: 'provider.removed',
          actor: { type: 'user', id: actor.userId },
          resource: `provider:${provider}`,
          detail: { provider },
        });
      });
      cache.delete(provider);
    },
    findCredential,
    async findLocalOllama() {
      const { findLocalOllama } = await import('../../providers/find-local-ollama.ts');
      return findLocalOllama(ollamaLocalUrls, roots);
    },
    async listModels() {
      return (await allModels()).map((model) => ({
        id: fullModelId(model.provider, model.id),
        provider: model.provider,
        displayName: model.displayName,
        toolUse: model.toolUse,
      }));
    },
    listModelTraits: async () => limits.apply(await allModels()),
    async findModelForRun(fullId) {
      const reference = parseFullModelId(fullId);
      if (!reference) return undefined;
      const models = await modelsOf(reference.provider, { mayBeOld: true });
      return models.find((model) => model.id === reference.id);
    },
    async resolveModelId(reference, current) {
      const models = await allModels();
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
}

function givenCredential({ apiKey, baseUrl }: SaveProviderBody): ProviderCredential | undefined {
  if (baseUrl !== undefined) return { baseUrl: baseUrl.replace(/(?<!\/)\/+$/, '') };
  return apiKey === undefined ? undefined : { apiKey };
}

const needsCredential = (provider: ProviderId) =>
  invalidField(
    credentialField(provider),
    `${providerNames[provider]} is not connected yet, so its ${provider === 'ollama-local' ? 'address' : 'key'} is needed.`,
  );

/** Prices come with it, which take memory that a server whom nobody asks has no use for. */
async function requestModels(...request: Parameters<typeof listModels>): Promise<ModelInfo[]> {
  const { listModels } = await import('../../providers/list-models.ts');
  return listModels(...request);
}

const credentialField = (provider: ProviderId) => (provider === 'ollama-local' ? 'baseUrl' : 'apiKey');

async function checkCredential(
  provider: ProviderId,
  credential: ProviderCredential,
  roots: ProviderRoots,
): Promise<ModelInfo[]> {
  const field = credentialField(provider);
  try {
    return await requestModels(provider, credential, roots);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    throw new AppError('provider_rejected', error.message, { fieldErrors: { [field]: [error.message] }, cause: error });
  }
}

/** A provider's error may carry the whole request in its cause; only its own sentence goes into the log. */
const sentenceOf = (error: unknown): string => (error instanceof ProviderError ? error.message : String(error));
