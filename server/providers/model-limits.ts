import { countOf } from './streams/loose.ts';

/** What an admin says of a model whose provider says nothing, or too much; in tokens. */
export interface ModelLimits {
  contextWindow?: number;
  maxOutput?: number;
}

/**
 * The setting `model_limits`, which has a line for each model: `<provider>/<model id> window=32768 output=4096`, either of the two or
 * both. Lines that say nothing of the kind are passed over.
 */
export function readLimits(setting: string | undefined): Map<string, ModelLimits> {
  const all = new Map<string, ModelLimits>();
  for (const line of (setting ?? '').split('\n')) {
    const [id = '', ...words] = line.trim().split(/\s+/);
    const limits = all.get(id) ?? {};
    for (const word of words) {
      const [name, value] = word.split('=');
      const tokens = countOf(value);
      if (!tokens) continue;
      if (name === 'window') limits.contextWindow = tokens;
      if (name === 'output') limits.maxOutput = tokens;
    }
    if (limits.contextWindow || limits.maxOutput) all.set(id, limits);
  }
  return all;
}

export function writeLimits(all: ReadonlyMap<string, ModelLimits>): string {
  return [...all]
    .map(([id, { contextWindow, maxOutput }]) =>
      [id, contextWindow && `window=${contextWindow}`, maxOutput && `output=${maxOutput}`].filter(Boolean).join(' '),
    )
    .join('\n');
}
