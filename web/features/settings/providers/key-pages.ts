import type { ProviderId } from '../../../../contract/providers.ts';

/** Where a key is made, or Ollama is got. */
export const keyPages: Record<ProviderId, string> = {
  anthropic: 'https://console.anthropic.com/settings/keys',
  openai: 'https://platform.openai.com/api-keys',
  google: 'https://aistudio.google.com/apikey',
  'ollama-cloud': 'https://ollama.com/settings/keys',
  'ollama-local': 'https://ollama.com/download',
};
