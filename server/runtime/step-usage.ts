import type { StepUsage } from './agent-runtime.ts';

export const noUsage: StepUsage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

export function addUsage(one: StepUsage, other: StepUsage): StepUsage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
  };
}

export function hasUsage(usage: StepUsage): boolean {
  return promptTokens(usage) + usage.outputTokens > 0;
}

/** Everything the model read, cached or not. */
export function promptTokens({ inputTokens, cacheReadTokens, cacheWriteTokens }: StepUsage): number {
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}
