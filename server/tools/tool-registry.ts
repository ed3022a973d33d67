import type { Tool } from './tool.ts';

/** Every tool there is: what API, permissions page and runtimes read. */
export interface ToolRegistry {
  find(id: string): Tool | undefined;
  all(): readonly Tool[];
}

/** `tool.denied` and `tool.started` are events of their own. */
const reservedIds = new Set(['denied', 'started']);

/** Throws when an id is taken twice or is not one that every provider and the audit trail accept. */
export function createToolRegistry(tools: Tool[]): ToolRegistry {
  const byId = new Map<string, Tool>();
  for (const tool of tools) {
    if (!/^[a-z][a-z0-9_]{0,63}$/.test(tool.id) || reservedIds.has(tool.id)) {
      throw new Error(`"${tool.id}" cannot be the id of a tool.`);
    }
    if (byId.has(tool.id)) throw new Error(`There are two tools with the id ${tool.id}.`);
    byId.set(tool.id, tool);
  }
  const all = Object.freeze([...byId.values()]);
  return { find: (id) => byId.get(id), all: () => all };
}
