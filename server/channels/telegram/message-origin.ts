import type { ExternalReplyInfo, Message, MessageOrigin, User } from 'grammy/types';
import { linked, nameOfMedia, wordsOf } from './message-words.ts';

/** Where a forwarded message was written first, and by whom; empty for one of the person's own. */
export function forwardedFrom({ forward_origin: origin }: Message): string {
  return origin ? `Forwarded from ${authorOf(origin)}, written on ${dayOf(origin.date)}:` : '';
}

/** What a message answers, quoted as Markdown has it; empty for one that answers nothing. */
export function repliedTo(message: Message): string {
  const { reply_to_message: replied, external_reply: external, reply_to_story: story, quote } = message;
  // A topic's first message is what everything in it formally replies to.
  const earlier = replied && !('forum_topic_created' in replied) ? (replied as Message) : undefined;
  if (!earlier && !external && !quote) return story ? 'In reply to a story.' : '';
  const said = quote ? linked(quote.text, quote.entities) : contentOf(earlier ?? external ?? {});
  const whose = earlier
    ? ownerOf(earlier, message.from)
    : external
      ? `a message of ${authorOf(external.origin)}`
      : 'a message';
  return said === '' ? `In reply to ${whose}.` : `In reply to ${whose}:\n${quoted(said)}`;
}

function contentOf(message: Partial<Message> & Partial<ExternalReplyInfo>): string {
  const media = nameOfMedia(message);
  return [wordsOf(message), ...(media ? [`(${media})`] : [])].filter((part) => part !== '').join('\n');
}

function ownerOf(earlier: Message, person: User | undefined): string {
  if (earlier.forward_origin) return `a message of ${authorOf(earlier.forward_origin)}`;
  if (earlier.from?.is_bot) return 'your message';
  return earlier.from?.id === person?.id ? 'my own message' : `a message of ${nameOfUser(earlier.from)}`;
}

function authorOf(origin: MessageOrigin): string {
  switch (origin.type) {
    case 'user':
      return nameOfUser(origin.sender_user);
    case 'hidden_user':
      return origin.sender_user_name;
    case 'chat':
      return signed(titleOf(origin.sender_chat), origin.author_signature);
    case 'channel': {
      const { chat } = origin;
      const address = chat.username ? ` (https://t.me/${chat.username}/${origin.message_id})` : '';
      return `${signed(`the channel ${titleOf(chat)}`, origin.author_signature)}${address}`;
    }
  }
}

const signed = (title: string, author: string | undefined) => (author ? `${title}, ${author}` : title);

const titleOf = (chat: { title?: string; first_name?: string; username?: string }): string =>
  chat.title ?? chat.first_name ?? chat.username ?? 'a chat';

function nameOfUser(user: User | undefined): string {
  if (!user) return 'somebody';
  const name = [user.first_name, user.last_name].filter(Boolean).join(' ');
  return user.username ? `${name} (@${user.username})` : name;
}

const dayOf = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(0, 10);

const quoted = (text: string) => text.replaceAll(/^/gm, '> ');
