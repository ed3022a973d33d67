import type { PluginConfig, Tool } from '../tool.ts';

/** Whether a person is asked before each call: as the admin chose for the agent, else for powerful tools. */
export function asksFirst(tool: Pick<Tool, 'id' | 'category'>, { ask_first: chosen }: PluginConfig): boolean {
  return chosen ? chosen.includes(tool.id) : tool.category === 'powerful';
}
