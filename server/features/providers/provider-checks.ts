import * as z from 'zod';
import { type ProviderCheck, providerCheckSchema, type ProviderId } from '../../../contract/providers.ts';
import type { Transaction } from '../../db/client.ts';
import {
  baseUrlOf,
  chooseDefaultModel,
  fullModelId,
  type ModelInfo,
  type ProviderCredential,
  type ProviderRoots,
} from '../../providers/provider.ts';
import { ProviderError, type ProviderErrorCode } from '../../providers/provider-error.ts';
import { requestModels } from './request-models.ts';
import { checkKey } from '../settings/setting-keys.ts';
import type { SettingService } from '../settings/setting.service.ts';

/** A check, and the models that came of it; none where it failed. */
interface CheckedProvider {
  check: ProviderCheck;
  models: ModelInfo[];
  /** Why it failed. */
  error?: ProviderError;
}

/** Asks a provider for its list of models: whether it answers, takes the credential and offers something, and how fast. */
export async function checkProvider(
  provider: ProviderId,
  credential: ProviderCredential,
  roots: ProviderRoots,
): Promise<CheckedProvider> {
  const checkedAt = new Date().toISOString();
  const start = performance.now();
  const took = () => Math.round(performance.now() - start);
  try {
    const models = await requestModels(provider, credential, roots);
    const automatic = chooseDefaultModel(provider, models);
    const check: ProviderCheck = {
      ...{ checkedAt, success: true, reachable: true, accepted: true, code: null, error: null },
      models: models.length,
      automaticModel: automatic ? fullModelId(provider, automatic.id) : null,
      milliseconds: took(),
    };
    return { check, models };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const check: ProviderCheck = {
      ...{ checkedAt, success: false, ...known(error.code), models: null, automaticModel: null },
      ...{ code: error.code, error: error.message, milliseconds: took() },
    };
    return { check, models: [], error };
  }
}

/** What a refusal says of the address and of the credential. */
function known(code: ProviderErrorCode): Pick<ProviderCheck, 'reachable' | 'accepted'> {
  if (code === 'provider_unavailable') return { reachable: false, accepted: null };
  if (code === 'provider_auth') return { reachable: true, accepted: false };
  const isAccount = code === 'provider_quota' || code === 'rate_limited' || code === 'model_not_found';
  return { reachable: true, accepted: isAccount ? true : null };
}

/** What the last check of a provider found; of an earlier version's, nothing. */
export async function findLastCheck(
  settings: SettingService,
  provider: ProviderId,
): Promise<ProviderCheck | undefined> {
  const stored = await settings.find(checkKey(provider));
  return stored === undefined ? undefined : storedCheck.safeParse(stored).data;
}

export const keepCheck = (settings: SettingService, tx: Transaction, provider: ProviderId, check: ProviderCheck) =>
  settings.write(tx, checkKey(provider), JSON.stringify(check));

const storedCheck = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(providerCheckSchema);

/** Enough to know a key by among others, too little to guess it; nothing of a short one. */
export const keyEnding = ({ apiKey }: ProviderCredential): string | undefined =>
  apiKey !== undefined && apiKey.length >= 16 ? apiKey.slice(-4) : undefined;

/** Where requests go, without what an address may hold of a sign-in. */
export function addressOf(provider: ProviderId, credential: ProviderCredential, roots: ProviderRoots): string {
  const url = URL.parse(
    provider === 'ollama-local' ? (credential.baseUrl ?? '') : baseUrlOf(provider, credential, roots),
  );
  return url ? `${url.protocol}//${url.host}${url.pathname.replace(/\/$/, '')}` : '';
}
