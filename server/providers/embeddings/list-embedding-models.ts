import * as z from 'zod';
import { askForList, type Exchange, exchangeJson } from '../list-models.ts';
import type { ProviderCredential, ProviderRoots } from '../provider.ts';
import { looseOf, textOf } from '../streams/loose.ts';
import type { EmbeddingProvider } from './embedding-providers.ts';

/** Ids of the models that turn texts into vectors, in the provider's order. @throws ProviderError */
export function listEmbeddingModels(
  provider: EmbeddingProvider,
  credential: ProviderCredential,
  roots: ProviderRoots,
): Promise<string[]> {
  return askForList(provider, credential, { roots }, listers[provider]);
}

const listers: Record<EmbeddingProvider, (exchange: Exchange) => Promise<string[]>> = {
  openai: listOpenAi,
  google: listGoogle,
  'ollama-local': listOllama,
};

/** OpenAI's list, and proxies' too, hold nothing but names. */
const isEmbeddingName = (id: string): boolean => /embed|\bbge-|\be5-|\bgte-|minilm/i.test(id);

async function listOpenAi(exchange: Exchange): Promise<string[]> {
  const list = z.object({ data: z.array(z.unknown()) });
  const { data } = await exchangeJson(exchange, '/models', list);
  return data.map((entry) => textOf(looseOf(entry).id)).filter(isEmbeddingName);
}

async function listGoogle(exchange: Exchange): Promise<string[]> {
  const list = z.object({
    models: z
      .array(z.object({ name: z.string(), supportedGenerationMethods: z.array(z.string()).nullish() }))
      .default([]),
  });
  const { models } = await exchangeJson(exchange, '/models?pageSize=1000', list);
  return models
    .filter(({ name, supportedGenerationMethods: methods }) =>
      methods ? methods.includes('embedContent') : isEmbeddingName(name),
    )
    .map(({ name }) => name.replace(/^models\//, ''));
}

const showConcurrency = 8;

async function listOllama(exchange: Exchange): Promise<string[]> {
  const tags = z.object({ models: z.array(z.object({ name: z.string() })) });
  const { models } = await exchangeJson(exchange, '/api/tags', tags);
  const found: string[] = [];
  for (let start = 0; start < models.length; start += showConcurrency) {
    const names = models.slice(start, start + showConcurrency).map(({ name }) => name);
    const embed = await Promise.all(names.map((name) => canEmbed(exchange, name)));
    found.push(...names.filter((_, index) => embed[index]));
  }
  return found;
}

/** Before 0.6 Ollama did not list capabilities; then the name tells. */
async function canEmbed(exchange: Exchange, name: string): Promise<boolean> {
  const shown = z.object({ capabilities: z.array(z.string()).optional() });
  try {
    const { capabilities } = await exchangeJson(exchange, '/api/show', shown, { model: name });
    return capabilities ? capabilities.includes('embedding') : isEmbeddingName(name);
  } catch (error) {
    if (exchange.signal.aborted) throw error;
    return false;
  }
}
