import type { ProviderCredential, ProviderId, ProviderRoots } from '../server/providers/provider.ts';

/** For tests: every provider at one address. */
export function rootsFor(url: string): ProviderRoots {
  return { anthropicBaseUrl: url, openaiBaseUrl: url, googleBaseUrl: url, ollamaCloudBaseUrl: url };
}

export function credentialFor(provider: ProviderId, url: string, apiKey: string): ProviderCredential {
  return provider === 'ollama-local' ? { baseUrl: url } : { apiKey };
}
