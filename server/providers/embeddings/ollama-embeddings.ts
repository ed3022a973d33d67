import * as z from 'zod';
import { describeAnswer, unreadableAnswer } from '../describe-error.ts';
import type { ProviderId } from '../provider.ts';

const answerSchema = z.object({
  embeddings: z.array(z.array(z.number())),
  prompt_eval_count: z.number().optional(),
});

/** `POST /api/embed` of https://github.com/ollama/ollama/blob/main/docs/api.md. Texts that are too long are cut by Ollama. */
export async function embedWithOllama(
  { baseUrl, modelId, provider, fetch }: OllamaRequest,
  texts: string[],
  signal: AbortSignal,
): Promise<{ embeddings: number[][]; tokens: number | undefined }> {
  const response = await fetch(`${baseUrl}/api/embed`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: modelId, input: texts, truncate: true }),
    signal,
  });
  const text = await response.text();
  if (!response.ok) {
    const headers = Object.fromEntries(response.headers);
    throw describeAnswer({ status: response.status, headers, text }, provider, { model: modelId });
  }
  try {
    const { embeddings, prompt_eval_count: tokens } = answerSchema.parse(JSON.parse(text));
    return { embeddings, tokens };
  } catch (error) {
    throw unreadableAnswer(provider, error);
  }
}

interface OllamaRequest {
  baseUrl: string;
  modelId: string;
  provider: ProviderId;
  fetch: typeof globalThis.fetch;
}
