import { jsonSchema, tool, type ToolSet } from 'ai';
import { describeTool } from '../../tools/describe-tool.ts';
import type { ToolRegistry } from '../../tools/tool-registry.ts';

/**
 * The tools as the model sees them: without `execute`, since calls go through the tool gate, and with a schema that
 * describes but does not check, since the tool gate does and explains better.
 */
export function createToolOffer(registry: ToolRegistry): (toolIds: readonly string[]) => ToolSet | undefined {
  const described = new Map<string, ToolSet[string]>();
  return (toolIds) => {
    const offered: ToolSet = {};
    // Always in the registry's order, so that a provider's prompt cache keeps working.
    for (const known of registry.all()) {
      const { id } = known;
      if (!toolIds.includes(id)) continue;
      let definition = described.get(id);
      if (!definition) {
        const { description, schema } = describeTool(known);
        // OpenAI takes a missing `strict` as true, which makes every optional field required.
        definition = tool({
          description,
          inputSchema: jsonSchema(schema as Parameters<typeof jsonSchema>[0]),
          strict: false,
        });
        described.set(id, definition);
      }
      offered[id] = definition;
    }
    return Object.keys(offered).length > 0 ? offered : undefined;
  };
}
