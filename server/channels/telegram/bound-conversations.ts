import type { ConversationReference } from '../../chat/conversations/conversation-reference.ts';
import { bindChat, findChat, type Writer } from './chat.queries.ts';
import type { ConversationMirror } from './conversation-mirror.ts';
import type { OwnedBot, TelegramParts } from './ports.ts';

/** That of a conversation which the person began here with a command, rather than of their default one. */
const isRandomId = (id: string) => id[14] === '4';

/** Which conversation each chat of a bot shows. */
export function createBoundConversations(
  { db, chat }: Pick<TelegramParts, 'db' | 'chat'>,
  { row }: OwnedBot,
  { mirror, writers }: { mirror: ConversationMirror; writers: ReadonlyMap<number, Writer> },
) {
  async function bind(chatId: number, conversation: ConversationReference): Promise<void> {
    const shownThrough = await chat.newestRun(db, conversation.id);
    const { topicId = null, language = null } = writers.get(chatId) ?? {};
    await bindChat(db, { botId: row.id, chatId, conversationId: conversation.id, shownThrough, topicId, language });
    mirror.watch(chatId, conversation.id);
  }

  /** The conversation that the chat shows; the default one unless the person began another here. */
  async function current(chatId: number, who: { userId: string; agentId: string }): Promise<ConversationReference> {
    const bound = await findChat(db, row.id, chatId);
    const known = bound?.conversationId ? await chat.find(bound.conversationId) : undefined;
    const isTheirs = known?.userId === who.userId && known.agentId === who.agentId;
    if (known && isTheirs && !bound?.isClosed) return known;
    const unbegun = bound?.conversationId &&
      !known && {
        ...{ id: bound.conversationId, ...who },
        ...{ isDefault: false, temporary: false },
      };
    const begins = unbegun && isRandomId(unbegun.id) ? unbegun : undefined;
    if (begins && !bound?.isClosed) return begins;
    const conversation = known && isTheirs ? known : (begins ?? (await chat.open(who)));
    await bind(chatId, conversation);
    return conversation;
  }

  return { bind, current };
}
