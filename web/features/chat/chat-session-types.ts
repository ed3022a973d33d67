import type { Attachment, ClientFrame, Rating } from '../../../contract/socket.ts';
import type { ChatSocket, SocketStatus } from './chat-socket.ts';
import type { ConversationAddress } from './conversation-address.ts';
import type { Choice, ConversationState } from './conversation-types.ts';
import type { Outbox } from './outbox.ts';

type WithoutAddress<Frame> = Frame extends unknown ? Omit<Frame, 'agentId' | 'chatId'> : never;
export type BranchFrame = WithoutAddress<Extract<ClientFrame, { type: 'edit' | 'regenerate' | 'branch' }>>;

export interface SessionSnapshot {
  status: SocketStatus;
  /** Whether the server can reach its agent runtime. */
  runtimeConnected: boolean;
  /** Conversations in which something arrived that was not looked at; keys of `conversationKey`. */
  unread: ReadonlySet<string>;
}

export interface ChatSession {
  snapshot(): SessionSnapshot;
  subscribe(listener: () => void): () => void;
  /** Tries to connect at once. */
  reconnect(): void;
  state(address: ConversationAddress): ConversationState;
  subscribeTo(address: ConversationAddress, listener: () => void): () => void;
  /** Says which conversation is on the screen, if any: it is kept current, and what arrives there counts as seen. */
  show(address: ConversationAddress | undefined): void;
  /** The conversation with this agent that begins with the next message said in it; the same until then. */
  unbegun(agentId: string): ConversationAddress;
  /** What is said under this address is not kept, here or there, once it is left. */
  beginTemporary(address: ConversationAddress): void;
  /** Forgets a temporary conversation. Returns whether the server has something of it. */
  leaveTemporary(address: ConversationAddress): boolean;
  /** Lets the server remove what was left, after whatever was said in it. False when there is no socket. */
  sayLeft(address: ConversationAddress): boolean;
  /** Kept until the server has it, and sent whenever there is a socket. */
  send(address: ConversationAddress, content: string, attachments: Attachment[]): void;
  retry(address: ConversationAddress, clientMessageId: string): void;
  discard(address: ConversationAddress, clientMessageId: string): void;
  loadOlder(address: ConversationAddress): void;
  refresh(address: ConversationAddress): void;
  abort(address: ConversationAddress): void;
  decide(address: ConversationAddress, approvalId: string, choice: Choice): void;
  /** Asks for a branch; what is not sent is not kept. */
  request(address: ConversationAddress, frame: BranchFrame): void;
  /** What the server was told of an answer. */
  rate(address: ConversationAddress, messageId: string, rating: Rating | undefined): void;
  dismissNotice(address: ConversationAddress): void;
  /** Forgets a conversation that was deleted. */
  forget(address: ConversationAddress): void;
  /** Keeps what is said in the outbox too, and takes up what is left in it. Returns how to end that. */
  keepIn(outbox: Outbox): () => void;
  /** Whether something was said that would be lost with this tab. */
  wouldLose(): boolean;
}

export interface ChatSessionOptions {
  socket: ChatSocket;
  /** Runs listeners of streamed text together, at most once a frame. */
  schedule?: (run: () => void) => void;
  isHidden?: () => boolean;
  /** A message was said or an answer ended: titles and times in lists may have changed. */
  onActivity?: (address: ConversationAddress) => void;
}
