import type { Conversation } from '../../../contract/conversations.ts';
import { isWebAddress, nameOfDocument } from '../../../contract/cited-names.ts';
import type { FinishReason, HistoryMessage, Source } from '../../../contract/socket.ts';

export interface ConversationExport {
  filename: string;
  mediaType: string;
  /** Made while it is read. */
  content: AsyncIterable<string>;
}

export interface ExportedContent {
  conversation: Conversation;
  agentName: string;
  messages: AsyncIterable<HistoryMessage>;
}

export function exportAsJson(exported: ExportedContent): ConversationExport {
  const filename = `${filenameOf(exported.conversation)}.json`;
  return { filename, mediaType: 'application/json; charset=utf-8', content: jsonOf(exported) };
}

export function exportAsMarkdown(exported: ExportedContent): ConversationExport {
  const filename = `${filenameOf(exported.conversation)}.md`;
  return { filename, mediaType: 'text/markdown; charset=utf-8', content: markdownOf(exported) };
}

/** Several in one list, each as it would be by itself. */
export function exportAllAsJson(exported: ExportedContent[]): ConversationExport {
  async function* content() {
    yield '[';
    for (const [index, one] of exported.entries()) {
      yield index === 0 ? '\n' : ',\n';
      yield* jsonOf(one);
    }
    yield '\n]';
  }
  return { filename: `${severalName()}.json`, mediaType: 'application/json; charset=utf-8', content: content() };
}

export function exportAllAsMarkdown(exported: ExportedContent[]): ConversationExport {
  async function* content() {
    for (const [index, one] of exported.entries()) {
      if (index > 0) yield '\n---\n\n';
      yield* markdownOf(one);
    }
  }
  return { filename: `${severalName()}.md`, mediaType: 'text/markdown; charset=utf-8', content: content() };
}

const severalName = () => `conversations-${new Date().toISOString().slice(0, 10)}`;

/** What `JSON.stringify` with two spaces gives for the whole, one message at a time. */
async function* jsonOf({ conversation, agentName, messages }: ExportedContent): AsyncGenerator<string> {
  const { id, agentId, title, createdAt } = conversation;
  const head = JSON.stringify({ id, agentId, agentName, title, createdAt }, null, 2);
  yield `${head.slice(0, -2)},\n  "messages": [`;
  let separator = '\n';
  for await (const message of messages) {
    yield `${separator}    ${JSON.stringify(message, null, 2).replaceAll('\n', '\n    ')}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']\n}' : '\n  ]\n}';
}

async function* markdownOf({ conversation, agentName, messages }: ExportedContent): AsyncGenerator<string> {
  yield `# ${oneLine(conversation.title ?? 'Conversation')}\n\n`;
  yield `With ${oneLine(agentName)}, since ${conversation.createdAt}\n`;
  for await (const message of messages) yield `\n${markdownOfMessage(message, agentName)}\n`;
}

function markdownOfMessage(message: HistoryMessage, agentName: string): string {
  const lines = [`## ${message.role === 'user' ? 'You' : oneLine(agentName)}, ${message.createdAt}`];
  const { branches } = message;
  if (branches) lines.push(`*Version ${branches.number} of ${branches.count}; the others are in the JSON export.*`);
  if (message.content !== '') lines.push(message.content);
  for (const attachment of message.attachments ?? []) lines.push(`*Attached: ${oneLine(attachment.filename)}*`);
  for (const call of message.toolCalls ?? []) {
    lines.push(`*Tool ${oneLine(call.name)} (${call.state})${call.summary ? `: ${oneLine(call.summary)}` : ''}*`);
  }
  if (message.sources?.length) lines.push(message.sources.map(sourceLine).join('\n'));
  if (message.fallbackModel !== undefined)
    lines.push(`*Answered by ${oneLine(message.fallbackModel)}: the agent’s model could not answer.*`);
  const end = endOf(message);
  if (end) lines.push(`*${end}*`);
  return lines.join('\n\n');
}

/** One line of a list. */
function sourceLine({ number, path, place }: Source): string {
  const name = isWebAddress(path) ? path : `${nameOfDocument(path)} (${path})`;
  return `- [${number}] ${oneLine(`${name}, ${place}`)}`;
}

function endOf({ role, finishReason, failure }: HistoryMessage): string | undefined {
  if (!finishReason || finishReason === 'stop') return undefined;
  const what = role === 'user' ? endsWithoutAnswer[finishReason] : ends[finishReason];
  return failure && finishReason === 'error' ? `${what} ${oneLine(failure.message)}` : what;
}

type End = Exclude<FinishReason, 'stop'>;

const ends: Record<End, string> = {
  length: 'This answer was cut off: it reached the limit of what the model may write.',
  filter: 'The provider’s content filter stopped this answer.',
  step_limit: 'The agent used all the steps of one answer here.',
  aborted: 'You stopped this answer.',
  interrupted: 'This answer was interrupted.',
  error: 'This answer broke off.',
};

const endsWithoutAnswer: Record<End, string> = {
  ...ends,
  aborted: 'You stopped this before there was an answer.',
  interrupted: 'The server stopped before there was an answer.',
  error: 'There was no answer.',
};

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

function filenameOf({ title, createdAt }: Conversation): string {
  const name = (title ?? 'conversation')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${name || 'conversation'}-${createdAt.slice(0, 10)}`;
}
