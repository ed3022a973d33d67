import { providerIds, type ProviderId } from '../../contract/providers.ts';
import { plainBaseUrl } from './plain-base-url.ts';

export { providerIds, type ProviderId };

/** As people know them, for sentences and pages. */
export const providerNames: Record<ProviderId, string> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  google: 'Google',
  'ollama-cloud': 'Ollama Cloud',
  'ollama-local': 'Ollama',
};

/** Bills by the month or not at all, so that a model of theirs without a price costs nothing. */
export const isFree = (provider: ProviderId): boolean => provider === 'ollama-cloud' || provider === 'ollama-local';

/** Where the cloud providers answer, without a slash at the end; from the configuration. */
export interface ProviderRoots {
  /** With the version, such as https://api.anthropic.com/v1. */
  anthropicBaseUrl: string;
  /** With the version, such as https://api.openai.com/v1. */
  openaiBaseUrl: string;
  /** With the version, such as https://generativelanguage.googleapis.com/v1beta. */
  googleBaseUrl: string;
  /** Without `/api`, such as https://ollama.com. */
  ollamaCloudBaseUrl: string;
}

/** A local Ollama has a base URL, every other provider an API key. */
export interface ProviderCredential {
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
}

export interface ModelInfo {
  /** The provider's own id, without the provider in front. */
  id: string;
  provider: ProviderId;
  displayName: string;
  toolUse: boolean;
  vision: boolean;
  /** Tokens of prompt and answer together; null when nobody says. */
  contextWindow: number | null;
  /** Who says so. */
  windowSource?: 'provider' | 'list' | 'family' | null;
  /** Tokens that one answer may have, where the provider's list says it. */
  maxOutput?: number | null;
}

/** `<provider>/<model id>`. Model ids may contain slashes themselves. */
export function fullModelId(provider: ProviderId, id: string): string {
  return `${provider}/${id}`;
}

export function parseFullModelId(fullId: string): { provider: ProviderId; id: string } | undefined {
  const slash = fullId.indexOf('/');
  const provider = providerIds.find((known) => known === fullId.slice(0, slash));
  const id = fullId.slice(slash + 1);
  return provider && slash > 0 && id ? { provider, id } : undefined;
}

/** The root below which a provider's paths lie, without a slash at the end. Throws ForbiddenAddressError for a bad address of a local Ollama. */
export function baseUrlOf(provider: ProviderId, credential: ProviderCredential, roots: ProviderRoots): string {
  if (provider === 'ollama-local') return plainBaseUrl(credential.baseUrl ?? 'http://localhost:11434');
  const url = {
    anthropic: roots.anthropicBaseUrl,
    openai: roots.openaiBaseUrl,
    google: roots.googleBaseUrl,
    'ollama-cloud': roots.ollamaCloudBaseUrl,
  }[provider];
  return withVersion(provider, url.replace(/(?<!\/)\/+$/, ''));
}

const versions: Partial<Record<ProviderId, string>> = { anthropic: 'v1', openai: 'v1', google: 'v1beta' };

/** Other tools take the address without the version, so both forms are taken. A proxy's longer path is meant as it is, but for
 * Anthropic's, whose own libraries always add the version. */
function withVersion(provider: ProviderId, url: string): string {
  const version = versions[provider];
  const path = URL.parse(url)?.pathname ?? '/';
  if (!version || /\/v\d+\w*$/.test(path)) return url;
  return path === '/' || provider === 'anthropic' ? `${url}/${version}` : url;
}

const officialHosts: Partial<Record<ProviderId, string>> = {
  anthropic: 'api.anthropic.com',
  openai: 'api.openai.com',
  google: 'generativelanguage.googleapis.com',
  'ollama-cloud': 'ollama.com',
};

/** Whether requests go to the provider itself, and not to a proxy that somebody put in front of it. */
export function isOfficial(provider: ProviderId, baseUrl: string): boolean {
  return URL.parse(baseUrl)?.hostname === officialHosts[provider];
}

// The balanced model of each family before the largest one: a team's default should be good and affordable.
// An entry matches the id itself or a dated or tagged form of it.
const preferredModels: Record<ProviderId, string[]> = {
  anthropic: [
    'claude-sonnet-5',
    'claude-sonnet-4-6',
    'claude-sonnet-4-5',
    'claude-sonnet-4',
    'claude-haiku-4-5',
    'claude-opus-4-5',
  ],
  openai: ['gpt-5.4', 'gpt-5.2', 'gpt-5.1', 'gpt-5', 'gpt-5.4-mini', 'gpt-5-mini', 'gpt-4.1', 'gpt-4o'],
  google: ['gemini-3.6-flash', 'gemini-3.5-flash', 'gemini-2.5-flash', 'gemini-3-flash-preview', 'gemini-2.5-pro'],
  'ollama-cloud': ['gpt-oss:120b', 'qwen3-coder:480b', 'deepseek-v3.2', 'glm-5', 'gpt-oss:20b'],
  'ollama-local': ['gpt-oss:20b', 'qwen3', 'gemma4', 'llama3.3', 'llama3.1', 'mistral-small', 'qwen2.5'],
};

/** The model that new agents of this provider get: a preferred one if the provider lists it, else the first that can use tools. */
export function chooseDefaultModel(provider: ProviderId, models: ModelInfo[]): ModelInfo | undefined {
  for (const preferred of preferredModels[provider]) {
    const exact = models.find((model) => model.id === preferred);
    const variant = models.find((model) => model.toolUse && isVariant(model.id, preferred));
    const found = exact?.toolUse ? exact : variant;
    if (found) return found;
  }
  return models.find((model) => model.toolUse) ?? models[0];
}

function isVariant(id: string, preferred: string): boolean {
  return (
    id.startsWith(preferred) && /^(-\d{8}|-\d{4}-\d{2}-\d{2}|-latest|-\d{3}|:.+)$/.test(id.slice(preferred.length))
  );
}
