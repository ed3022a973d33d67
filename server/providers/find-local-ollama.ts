import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalOllama } from '../../contract/providers.ts';
import { EmptyModelList, listModels } from './list-models.ts';
import type { ProviderRoots } from './provider.ts';

/** Long enough for a neighbour, short enough for somebody who waits: an unknown host name alone can take a resolver long. */
const probeMs = 2_500;

const nothing: LocalOllama = { found: false, baseUrl: null, models: 0 };

/**
 * The first of these addresses, in their order, where an Ollama answers, with the number of its models that chat; 0 when it
 * runs but has none yet. Addresses are dialled under the rules for a local Ollama: never link-local ones, no redirects.
 */
export async function findLocalOllama(baseUrls: readonly string[], roots: ProviderRoots): Promise<LocalOllama> {
  const answers = await Promise.all(baseUrls.map((baseUrl) => probe(baseUrl, roots)));
  const running = answers.filter(({ found }) => found);
  return running.find(({ models }) => models > 0) ?? running[0] ?? nothing;
}

async function probe(baseUrl: string, roots: ProviderRoots): Promise<LocalOllama> {
  const deadline = new AbortController();
  const tooLate = sleep(probeMs, nothing, { signal: deadline.signal, ref: false }).catch(() => nothing);
  const answer = listModels('ollama-local', { baseUrl }, roots, AbortSignal.timeout(probeMs)).then(
    (models) => ({ found: true, baseUrl, models: models.length }),
    (error: unknown) => (error instanceof EmptyModelList ? { found: true, baseUrl, models: 0 } : nothing),
  );
  return Promise.race([answer, tooLate]).finally(() => deadline.abort());
}
