import type { ModelLimitsEntry } from '../../../contract/providers.ts';
import type { ModelLimits } from '../../providers/model-limits.ts';
import { fullModelId, type ModelInfo } from '../../providers/provider.ts';

/** A model that its provider lists, with what an admin says of it. */
export function presentLimits(model: ModelInfo, set: ModelLimits): ModelLimitsEntry {
  const { provider, id, displayName, contextWindow, windowSource = null, maxOutput = null } = model;
  return {
    model: fullModelId(provider, id),
    displayName,
    isListed: true,
    contextWindow: { known: contextWindow, source: windowSource, set: set.contextWindow ?? null },
    maxOutput: { known: maxOutput, source: maxOutput === null ? null : 'provider', set: set.maxOutput ?? null },
  };
}

/** One that limits are set for and no provider lists now. */
export function presentUnlistedLimits(model: string, set: ModelLimits): ModelLimitsEntry {
  const unknown = { known: null, source: null };
  return {
    model,
    displayName: model.slice(model.indexOf('/') + 1),
    isListed: false,
    contextWindow: { ...unknown, set: set.contextWindow ?? null },
    maxOutput: { ...unknown, set: set.maxOutput ?? null },
  };
}
