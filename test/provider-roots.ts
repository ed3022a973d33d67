import type { ProviderCredential, ProviderId, ProviderRoots } from '../server/providers/provider.ts';

/** For tests: every provider at one address. */
export function rootsFor(url: string): ProviderRoots {
  return { anthropicBaseUrl: url, openaiBaseUrl: url, googleBaseUrl: url, ollamaCloudBaseUrl: url };
}

export function credentialFor(provider: ProviderId, url: string, apiKey: string): ProviderCredential {
  return provider === 'ollama-local' ? { baseUrl: url } : { apiKey };
}

/** A model of each. */
export const sampleModels: Record<ProviderId, string> = {
  anthropic: 'claude-sonnet-4-5-20250929',
  openai: 'gpt-5',
  google: 'gemini-2.5-flash',
  'ollama-cloud': 'gpt-oss:120b',
  'ollama-local': 'qwen3:8b',
};
