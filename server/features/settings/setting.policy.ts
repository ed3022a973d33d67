import { providerIds } from '../../../contract/providers.ts';
import { credentialKey, defaultModelKey, settingKeys, systemPrefix } from './setting-keys.ts';

const owners = new Map<string, string>([
  ...providerIds.flatMap((provider): [string, string][] => [
    [credentialKey(provider), 'Settings → Providers'],
    [defaultModelKey(provider), 'Settings → Providers'],
  ]),
  [settingKeys.defaultProvider, 'Settings → Providers'],
  [settingKeys.organisationContext, 'Settings → Organisation'],
  [settingKeys.lockedDomain, 'Settings → Security'],
  [settingKeys.sharing, 'Settings → Conversations'],
  [settingKeys.enterpriseKey, 'Settings → Licence'],
  [settingKeys.conversations, 'Settings → Conversations'],
  [settingKeys.knowledge, 'Knowledge'],
  [settingKeys.semanticSearch, 'Knowledge'],
]);

/** The place where a key is changed, if another endpoint owns it. */
export const ownerOfKey = (key: string): string | undefined =>
  owners.get(key) ?? (key.startsWith(systemPrefix) ? 'the server itself' : undefined);

/** What is stored encrypted, and never shown again. */
export const isSecretKey = (key: string): boolean => key.includes('api_key');
