import type { PluginConfig, PluginConfigChanges } from '../../../contract/agents.ts';

/** A configuration after a change: keys that it does not name stay, null removes one. */
export function changePluginConfig(before: PluginConfig, changes: PluginConfigChanges): PluginConfig {
  const next = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(next);
}
