import * as z from 'zod';
import { maxFoundPassages, querySchema, usualFoundPassages } from '../../../contract/knowledge.ts';
import type { KnowledgeSearch, SearchResult } from '../../knowledge/search/knowledge-search.ts';
import { AppError } from '../../platform/errors.ts';
import { withoutForeignNumbers } from '../citations/foreign-numbers.ts';
import { denyOnly, locate, maxPathLength, rootsOf, shown } from '../files/virtual-path.ts';
import { type Tool, type ToolContext, ToolError } from '../tool.ts';

const searchInput = z.strictObject({
  query: querySchema.describe('What to look for: a question, words, a number or a code'),
  path: z
    .string()
    .max(maxPathLength)
    .optional()
    .describe('Search only in this directory or document, such as /data/contracts'),
  limit: z
    .int()
    .min(1)
    .max(maxFoundPassages)
    .optional()
    .describe(`Most passages to return; ${usualFoundPassages} unless told`),
});

type SearchInput = z.output<typeof searchInput>;

export function createSearchFilesTool(options: { dataRoot: string; knowledge: KnowledgeSearch }): Tool<SearchInput> {
  const { dataRoot, knowledge } = options;
  const placeOf = ({ path }: SearchInput, context: ToolContext) => locate(path ?? '', rootsOf(context, dataRoot));

  return {
    id: 'pinchy_search',
    title: 'Search files',
    description:
      'Searches all documents of the organisation that you may read and returns the passages that fit best, each with the number to ' +
      'cite it by, its path and place. Start here when you do not know which document answers a question; then read around a passage with pinchy_read. Finds ' +
      'words in other forms, parts of compounds, and misspelt words; names, numbers and codes as they are written. Search again with ' +
      'other words, or in the language of the documents, before you say that nothing is there. Not for files of the chat.',
    category: 'safe',
    integration: null,
    input: searchInput,
    timeLimit: 30_000,
    resultLimit: 60_000,
    checkScope(input, context) {
      denyOnly(() => placeOf(input, context));
    },
    async execute(input, context) {
      const place = placeOf(input, context);
      const within = place.kind === 'inside' ? place : undefined;
      if (within && within.root.linksTo !== 'data') throw new ToolError(notIndexed(within.virtualPath));
      const roots = rootsOf(context, dataRoot).filter((root) => root.linksTo === 'data');
      if (roots.length === 0) throw new ToolError('You may not read any directory of the organisation’s documents.');
      const limit = input.limit ?? usualFoundPassages;
      const { userId, signal } = context;
      const found = await knowledge
        .search({ query: input.query, roots, within, limit, userId, signal })
        .catch((error: unknown) => {
          throw error instanceof AppError ? new ToolError(error.message, { cause: error }) : error;
        });
      const { passages } = found;
      return {
        text: passages.length === 0 ? nothingFound(found, input) : await listed(found, context),
        summary: `Found ${passages.length} ${passages.length === 1 ? 'passage' : 'passages'}`,
        audit: { passages: passages.length, paths: [...new Set(passages.map(({ path }) => path))] },
      };
    },
    // What is searched for is content, and may name people.
    auditInput: ({ path, limit }) => ({
      ...(path !== undefined && { path: shown(path) }),
      ...(limit !== undefined && { limit }),
    }),
  };
}

async function listed(found: SearchResult, { citations }: ToolContext): Promise<string> {
  const numbers = await Promise.all(found.passages.map((passage, index) => citations?.number(passage) ?? index + 1));
  const blocks = found.passages.map(({ path, place, heading, text }, index) => {
    const own = (line: string) => withoutForeignNumbers(line, path);
    const above = heading === '' ? '' : ` — ${own(shown(heading))}`;
    const title = `[${numbers[index]}] ${shown(path)} (${own(shown(place))})${above}`;
    return [title, ...text.split('\n').map(own)].join('\n');
  });
  const rest = notSearched(found);
  return [...blocks, ...(rest === undefined ? [] : [`Note: ${rest}`])].join('\n\n');
}

function nothingFound(found: SearchResult, { path }: SearchInput): string {
  const where = path === undefined ? 'the documents that you may read' : shown(path);
  const rest = notSearched(found);
  return [
    `No passage was found in ${where}.`,
    ...(rest === undefined ? [] : [rest]),
    'Try other words, or look at what there is with pinchy_ls.',
  ].join(' ');
}

/** A negative answer is worth nothing without what was not searched. */
function notSearched({ pending, unreadable }: SearchResult): string | undefined {
  const documents = (count: number) => (count === 1 ? '1 document' : `${count} documents`);
  const sentences = [
    ...(pending > 0 ? [`${documents(pending)} there ${pending === 1 ? 'is' : 'are'} not indexed yet`] : []),
    ...(unreadable > 0 ? [`${documents(unreadable)} there cannot be read`] : []),
  ];
  return sentences.length === 0 ? undefined : `Not searched: ${sentences.join(', and ')}.`;
}

const notIndexed = (path: string): string =>
  `${shown(path)} is not part of the index. Read files of the chat with pinchy_read; its find looks for words in them.`;
