export type EmbeddingUse = 'query' | 'document';

/**
 * What models were trained to find in front of a text, by their names; without it they find markedly less. From the models'
 * cards: nomic-ai/nomic-embed-text-v1.5, google/embeddinggemma-300m, mixedbread-ai/mxbai-embed-large-v1,
 * Snowflake/snowflake-arctic-embed-l-v2.0, BAAI/bge-large-en-v1.5, intfloat/multilingual-e5-large, Qwen/Qwen3-Embedding-0.6B.
 */
const prompts: [RegExp, Record<EmbeddingUse, string>][] = [
  [/nomic-embed-text/, { query: 'search_query: ', document: 'search_document: ' }],
  [/embeddinggemma/, { query: 'task: search result | query: ', document: 'title: none | text: ' }],
  [/snowflake-arctic-embed(?:2|-[a-z]+-v2)/, { query: 'query: ', document: '' }],
  [
    /mxbai-embed|snowflake-arctic-embed|bge-(?:small|base|large)/,
    { query: 'Represent this sentence for searching relevant passages: ', document: '' },
  ],
  [/qwen3-embedding/, { query: 'Instruct: Given a question, retrieve passages that answer it\nQuery:', document: '' }],
  [/(?:^|[/-])(?:multilingual-)?e5-/, { query: 'query: ', document: 'passage: ' }],
];

const nothing: Record<EmbeddingUse, string> = { query: '', document: '' };

export function embeddingPrompt(modelId: string, use: EmbeddingUse): string {
  const known = prompts.find(([pattern]) => pattern.test(modelId.toLowerCase()));
  return (known?.[1] ?? nothing)[use];
}
