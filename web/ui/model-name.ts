/** `ollama-local/nomic-embed-text:latest` → `nomic-embed-text`: for where the names that providers give are not at hand. */
export const modelName = (model: string): string => model.slice(model.indexOf('/') + 1).replace(/:latest$/, '');
