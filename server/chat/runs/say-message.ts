import type { ServerFrame } from '../../../contract/socket.ts';
import type { PersonAuthority } from '../../db/authority.ts';
import type { Database, Transaction } from '../../db/client.ts';
import type { StorageQuota } from '../../db/storage-quota.ts';
import type { Signal, Signals } from '../../db/signals.ts';
import type { Precedence } from '../../platform/precedence.ts';
import { acceptMessage, type AcceptedMessage } from './accept-message.ts';
import { ChatError } from '../chat-error.ts';
import { cleanText } from '../clean-text.ts';
import {
  changedFrame,
  conversationSignal,
  type ConversationReference,
} from '../conversations/conversation-reference.ts';
import type { MessageRate } from './message-rate.ts';
import { type BeginParts, beginConversation } from '../conversations/begin-conversation.ts';
import { createKnownConversations } from '../conversations/known-conversations.ts';
import { defaultConversation, findConversation } from '../conversations/find-conversation.ts';
import type { ChatAgents, ChatAudit } from '../ports.ts';
import { requireAnsweringAgent } from '../require-agent.ts';
import type { LocalRuns } from './local-runs.ts';

export interface SpokenMessage {
  person: PersonAuthority;
  agentId: string;
  /** Missing for the default conversation. */
  chatId?: string | undefined;
  /** With it the conversation named by `chatId` begins, unless it has. */
  begins?: true | undefined;
  /** Nothing is said where it would be kept: the conversation is a temporary one, or begins as one. */
  temporary?: true | undefined;
  /** A UUID: the same message said again is stored and answered once. */
  clientMessageId: string;
  content: string;
  attachmentIds?: string[] | undefined;
}

export interface SaidMessage {
  conversation: ConversationReference;
  accepted: AcceptedMessage;
}

/**
 * Stores what a person says and lets the agent answer. `by` is the socket it came over, if any: it is given the news
 * through `onStored`, before anything about the answer is sent.
 * @throws ChatError when it is refused; nothing is stored then
 */
export type SayMessage = (
  message: SpokenMessage,
  by?: { socket: object; onStored(said: SaidMessage): void },
) => Promise<SaidMessage>;

export function createSayMessage(options: {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: ChatAgents;
  quota: StorageQuota;
  replicaId: string;
  messageCharacters: number;
  /** Tells the person's sockets, except one, that a conversation moved. */
  announce: (
    userId: string,
    changed: { id: string; frame: ServerFrame; temporary: boolean },
    who: { subscribed: boolean; except?: object | undefined },
  ) => void;
  localRuns: LocalRuns;
  rate: MessageRate;
  onSaid(userId: string): void;
  /** Shows the answer of another replica that just ended to its end, before the next begins. */
  catchUp: (conversationId: string) => Promise<void>;
  /** Signals whose sockets here were told already. */
  announced: WeakSet<Signal>;
  beginUrgent: Precedence['begin'];
}): SayMessage {
  const { db, signals, audit, agents, replicaId, announce, localRuns, rate, catchUp, announced } = options;
  const known = createKnownConversations(signals);

  async function begin(
    tx: Transaction,
    parts: Omit<BeginParts, 'audit'>,
    { message, conversation }: { message: SpokenMessage; conversation: ConversationReference },
  ): Promise<void> {
    const { agentId, chatId, person } = message;
    const { userId } = person;
    if (await beginConversation(tx, { audit, ...parts }, conversation)) return;
    // A copy of this message was faster; or somebody else's has this id.
    const begun = await findConversation(tx, { userId, agentId, chatId });
    if (!begun || begun.temporary !== conversation.temporary) throw notFound();
  }

  const say: SayMessage = async (message, by) => {
    const { person, agentId, chatId } = message;
    const { userId } = person;
    const content = requireContent(message, options.messageCharacters);
    if (localRuns.stopping) {
      throw new ChatError('runtime_unavailable', 'The server is restarting. Send it again in a moment.', true);
    }
    await rate.requireLeft(userId);
    if (message.temporary && chatId === undefined) throw notFound();
    options.onSaid(userId);
    const who = { userId, agentId, chatId };
    const requireKind = ({ temporary }: ConversationReference) => {
      if (message.temporary && !temporary) throw notFound();
    };
    const cached = known.find(who);
    if (cached) {
      requireKind(cached);
      try {
        return await sayIn(cached, { ...message, content }, { begins: false }, by);
      } catch (error) {
        // It may just have been deleted.
        if (!(error instanceof ChatError) || error.code !== 'not_found') throw error;
        known.forget(who);
      }
    }
    const found = await findConversation(db, who);
    const conversation = found ?? newConversation(message);
    if (!conversation) throw notFound();
    requireKind(conversation);
    const said = await sayIn(conversation, { ...message, content }, { begins: !found }, by);
    known.note(who, conversation);
    return said;
  };

  function sayIn(
    conversation: ConversationReference,
    message: SpokenMessage,
    { begins }: { begins: boolean },
    by: Parameters<SayMessage>[1],
  ): Promise<SaidMessage> {
    const { person, agentId, clientMessageId, content } = message;
    const { userId } = person;
    const { id: conversationId } = conversation;
    return localRuns.whileStarting(conversationId, async () => {
      const store = async (tx: Transaction) => {
        const requireAgent = () => requireAnsweringAgent(agents, userId, agentId, tx);
        const write = (sent: Promise<unknown>) => signals.write(tx, sent);
        if (begins) await begin(tx, { requireAgent, write }, { message, conversation });
        const stored = await acceptMessage(
          tx,
          { quota: options.quota, requireAgent, write },
          {
            conversationId,
            userId,
            agentId,
            clientMessageId,
            content,
            attachmentIds: message.attachmentIds ?? [],
            replicaId,
          },
        );
        const signal = conversationSignal(conversation, 'message');
        announced.add(signal);
        if (stored.isNew) signals.signal(tx, signal);
        return stored;
      };
      const transaction = signals.transaction(person, store, undefined, { sendsAtOnce: true });
      const { followAfter, ...outcome } = await transaction;
      const accepted = { ...outcome, followAfter: await followAfter };
      const said = { conversation, accepted };
      by?.onStored(said);
      if (accepted.isNew) {
        const { temporary } = conversation;
        const changed = { id: conversationId, frame: changedFrame(conversation), temporary };
        announce(userId, changed, { subscribed: true, except: by?.socket });
      }
      if (accepted.runId) {
        await catchUp(conversationId).catch(() => undefined);
        localRuns.start({ runId: accepted.runId, conversation });
      } else if (accepted.queued) localRuns.queue(conversationId);
      return said;
    });
  }

  return async (message, by) => {
    const endUrgent = options.beginUrgent();
    try {
      return await say(message, by);
    } finally {
      endUrgent();
    }
  };
}

const notFound = () => new ChatError('not_found', 'This conversation was not found.');

/** The one that this message begins: the default one, or one under an id that its sender chose at random. */
function newConversation({
  person,
  agentId,
  chatId,
  begins,
  ...rest
}: SpokenMessage): ConversationReference | undefined {
  const { userId } = person;
  const temporary = rest.temporary === true;
  if (chatId === undefined) return defaultConversation({ userId, agentId });
  return begins && isRandom(chatId) ? { id: chatId, agentId, userId, isDefault: false, temporary } : undefined;
}

/** A UUID of version 4. */
const isRandom = (id: string) => id[14] === '4';

/** What a message says, clean. @throws ChatError when it is too long, or says nothing */
export function requireContent(
  message: Pick<SpokenMessage, 'content' | 'attachmentIds'>,
  maxCharacters: number,
): string {
  const content = cleanText(message.content);
  // Characters as people count them: an emoji is one.
  if (content.length > maxCharacters && [...content].length > maxCharacters) {
    const limit = maxCharacters.toLocaleString('en');
    throw new ChatError('too_long', `A message has at most ${limit} characters. Shorten it, or attach it as a file.`);
  }
  if (content.trim() === '' && !message.attachmentIds?.length) {
    throw new ChatError('invalid_frame', 'A message needs text or an attachment.');
  }
  return content;
}
