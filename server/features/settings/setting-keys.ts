import type { ProviderId } from '../../../contract/providers.ts';

/** Kept out of `GET /api/settings`: facts about the installation that nobody sets by hand. */
export const systemPrefix = 'system.';

export const settingKeys = {
  defaultProvider: 'default_provider',
  organisationContext: 'organisation_context',
  /** A line for each model; see server/providers/model-limits.ts. */
  modelLimits: 'model_limits',
  lockedDomain: 'locked_domain',
  /** `on` while an admin allows people to share conversations. */
  sharing: 'sharing',
  enterpriseKey: 'enterprise_key',
  conversations: 'conversations',
  knowledge: 'knowledge',
  /** The model that makes vectors of passages, as `<provider>/<model id>`; missing while there is none. */
  semanticSearch: 'semantic_search',
  lockedSince: `${systemPrefix}locked_since`,
  encryptionFingerprint: `${systemPrefix}encryption_key_fingerprint`,
  auditFingerprint: `${systemPrefix}audit_secret_fingerprint`,
  authFingerprint: `${systemPrefix}auth_secret_fingerprint`,
} as const;

/** Where a provider's credential lies: `anthropic_api_key`, `ollama_local_base_url`. */
export const credentialKey = (provider: ProviderId): string =>
  `${provider.replaceAll('-', '_')}_${provider === 'ollama-local' ? 'base_url' : 'api_key'}`;

/** Where the default model that an admin chose lies: the provider's own id of it. */
export const defaultModelKey = (provider: ProviderId): string => `${provider.replaceAll('-', '_')}_default_model`;

/** Where the result of the last check lies. */
export const checkKey = (provider: ProviderId): string => `${systemPrefix}provider_check.${provider}`;
