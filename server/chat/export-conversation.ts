import type { Conversation } from '../../contract/conversations.ts';
import type { HistoryMessage } from '../../contract/socket.ts';

export interface ConversationExport {
  filename: string;
  mediaType: string;
  content: string;
}

interface ExportedContent {
  conversation: Conversation;
  agentName: string;
  messages: HistoryMessage[];
}

export function exportAsJson({ conversation, agentName, messages }: ExportedContent): ConversationExport {
  const { id, agentId, title, createdAt } = conversation;
  const content = JSON.stringify({ id, agentId, agentName, title, createdAt, messages }, null, 2);
  return { filename: `${filenameOf(conversation)}.json`, mediaType: 'application/json; charset=utf-8', content };
}

export function exportAsMarkdown({ conversation, agentName, messages }: ExportedContent): ConversationExport {
  const parts = [
    `# ${oneLine(conversation.title ?? 'Conversation')}`,
    `With ${oneLine(agentName)}, since ${conversation.createdAt}`,
    ...messages.map((message) => markdownOf(message, agentName)),
  ];
  const content = `${parts.join('\n\n')}\n`;
  return { filename: `${filenameOf(conversation)}.md`, mediaType: 'text/markdown; charset=utf-8', content };
}

function markdownOf(message: HistoryMessage, agentName: string): string {
  const lines = [`## ${message.role === 'user' ? 'You' : oneLine(agentName)}, ${message.createdAt}`];
  if (message.content !== '') lines.push(message.content);
  for (const attachment of message.attachments ?? []) lines.push(`*Attached: ${oneLine(attachment.filename)}*`);
  for (const call of message.toolCalls ?? []) {
    lines.push(`*Tool ${oneLine(call.name)} (${call.state})${call.summary ? `: ${oneLine(call.summary)}` : ''}*`);
  }
  if (message.interrupted) lines.push('*This answer was interrupted.*');
  return lines.join('\n\n');
}

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
