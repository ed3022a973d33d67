import type { ClientFrame } from '../../contract/socket.ts';
import type { PersonAuthority } from '../db/authority.ts';
import type { Database } from '../db/client.ts';
import type { Signals } from '../db/signals.ts';
import type { AnswerHistory } from './answer-history.ts';
import type { Approvals } from './approvals.ts';
import { abortConversation } from './abort-conversation.ts';
import { ChatError } from './chat-error.ts';
import type { Connection } from './connection.ts';
import { addressOf, type ConversationReference } from './conversation-reference.ts';
import type { Follower } from './follower.ts';
import type { Hub } from './hub.ts';
import { openConversation } from './open-conversation.ts';
import type { ChatAgents, ChatAudit } from './ports.ts';
import { findConversation } from './run.queries.ts';
import type { RunRegistry } from './run-registry.ts';
import { requireAgent } from './require-agent.ts';
import type { SaidMessage, SayMessage } from './say-message.ts';

type FrameOf<Type extends ClientFrame['type']> = Extract<ClientFrame, { type: Type }>;

export interface FrameHandlerOptions {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: ChatAgents;
  hub: Hub;
  registry: RunRegistry;
  follower: Follower;
  say: SayMessage;
  approvals: Pick<Approvals, 'decide'>;
  answerHistory: AnswerHistory;
}

/** Does what a frame asks for. @throws ChatError when it is refused */
export type HandleFrame = (connection: Connection, frame: ClientFrame) => Promise<void>;

export function createFrameHandler(options: FrameHandlerOptions): HandleFrame {
  const { db, signals, audit, agents, hub, registry, follower, approvals } = options;

  async function requireConversation(
    person: PersonAuthority,
    { agentId, chatId }: { agentId: string; chatId?: string | undefined },
  ): Promise<ConversationReference> {
    const conversation = await openConversation({ db, signals, audit, agents }, { person, agentId, chatId });
    if (!conversation) throw new ChatError('not_found', 'This conversation was not found.');
    return conversation;
  }

  async function say(connection: Connection, frame: FrameOf<'message'>): Promise<void> {
    const { clientMessageId } = frame;
    const onStored = ({ conversation, accepted }: SaidMessage) => {
      const { messageId, queued, followAfter } = accepted;
      connection.sendFrame({ type: 'ack', ...addressOf(conversation), clientMessageId, messageId, queued });
      hub.subscribe(connection, conversation.id);
      follower.follow(conversation, followAfter);
      // Another replica may be answering what came before.
      if (accepted.runId === undefined) void follower.poll(conversation.id).catch(() => undefined);
    };
    await options.say({ ...frame, person: connection }, { connection, onStored });
  }

  async function abort(connection: Connection, { agentId, chatId }: FrameOf<'abort'>): Promise<void> {
    const { userId } = connection;
    const conversation = await findConversation(db, { userId, agentId, chatId });
    if (!conversation) throw new ChatError('not_found', 'This conversation was not found.');
    await abortConversation({ signals, audit, registry }, connection, conversation);
  }

  async function decide(connection: Connection, frame: FrameOf<'approval'>): Promise<void> {
    const { userId } = connection;
    const { agentId, chatId, approvalId, decision } = frame;
    const conversation = await findConversation(db, { userId, agentId, chatId });
    if (!conversation) throw new ChatError('not_found', 'This conversation was not found.');
    await approvals.decide({ person: connection, approvalId, decision, conversationId: conversation.id });
  }

  async function history(connection: Connection, frame: FrameOf<'history'>): Promise<void> {
    await requireAgent(agents, connection.userId, frame.agentId);
    const conversation = await requireConversation(connection, frame);
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
        return decide(connection, frame);
      case 'ping':
        return connection.sendFrame({ type: 'pong' });
    }
  };
}
