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
import { lockWork } from '../../db/lock-work.ts';
import type { Signals } from '../../db/signals.ts';
import type { Actor } from '../../http/actor.ts';
import { AppError, invalidField, notFound } from '../../platform/errors.ts';
import type { Logger } from '../../platform/logger.ts';
import { ProviderError } from '../../providers/provider-error.ts';
import {
  chooseDefaultModel,
  fullModelId,
  type ModelInfo,
  type ProviderCredential,
  providerNames,
  type ProviderRoots,
} from '../../providers/provider.ts';
import { presentModel } from './provider.presenter.ts';
import { createModelLists, type ModelDirectory } from './model-lists.ts';
import { createModelLimitsService, type ModelLimitsService } from './model-limits.service.ts';
import { credentialKey, settingKeys } from '../settings/setting-keys.ts';
import { requestModels } from './request-models.ts';
import type { SettingService } from '../settings/setting.service.ts';

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
  log: Logger;
}): ProviderService {
  const { signals, audit, settings, roots, ollamaLocalUrls } = options;
  const models = createModelLists(options);
  const { configured, findCredential, findDefaultProvider, listAll } = models;
  const limits = createModelLimitsService({ signals, audit, settings, listModels: listAll });

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
      const offered = await checkCredential(provider, credential, roots);
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
        const isDefault = body.isDefault === true || first;
        if (isDefault) await settings.write(tx, settingKeys.defaultProvider, provider);
        const preferred = chooseDefaultModel(provider, offered);
        if (isDefault)
          await adoptAgentsWithoutModel({ audit, signals }, tx, preferred ? fullModelId(provider, preferred.id) : null);
        await audit.record(tx, {
          eventType: isNew ? 'provider.connected' : 'provider.updated',
          actor: { type: 'user', id: actor.userId },
          resource: `provider:${provider}`,
          detail: { provider, isDefault },
        });
      });
      models.forget(provider);
    },
    async remove(actor, provider) {
      await signals.transaction(actor, async (tx) => {
        await lockWork(tx, 'providers');
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
      models.forget(provider);
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
