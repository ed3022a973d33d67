import type { ClientFrame } from '../../contract/socket.ts';
import type { Database } from '../db/client.ts';
import type { Signal, Signals } from '../db/signals.ts';
import { acceptMessage } from './accept-message.ts';
import type { AnswerHistory } from './answer-history.ts';
import { abortConversation } from './abort-conversation.ts';
import { ChatError } from './chat-error.ts';
import { cleanText } from './clean-text.ts';
import type { Connection } from './connection.ts';
import { addressOf, changedFrame, type ConversationReference } from './conversation-reference.ts';
import type { Follower } from './follower.ts';
import type { Hub } from './hub.ts';
import type { MessageRate } from './message-rate.ts';
import { openConversation } from './open-conversation.ts';
import type { ChatAgents, ChatAudit } from './ports.ts';
import { findConversation } from './run.queries.ts';
import type { RunRegistry } from './run-registry.ts';

type FrameOf<Type extends ClientFrame['type']> = Extract<ClientFrame, { type: Type }>;

export interface FrameHandlerOptions {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: ChatAgents;
  replicaId: string;
  messageCharacters: number;
  hub: Hub;
  registry: RunRegistry;
  follower: Follower;
  rate: MessageRate;
  answerHistory: AnswerHistory;
  /** Signals whose sockets here were told already. */
  announced: WeakSet<Signal>;
}

/** Does what a frame asks for. @throws ChatError when it is refused */
export type HandleFrame = (connection: Connection, frame: ClientFrame) => Promise<void>;

export function createFrameHandler(options: FrameHandlerOptions): HandleFrame {
  const { db, signals, audit, agents, replicaId, hub, registry, follower, rate, announced } = options;

  async function requireAgent(userId: string, agentId: string): Promise<void> {
    if (await agents.findUsable(userId, agentId)) return;
    throw new ChatError('not_found', 'This agent was not found, or you may not use it any more.');
  }

  async function requireConversation(
    userId: string,
    { agentId, chatId }: { agentId: string; chatId?: string | undefined },
  ): Promise<ConversationReference> {
    const conversation = await openConversation({ db, signals, audit }, { userId, agentId, chatId });
    if (!conversation) throw new ChatError('not_found', 'This conversation was not found.');
    return conversation;
  }

  async function say(connection: Connection, frame: FrameOf<'message'>): Promise<void> {
    const { userId } = connection;
    const { agentId, clientMessageId } = frame;
    const content = requireContent(frame, options.messageCharacters);
    if (registry.stopping) {
      throw new ChatError('runtime_unavailable', 'The server is restarting. Send it again in a moment.', true);
    }
    rate.take(userId);
    await requireAgent(userId, agentId);
    const conversation = await requireConversation(userId, frame);
    const attachmentIds = frame.attachmentIds ?? [];
    const conversationId = conversation.id;
    const accepted = await signals.transaction(async (tx) => {
      const stored = await acceptMessage(tx, {
        conversationId,
        userId,
        agentId,
        clientMessageId,
        content,
        attachmentIds,
        replicaId,
      });
      const { isDefault } = conversation;
      const signal: Signal = { kind: 'conversation', conversationId, agentId, userId, isDefault, change: 'message' };
      announced.add(signal);
      if (stored.isNew) signals.signal(tx, signal);
      return stored;
    });
    const { messageId, queued, runId } = accepted;
    connection.sendFrame({ type: 'ack', ...addressOf(conversation), clientMessageId, messageId, queued });
    hub.subscribe(connection, conversationId);
    follower.follow(conversation, accepted.followAfter);
    if (accepted.isNew) {
      const changed = { id: conversationId, frame: changedFrame(conversation) };
      hub.announce(userId, changed, { subscribed: true, except: connection });
    }
    if (runId) registry.start({ runId, conversation });
    else if (queued) registry.queue(conversationId);
  }

  async function abort(connection: Connection, { agentId, chatId }: FrameOf<'abort'>): Promise<void> {
    const { userId } = connection;
    const conversation = await findConversation(db, { userId, agentId, chatId });
    if (!conversation) throw new ChatError('not_found', 'This conversation was not found.');
    await abortConversation({ signals, audit, registry }, conversation);
  }

  async function history(connection: Connection, frame: FrameOf<'history'>): Promise<void> {
    await requireAgent(connection.userId, frame.agentId);
    const conversation = await requireConversation(connection.userId, frame);
    await options.answerHistory(connection, conversation, frame);
  }

  return async (connection, frame) => {
    switch (frame.type) {
      case 'message':
        return say(connection, frame);
      case 'history':
        return history(connection, frame);
      case 'abort':
        return abort(connection, frame);
      case 'approval':
        throw new ChatError('not_found', 'This tool call does not wait for a decision any more.');
      case 'ping':
        return connection.sendFrame({ type: 'pong' });
    }
  };
}

function requireContent(frame: FrameOf<'message'>, mostCharacters: number): string {
  const content = cleanText(frame.content);
  // Characters as people count them: an emoji is one.
  if (content.length > mostCharacters && [...content].length > mostCharacters) {
    const limit = mostCharacters.toLocaleString('en');
    throw new ChatError('too_long', `A message has at most ${limit} characters. Shorten it, or attach it as a file.`);
  }
  if (content.trim() === '' && !frame.attachmentIds?.length) {
    throw new ChatError('invalid_frame', 'A message needs text or an attachment.');
  }
  return content;
}
