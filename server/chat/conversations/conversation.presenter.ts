import type { Conversation } from '../../../contract/conversations.ts';
import type { ConversationRow } from './conversation.queries.ts';

/** Characters of a match that are shown before and after the words. */
const excerptMargin = 60;

export function presentConversation(row: ConversationRow, match?: string): Conversation {
  return {
    id: row.id,
    agentId: row.agentId,
    title: row.title,
    // While a model is asked, it is still named after its first words.
    titledBy: row.titledBy === 'asked' ? 'words' : row.titledBy,
    pinned: row.pinnedAt !== null,
    archived: row.archivedAt !== null,
    temporary: row.temporary,
    isDefault: row.isDefault,
    lastMessageAt: row.lastMessageAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(match !== undefined && { match }),
  };
}

/** Where the words were found, with what stands around them. */
export function matchOf(row: ConversationRow, message: string | null, words: string): string {
  const text = (message ?? row.title ?? '').replaceAll(/\s+/g, ' ');
  const at = Math.max(0, text.toLowerCase().indexOf(words.toLowerCase().replaceAll(/\s+/g, ' ')));
  const from = Math.max(0, at - excerptMargin);
  const to = Math.min(text.length, at + words.length + excerptMargin);
  return `${from > 0 ? '…' : ''}${text.slice(from, to).toWellFormed()}${to < text.length ? '…' : ''}`;
}
