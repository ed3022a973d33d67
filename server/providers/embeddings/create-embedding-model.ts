import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { type EmbeddingModelV4, NoSuchModelError } from '@ai-sdk/provider';
import { describeProviderError, unreadableAnswer } from '../describe-error.ts';
import { cloudFetch, localFetch } from '../provider-fetch.ts';
import {
  baseUrlOf,
  parseFullModelId,
  type ProviderCredential,
  type ProviderId,
  type ProviderRoots,
} from '../provider.ts';
import { embeddingPrompt, type EmbeddingUse } from './embedding-prompts.ts';
import { embedWithOllama } from './ollama-embeddings.ts';

export interface Embedded {
  /** Of length 1, in the order of the texts. */
  vectors: Float32Array[];
  /** As the provider counted them; a fourth of the characters where it does not say. */
  tokens: number;
}

export interface EmbeddingModel {
  readonly provider: ProviderId;
  /** One request, without tries again. @throws ProviderError */
  embed(texts: string[], use: EmbeddingUse, signal: AbortSignal): Promise<Embedded>;
}

interface Answer {
  embeddings: number[][];
  tokens: number | undefined;
}

type Request = (texts: string[], use: EmbeddingUse, signal: AbortSignal) => Promise<Answer>;

/**
 * Vectors of these models are made so that their beginning is a smaller vector; so much of it is kept. What is cut off adds
 * little to what is found and much to what is stored. https://platform.openai.com/docs/guides/embeddings,
 * https://ai.google.dev/gemini-api/docs/embeddings, the card of Qwen/Qwen3-Embedding-8B
 */
const shortenable = /text-embedding-3-|gemini-embedding-|qwen3-embedding/;
const keptDimensions = 1_024;

const charactersPerToken = 4;

/** A model for `<provider>/<model id>`. Makes no request. @throws ProviderError for providers without embeddings */
export function createEmbeddingModel(
  fullModelId: string,
  credential: ProviderCredential,
  roots: ProviderRoots,
): EmbeddingModel {
  const parsed = parseFullModelId(fullModelId);
  const create = parsed && requests[parsed.provider];
  if (!parsed || !create) throw new NoSuchModelError({ modelId: fullModelId, modelType: 'embeddingModel' });
  const { provider, id } = parsed;
  const request = create({ id, baseUrl: baseUrlOf(provider, credential, roots), apiKey: credential.apiKey ?? '' });
  return {
    provider,
    async embed(texts, use, signal) {
      const prompt = embeddingPrompt(id, use);
      try {
        const { embeddings, tokens } = await request(
          texts.map((text) => prompt + text),
          use,
          signal,
        );
        if (!areVectors(embeddings, texts.length)) throw unreadableAnswer(provider);
        const characters = texts.reduce((sum, text) => sum + prompt.length + text.length, 0);
        return {
          vectors: embeddings.map((embedding) => unitVector(embedding, shortenable.test(id.toLowerCase()))),
          tokens: tokens ?? Math.ceil(characters / charactersPerToken),
        };
      } catch (error) {
        throw describeProviderError(error, provider, { model: id });
      }
    },
  };
}

interface Connection {
  id: string;
  baseUrl: string;
  apiKey: string;
}

const requests: Partial<Record<ProviderId, (connection: Connection) => Request>> = {
  openai: ({ id, baseUrl, apiKey }) =>
    throughSdk(createOpenAI({ baseURL: baseUrl, apiKey, fetch: cloudFetch }).embeddingModel(id), () => undefined),
  google: ({ id, baseUrl, apiKey }) =>
    throughSdk(createGoogle({ baseURL: baseUrl, apiKey, fetch: cloudFetch }).embeddingModel(id), (use) =>
      // Later models tell a question from a text by themselves.
      /^(?:gemini-embedding-001|text-embedding-|embedding-)/.test(id)
        ? { google: { taskType: use === 'query' ? 'RETRIEVAL_QUERY' : 'RETRIEVAL_DOCUMENT' } }
        : undefined,
    ),
  'ollama-local': ({ id, baseUrl }) => {
    const target = { baseUrl, modelId: id, provider: 'ollama-local' as const, fetch: localFetch };
    return (texts, _use, signal) => embedWithOllama(target, texts, signal);
  },
};

type ProviderOptions = NonNullable<Parameters<EmbeddingModelV4['doEmbed']>[0]['providerOptions']>;

function throughSdk(model: EmbeddingModelV4, optionsFor: (use: EmbeddingUse) => ProviderOptions | undefined): Request {
  return async (values, use, abortSignal) => {
    const providerOptions = optionsFor(use);
    const { embeddings, usage } = await model.doEmbed({
      values,
      abortSignal,
      ...(providerOptions && { providerOptions }),
    });
    return { embeddings, tokens: usage?.tokens };
  };
}

/** A vector of each text, all of one size. */
function areVectors(embeddings: number[][], texts: number): boolean {
  const size = embeddings[0]?.length ?? 0;
  return (
    size > 0 &&
    embeddings.length === texts &&
    embeddings.every((embedding) => embedding.length === size && embedding.every(Number.isFinite))
  );
}

/** What has no direction stays as it is: it is similar to nothing. */
function unitVector(embedding: number[], isShortenable: boolean): Float32Array {
  const vector = Float32Array.from(isShortenable ? embedding.slice(0, keptDimensions) : embedding);
  const length = Math.hypot(...vector);
  return length > 0 ? vector.map((value) => value / length) : vector;
}
