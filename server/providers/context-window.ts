import { countOf } from './streams/loose.ts';
import { listedContextWindow } from './prices.ts';
import type { ProviderId } from './provider.ts';

// Where neither the provider nor the price list says: the smallest window a family ever had.
const families: [RegExp, number][] = [
  [/^claude-/, 200_000],
  [/^(ft:)?gpt-(5|6)/, 128_000],
  [/^(ft:)?gpt-4\.1/, 1_000_000],
  [/^(ft:|chat)?gpt-4o|^gpt-4-turbo/, 128_000],
  [/^o[1-9]/, 128_000],
  [/^gpt-4/, 8_192],
  [/^(ft:)?gpt-3\.5/, 16_385],
  [/^gemini-/, 1_000_000],
  [/^gemma-/, 32_768],
];

/** A window and who says so: the provider, the price list, or its family's history. */
export interface KnownWindow {
  contextWindow: number | null;
  windowSource: 'provider' | 'list' | 'family' | null;
}

/** Tokens a model can read and write in one call: as the provider says, else as listed, else by family, else null. */
export function contextWindowOf(provider: ProviderId, model: string, stated: unknown): KnownWindow {
  const counted = countOf(stated);
  if (counted) return { contextWindow: counted, windowSource: 'provider' };
  if (provider === 'ollama-cloud' || provider === 'ollama-local') return unknownWindow;
  // A proxy puts the maker in front: `azure/gpt-5`, `anthropic/claude-sonnet-4-5`.
  const name = model.slice(model.lastIndexOf('/') + 1);
  const listed = listedContextWindow(provider, name);
  if (listed) return { contextWindow: listed, windowSource: 'list' };
  const family = families.find(([pattern]) => pattern.test(name))?.[1];
  return family ? { contextWindow: family, windowSource: 'family' } : unknownWindow;
}

export const unknownWindow: KnownWindow = { contextWindow: null, windowSource: null };
