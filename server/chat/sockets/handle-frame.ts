import type { ClientFrame } from '../../../contract/socket.ts';
import type { Database } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import type { AnswerHistory } from './answer-history.ts';
import type { Approvals } from '../runs/approvals.ts';
import { abortConversation } from '../runs/abort-conversation.ts';
import { ChatError } from '../chat-error.ts';
import type { ChatSocket } from './chat-socket.ts';
import { addressOf, type ConversationReference } from '../conversations/conversation-reference.ts';
import type { Follower } from '../replicas/run-follower.ts';
import type { OpenSockets } from './open-sockets.ts';
import type { ChatAgents, ChatAudit } from '../ports.ts';
import { expectConversation, findConversation } from '../conversations/find-conversation.ts';
import type { LocalRuns } from '../runs/local-runs.ts';
import { leaveTemporary, type SaidUploads } from '../conversations/remove-conversation.ts';
import { requireAgent } from '../require-agent.ts';
import type { BranchConversation } from '../runs/branch-conversation.ts';
import type { SaidMessage, SayMessage } from '../runs/say-message.ts';

type FrameOf<Type extends ClientFrame['type']> = Extract<ClientFrame, { type: Type }>;

export interface FrameHandlerOptions {
  db: Database;
  signals: Signals;
  audit: ChatAudit;
  agents: ChatAgents;
  openSockets: OpenSockets;
  localRuns: LocalRuns;
  follower: Follower;
  say: SayMessage;
  branches: BranchConversation;
  approvals: Pick<Approvals, 'decide'>;
  uploads: SaidUploads;
  answerHistory: AnswerHistory;
}

/** Does what a frame asks for. @throws ChatError when it is refused */
export type HandleFrame = (socket: ChatSocket, frame: ClientFrame) => Promise<void>;

export function createFrameHandler(options: FrameHandlerOptions): HandleFrame {
  const { db, signals, audit, agents, openSockets, localRuns, follower, approvals, branches } = options;

  async function requireConversation(
    { userId }: ChatSocket,
    { agentId, chatId }: { agentId: string; chatId?: string | undefined },
  ): Promise<ConversationReference> {
    const conversation = await expectConversation(db, { userId, agentId, chatId });
    if (!conversation) throw conversationNotFound();
    return conversation;
  }

  /** Acknowledges to the socket what it said, and lets it hear the answer. */
  const acknowledge =
    (socket: ChatSocket, clientMessageId: string) =>
    ({ conversation, accepted }: SaidMessage): void => {
      const { messageId, queued, followAfter } = accepted;
      socket.sendFrame({ type: 'ack', ...addressOf(conversation), clientMessageId, messageId, queued });
      openSockets.subscribe(socket, conversation.id);
      follower.follow(conversation, followAfter);
      // Another replica may be answering what came before.
      if (accepted.runId === undefined) void follower.poll(conversation.id).catch(() => undefined);
    };

  async function say(socket: ChatSocket, frame: FrameOf<'message'>): Promise<void> {
    const onStored = acknowledge(socket, frame.clientMessageId);
    await options.say({ ...frame, person: socket }, { socket, onStored });
  }

  async function abort(socket: ChatSocket, frame: FrameOf<'abort'>): Promise<void> {
    const { agentId, chatId } = frame;
    const conversation = await findConversation(db, { userId: socket.userId, agentId, chatId });
    if (!conversation && chatId !== undefined) throw conversationNotFound();
    // What has begun is stopped also for whoever may not use the agent any more; in what has not, nothing runs.
    if (!conversation) return requireAgent(agents, socket.userId, agentId);
    await abortConversation({ signals, audit, localRuns }, socket, conversation);
  }

  async function decide(socket: ChatSocket, frame: FrameOf<'approval'>): Promise<void> {
    const { approvalId, decision, always } = frame;
    const conversation = await requireConversation(socket, frame);
    await approvals.decide({ person: socket, approvalId, decision, always, conversationId: conversation.id });
  }

  async function history(socket: ChatSocket, frame: FrameOf<'history'>): Promise<void> {
    await requireAgent(agents, socket.userId, frame.agentId);
    const conversation = await requireConversation(socket, frame);
    await options.answerHistory(socket, conversation, frame);
  }

  return async (socket, frame) => {
    switch (frame.type) {
      case 'message':
        return say(socket, frame);
      case 'history':
        return history(socket, frame);
      case 'abort':
        return abort(socket, frame);
      case 'approval':
        return decide(socket, frame);
      case 'edit':
        return branches.edit({ ...frame, person: socket }, acknowledge(socket, frame.clientMessageId));
      case 'regenerate':
        return branches.regenerate({ ...frame, person: socket }, acknowledge(socket, frame.clientMessageId));
      case 'branch':
        return branches.show({ ...frame, person: socket });
      case 'leave':
        return leaveTemporary({ signals, audit, uploads: options.uploads }, socket, frame);
      case 'ping':
        return socket.sendFrame({ type: 'pong' });
    }
  };
}

const conversationNotFound = () => new ChatError('not_found', 'This conversation was not found.');
