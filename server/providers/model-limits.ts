import { countOf } from './streams/loose.ts';

/** What an admin says of a model whose provider says nothing, or too much; in tokens. */
export interface ModelLimits {
  contextWindow?: number;
  maxOutput?: number;
}

/**
 * The limits of one model in the setting `model_limits`, which has a line for each: `<provider>/<model id> window=32768 output=4096`,
 * either of the two or both. Lines that say nothing of the kind are passed over.
 */
export function limitsOf(setting: string | undefined, fullModelId: string): ModelLimits {
  const limits: ModelLimits = {};
  for (const line of (setting ?? '').split('\n')) {
    const [id, ...words] = line.trim().split(/\s+/);
    if (id !== fullModelId) continue;
    for (const word of words) {
      const [name, value] = word.split('=');
      const tokens = countOf(value);
      if (!tokens) continue;
      if (name === 'window') limits.contextWindow = tokens;
      if (name === 'output') limits.maxOutput = tokens;
    }
  }
  return limits;
}
