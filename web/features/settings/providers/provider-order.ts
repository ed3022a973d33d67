import type { ProviderId } from '../../../../contract/providers.ts';

/** The order in which providers are offered. */
export const providerOrder = [
  'anthropic',
  'openai',
  'google',
  'ollama-cloud',
  'ollama-local',
] as const satisfies ProviderId[];
