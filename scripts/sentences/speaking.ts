interface Speaking {
  /** The arguments with the words. */
  arguments: number[];
  /** What the function adds to them. */
  after?: string;
}

const first = { arguments: [0] };
const second = { arguments: [1] };
const twoAfterFirst = { arguments: [1, 2] };

/** What says something to people, besides every whole sentence of the sources. */
export const speakingCalls: Record<string, Speaking> = {
  AppError: second,
  BraveError: second,
  ChatError: second,
  ForbiddenAddressError: first,
  OdooError: second,
  ProviderError: { arguments: [2] },
  SafeFetchError: second,
  ToolDenied: first,
  ToolError: first,
  UnknownHostError: first,
  UnreadableDocument: first,
  conflict: first,
  forbidden: first,
  invalidField: second,
  notFound: { arguments: [0], after: ' was not found.' },
  notice: twoAfterFirst,
  orWrong: second,
  well: second,
  wrong: twoAfterFirst,
};

/** Properties whose text people read, whole sentences or not, and what is added to them where they are used. */
export const speakingProperties = new Map([
  ['summary', ''],
  ['says', ''],
  ['sentence', ''],
  ['refusal', ''],
  ['reason', ''],
  ['problem', ''],
  ['advice', '.'],
]);

interface Exclusion {
  pattern: RegExp;
  reason: string;
}

/** Calls whose words no person reads on a page: descriptions for models and developers, faults of the start, the log. */
export const excludedCalls = new Set(
  '.describe StartError TypeError Error RunLost DocumentGone .info .warn .debug .error'.split(' '),
);

/** Properties and variables whose words are for developers or for the model alone. */
export const excludedNames = new Set([
  'description',
  'text',
  'output',
  'instructions',
  'lines',
  'note',
  'notes',
  'titleInstructions',
]);

export const excludedFiles: Exclusion[] = [
  { pattern: /\.test\.ts$/, reason: 'tests' },
  { pattern: /^contract\/(sentences|texts)\//, reason: 'the catalogues themselves' },
  {
    pattern: /^server\/(cli\/(?!doctor\/)|demo\/|db\/)|^server\/(config|main)\.ts$/,
    reason: 'the command line, and the demo’s model',
  },
  {
    pattern: /channels\/telegram\/(texts|\w+-texts|message-\w+|take-files|download-file|receive-updates)\.ts$/,
    reason: 'said in Telegram',
  },
  {
    pattern: /features\/agents\/(agent-prompt|odoo-templates|templates)\.ts$|contract\/smithers-words\.ts$/,
    reason: 'prompts and templates',
  },
  { pattern: /semantic\/calibration\.ts$/, reason: 'texts that calibrate a model' },
  { pattern: /native\/(compaction|write-title)\.ts$|openclaw\/agent-request\.ts$/, reason: 'prompts' },
  {
    pattern: /responses-events\.ts$|sockets\/read-frame\.ts$|http\/(body-limits|collect-body)\.ts$/,
    reason: 'only a program gets it',
  },
  { pattern: /http\/(openapi-document|metrics)\.ts$|features\/openclaw\//, reason: 'read by developers and machines' },
  { pattern: /settings\/secret-check\.ts$|audit\/(carry-over|audit-trail)\.ts$/, reason: 'faults of the start' },
  { pattern: /doctor\/(write-report|ask-server)\.ts$/, reason: 'the page that is passed on is in English' },
  { pattern: /export-conversation\.ts$/, reason: 'a file that is the same for everybody' },
  {
    pattern: /knowledge\/index\/|knowledge-indexer\.ts$|document-problem\.ts$/,
    reason: 'why a file cannot be read: the page says it by its code',
  },
];

/** Sentences by themselves that no page shows. */
export const excludedSentences: Exclusion[] = [
  { pattern: /\n|^Do not think about it first/, reason: 'a prompt' },
  { pattern: /^\{\{what\}\} was not found\.$/, reason: 'said whole where it is used' },
  { pattern: /^(Send the body|The body|This endpoint takes) /, reason: 'only a program that uses the API gets it' },
  { pattern: /^(The provider was silent|The process that read|The audit trail did not take)/, reason: 'for the log' },
  {
    pattern:
      /^(The image itself|No passage was found|Try other words|Not searched|Records? |Archived: |Times are in UTC)/,
    reason: 'for the model',
  },
  {
    pattern: /^(File: |\{\{count\}\} archived|\{\{more\}\} more|This covers several|The \{\{value\}\} are those)/,
    reason: 'for the model',
  },
  {
    pattern: /^(offset \{\{offset\}\} is|nothing found: |No model is allowed yet|The call could not be checked)/,
    reason: 'for the model',
  },
];
