/**
 * `ollama-local/nomic-embed-text:latest` → `nomic-embed-text`, `anthropic/claude-sonnet-4-5-20250929` → `claude-sonnet-4-5`:
 * for where the names that providers give are not at hand.
 */
export const modelName = (model: string): string =>
  model.slice(model.indexOf('/') + 1).replace(/:latest$|-20\d{6}$/, '');
