import {
  type LocalOllama,
  providerIds,
  type Model,
  type Provider,
  type ProviderCheck,
  type ProviderId,
  type SaveProviderBody,
} from '../../../contract/providers.ts';
import type { AuditTrail } from '../../audit/audit-trail.ts';
import type { Transaction } from '../../db/client.ts';
import { adoptAgentsWithoutModel } from '../agents/adopt-agents-without-model.ts';
import type { RateLimiter } from '../../db/rate-limiter.ts';
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, invalidField, notFound } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ProviderError } from '../../providers/provider-error.ts';
import {
  fullModelId,
  type ModelInfo,
  type ProviderCredential,
  providerNames,
  type ProviderRoots,
} from '../../providers/provider.ts';
import { presentModel } from './provider.presenter.ts';
import { createModelLists, type ModelDirectory } from './model-lists.ts';
import { createModelLimitsService, type ModelLimitsService } from './model-limits.service.ts';
import { chosenModel, preferredModel } from './default-model.ts';
import { addressOf, checkProvider, findLastCheck, keepCheck, keyEnding } from './provider-checks.ts';
import { checkKey, credentialKey, defaultModelKey, settingKeys } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';
import { counted } from '../../platform/counted.ts';

export interface ProviderService extends ModelDirectory {
  list(): Promise<Provider[]>;
  isAnyConfigured(): Promise<boolean>;
  /**
   * Checks the credential against the provider's model list, then stores it. The first provider becomes the default;
   * without a credential a connected one does.
   * @throws AppError `provider_rejected` with the provider's reason; `invalid_request` without any credential
   */
  save(actor: Actor, body: SaveProviderBody, options?: { onlyFirst: boolean }): Promise<void>;
  remove(actor: Actor, provider: ProviderId): Promise<void>;
  /**
   * Tries the stored credential now, keeps what came of it and records it: a key was used.
   * @throws AppError 404 without one, 429 when asked too often
   */
  check(actor: Actor, provider: ProviderId): Promise<ProviderCheck>;
  /** Looks for an Ollama at the usual places; nothing is stored. */
  findLocalOllama(): Promise<LocalOllama>;
  /** All models of the configured providers; a provider that does not answer is left out. */
  listModels(): Promise<Model[]>;
  /** The same with what each can do and the limits that an admin set, for a runtime elsewhere. */
  listModelTraits(): Promise<ModelInfo[]>;
  limits: ModelLimitsService;
}

export function createProviderService(options: {
  signals: Signals;
  audit: AuditTrail;
  settings: SettingService;
  roots: ProviderRoots;
  /** Where a local Ollama is looked for. */
  ollamaLocalUrls: readonly string[];
  /** How often a person may have providers checked. */
  checkLimiter: Pick<RateLimiter, 'consume'>;
  log: Logger;
}): ProviderService {
  const { signals, audit, settings, roots, ollamaLocalUrls, checkLimiter } = options;
  const models = createModelLists(options);
  const { configured, findCredential, findDefaultProvider, listAll } = models;
  const limits = createModelLimitsService({ signals, audit, settings, listModels: listAll });

  async function describe(provider: ProviderId, credential: ProviderCredential) {
    const ending = keyEnding(credential);
    const chosen = await settings.find(defaultModelKey(provider));
    return {
      address: addressOf(provider, credential, roots),
      ...(ending !== undefined && { keyEnding: ending }),
      chosenModel: chosen === undefined ? null : fullModelId(provider, chosen),
      lastCheck: (await findLastCheck(settings, provider)) ?? null,
    };
  }

  return {
    limits,
    async list() {
      const defaultProvider = await findDefaultProvider();
      const list: Provider[] = [];
      for (const provider of providerIds) {
        const credential = await findCredential(provider);
        list.push({
          ...{ provider, configured: credential !== undefined, isDefault: provider === defaultProvider },
          ...(credential && (await describe(provider, credential))),
        });
      }
      return list;
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
      const { check, models: offered, error } = await checkProvider(provider, credential, roots);
      if (error) throw rejected(provider, error);
      const chosen = chosenModel(provider, offered, body.defaultModel);
      await signals.transaction(actor, async (tx) => {
        await lockWork(tx, 'providers');
        await refuseSecond(tx);
        const before = await configured(tx);
        const isNew = !before.includes(provider);
        const first = before.length === 0;
        // Removed meanwhile, it is not brought back.
        if (!given && isNew) throw needsCredential(provider);
        const value = given?.baseUrl ?? given?.apiKey;
        if (value !== undefined) await settings.write(tx, credentialKey(provider), value, provider !== 'ollama-local');
        if (chosen === null) await settings.remove(tx, defaultModelKey(provider));
        else if (chosen !== undefined) await settings.write(tx, defaultModelKey(provider), chosen);
        await keepCheck(settings, tx, provider, check);
        const isDefault = body.isDefault === true || first;
        if (isDefault) await settings.write(tx, settingKeys.defaultProvider, provider);
        const preferred = preferredModel(provider, offered, await settings.find(defaultModelKey(provider), tx));
        if (isDefault) await adoptAgentsWithoutModel({ audit, signals }, tx, preferred);
        await audit.record(tx, {
          eventType: isNew ? 'provider.connected' : 'provider.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `provider:${provider}`,
          detail: {
            ...{ provider, isDefault },
            ...(chosen !== undefined && { defaultModel: chosen && fullModelId(provider, chosen) }),
          },
        });
      });
      models.forget(provider);
    },
    async remove(actor, provider) {
      await signals.transaction(actor, async (tx) => {
        await lockWork(tx, 'providers');
        const before = await configured(tx);
        if (!before.includes(provider)) throw notConfigured(provider);
        for (const keyOf of [credentialKey, defaultModelKey, checkKey]) await settings.remove(tx, keyOf(provider));
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
      models.forget(provider);
    },
    async check(actor, provider) {
      const seconds = await checkLimiter.consume(actor.userId);
      if (seconds !== undefined) {
        const sentence = `Too many checks. Wait ${counted(seconds, 'second', 'seconds')}, then check again.`;
        throw new AppError('rate_limited', sentence, { retryAfter: seconds });
      }
      const credential = await findCredential(provider);
      if (!credential) throw notConfigured(provider);
      const { check, models: offered } = await checkProvider(provider, credential, roots);
      await signals.transaction(actor, async (tx) => {
        await lockWork(tx, 'providers');
        // Of a key that was replaced meanwhile it would say nothing.
        const current = await findCredential(provider, tx);
        if (!current) throw notConfigured(provider);
        if (JSON.stringify(current) === JSON.stringify(credential)) await keepCheck(settings, tx, provider, check);
        await audit.record(tx, {
          eventType: 'provider.checked',
          actor: { type: 'user', id: actor.userId },
          resource: `provider:${provider}`,
          outcome: check.success ? 'success' : 'failure',
          detail: { provider, models: check.models, code: check.code, durationMs: check.milliseconds },
        });
      });
      if (check.success) models.remember(provider, credential, offered);
      return check;
    },
    ...models.directory,
    async findLocalOllama() {
      const { findLocalOllama } = await import('../../providers/find-local-ollama.ts');
      return findLocalOllama(ollamaLocalUrls, roots);
    },
    listModels: async () => (await listAll()).map(presentModel),
    listModelTraits: async () => limits.apply(await listAll()),
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

const credentialField = (provider: ProviderId) => (provider === 'ollama-local' ? 'baseUrl' : 'apiKey');

const notConfigured = (provider: ProviderId) => notFound(`A configured provider ${providerNames[provider]}`);

const rejected = (provider: ProviderId, error: ProviderError) =>
  new AppError('provider_rejected', error.message, {
    fieldErrors: { [credentialField(provider)]: [error.message] },
    cause: error,
  });
