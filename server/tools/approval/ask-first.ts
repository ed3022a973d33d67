import type { PluginConfig } from '../../../contract/agents.ts';
import type { Tool } from '../tool.ts';

/**
 * Whether a person is asked before each call: as the admin chose for the agent, else for powerful tools. Nobody chooses
 * for tools of personal agents, so that a list from whenever says nothing about them.
 */
export function asksFirst(
  tool: Pick<Tool, 'id' | 'category' | 'personal'>,
  { ask_first: chosen }: PluginConfig,
): boolean {
  return chosen && !tool.personal ? chosen.includes(tool.id) : tool.category === 'powerful';
}
