import { maxFrameBytes } from '../../../contract/limits.ts';
import type { Attachment, ClientFrame, ServerFrame } from '../../../contract/socket.ts';
import type { ChatSocket, ConnectionStatus, MessageFrame } from './chat-socket.ts';
import { reduceConversation } from './conversation-state.ts';
import { type ConversationEvent, type ConversationState, emptyConversation } from './conversation-types.ts';

/** Without `chatId` it is the default conversation with the agent. */
export interface ConversationAddress {
  agentId: string;
  chatId?: string;
}

export interface SessionSnapshot {
  connection: ConnectionStatus;
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
  send(address: ConversationAddress, content: string, attachments: Attachment[]): void;
  retry(address: ConversationAddress, clientMessageId: string): void;
  discard(address: ConversationAddress, clientMessageId: string): void;
  loadOlder(address: ConversationAddress): void;
  refresh(address: ConversationAddress): void;
  abort(address: ConversationAddress): void;
  decide(address: ConversationAddress, approvalId: string, decision: 'approve' | 'deny'): void;
  dismissNotice(address: ConversationAddress): void;
  /** Forgets a conversation that was deleted. */
  forget(address: ConversationAddress): void;
}

export interface ChatSessionOptions {
  socket: ChatSocket;
  /** Runs listeners of streamed text together, at most once a frame. */
  schedule?: (run: () => void) => void;
  isHidden?: () => boolean;
  /** A message was said or an answer ended: titles and times in lists may have changed. */
  onActivity?: (address: ConversationAddress) => void;
}

interface Entry {
  address: ConversationAddress;
  state: ConversationState;
  listeners: Set<() => void>;
}

export const conversationKey = ({ agentId, chatId }: ConversationAddress) =>
  chatId ? `${agentId}:${chatId}` : agentId;

/** All conversations of a tab, each kept current over the one socket. */
export function createChatSession(options: ChatSessionOptions): ChatSession {
  const { socket, isHidden = () => false, schedule = queueMicrotask, onActivity = () => {} } = options;
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  const changed = new Set<Entry>();
  let flushing = false;
  /** Conversations that were deleted, of whose last answers frames may still come. */
  const gone = new Set<string>();
  let shown: string | undefined;
  let snapshot: SessionSnapshot = { connection: socket.status(), runtimeConnected: true, unread: new Set() };

  function update(next: Partial<SessionSnapshot>) {
    snapshot = { ...snapshot, ...next };
    for (const listener of [...listeners]) listener();
  }

  function entryOf(address: ConversationAddress): Entry {
    const key = conversationKey(address);
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = { address, state: emptyConversation, listeners: new Set() };
    entries.set(key, entry);
    return entry;
  }

  function dispatch(entry: Entry, event: ConversationEvent) {
    const before = entry.state;
    entry.state = reduceConversation(before, event);
    if (entry.state === before) return;
    const streamed = event.type === 'frame' && event.frame.type === 'chunk';
    if (!streamed) notify(entry);
    else {
      changed.add(entry);
      if (!flushing) {
        flushing = true;
        schedule(flush);
      }
    }
    fetchIfStale(entry);
  }

  function flush() {
    flushing = false;
    const waiting = [...changed];
    changed.clear();
    for (const entry of waiting) notify(entry);
  }

  function notify(entry: Entry) {
    changed.delete(entry);
    for (const listener of [...entry.listeners]) listener();
  }

  /** Only what is on the screen or still being answered is kept current; the rest is fetched when it is opened. */
  function fetchIfStale(entry: Entry) {
    const { state } = entry;
    const needed = conversationKey(entry.address) === shown || state.run !== undefined;
    if (!needed || !state.stale || state.requested) return;
    if (socket.send({ type: 'history', ...entry.address })) dispatch(entry, { type: 'history-requested' });
  }

  function receive(frame: ServerFrame) {
    if (frame.type === 'status') return update({ runtimeConnected: frame.runtime.connected });
    if (frame.type === 'pong' || !frame.agentId) return;
    const address: ConversationAddress = { agentId: frame.agentId, ...(frame.chatId ? { chatId: frame.chatId } : {}) };
    if (frame.type === 'changed' && frame.change === 'deleted') {
      forget(address);
      return onActivity(address);
    }
    const entry = frame.type === 'changed' ? entries.get(conversationKey(address)) : entryOf(address);
    if (entry) dispatch(entry, { type: 'frame', frame, at: new Date().toISOString() });
    if (frame.type === 'complete' || (frame.type === 'changed' && !frame.change)) markUnread(address);
    if (frame.type === 'complete' || frame.type === 'changed' || frame.type === 'ack') onActivity(address);
  }

  function markUnread(address: ConversationAddress) {
    const key = conversationKey(address);
    if ((key === shown && !isHidden()) || gone.has(key) || snapshot.unread.has(key)) return;
    update({ unread: new Set([...snapshot.unread, key]) });
  }

  function markSeen(key: string) {
    if (!snapshot.unread.has(key)) return;
    update({ unread: new Set([...snapshot.unread].filter((other) => other !== key)) });
  }

  /** The default conversation begins anew under its address; the others leave nothing behind. */
  function forget(address: ConversationAddress) {
    const key = conversationKey(address);
    markSeen(key);
    const entry = entries.get(key);
    if (address.chatId) {
      gone.add(key);
      // Whoever looks at it is told by the server's answer that it is no more.
      if (entry && key === shown) dispatch(entry, { type: 'stale' });
      else entries.delete(key);
    } else if (entry) {
      entry.state = emptyConversation;
      notify(entry);
      fetchIfStale(entry);
    }
  }

  socket.subscribe((event) => {
    if (event.type === 'frame') receive(event.frame);
    else if (event.type === 'status') update({ connection: event.status });
    else if (event.type === 'lost') for (const entry of entries.values()) dispatch(entry, { type: 'lost' });
    else for (const entry of entries.values()) fetchIfStale(entry);
  });

  function transmit(entry: Entry, frame: MessageFrame) {
    if (new TextEncoder().encode(JSON.stringify(frame)).length <= maxFrameBytes) return socket.sendMessage(frame);
    const error: ServerFrame = {
      type: 'error',
      ...entry.address,
      code: 'too_long',
      message: '',
      retryable: false,
      clientMessageId: frame.clientMessageId,
    };
    dispatch(entry, { type: 'frame', frame: error, at: new Date().toISOString() });
  }

  function messageFrame(entry: Entry, clientMessageId: string): MessageFrame | undefined {
    const message = entry.state.outgoing.find((outgoing) => outgoing.clientMessageId === clientMessageId);
    if (!message) return undefined;
    const attachmentIds = message.attachments.map((attachment) => attachment.id);
    const attached = attachmentIds.length > 0 ? { attachmentIds } : {};
    return { type: 'message', ...entry.address, content: message.content, clientMessageId, ...attached };
  }

  const sendIfOpen = (frame: ClientFrame) => socket.send(frame);

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    reconnect: () => socket.nudge(),
    state: (address) => entryOf(address).state,
    subscribeTo(address, listener) {
      const entry = entryOf(address);
      entry.listeners.add(listener);
      return () => entry.listeners.delete(listener);
    },
    show(address) {
      shown = address && conversationKey(address);
      if (!address || !shown) return;
      if (!isHidden()) markSeen(shown);
      fetchIfStale(entryOf(address));
    },
    send(address, content, attachments) {
      const entry = entryOf(address);
      const clientMessageId = crypto.randomUUID();
      const message = { clientMessageId, content, attachments, createdAt: new Date().toISOString() };
      dispatch(entry, { type: 'send', message });
      const frame = messageFrame(entry, clientMessageId);
      if (frame) transmit(entry, frame);
    },
    retry(address, clientMessageId) {
      const entry = entryOf(address);
      dispatch(entry, { type: 'retry', clientMessageId });
      const frame = messageFrame(entry, clientMessageId);
      if (frame) transmit(entry, frame);
    },
    discard: (address, clientMessageId) => dispatch(entryOf(address), { type: 'discard', clientMessageId }),
    loadOlder(address) {
      const entry = entryOf(address);
      const oldest = entry.state.messages[0];
      if (!oldest || !entry.state.hasMore || entry.state.requested || entry.state.stale) return;
      if (sendIfOpen({ type: 'history', ...entry.address, before: oldest.id })) {
        dispatch(entry, { type: 'history-requested', before: oldest.id });
      }
    },
    refresh: (address) => dispatch(entryOf(address), { type: 'stale' }),
    abort(address) {
      if (sendIfOpen({ type: 'abort', ...address })) dispatch(entryOf(address), { type: 'abort' });
    },
    decide(address, approvalId, decision) {
      if (sendIfOpen({ type: 'approval', ...address, approvalId, decision })) {
        dispatch(entryOf(address), { type: 'decide', approvalId, decision });
      }
    },
    dismissNotice: (address) => dispatch(entryOf(address), { type: 'dismiss-notice' }),
    forget,
  };
}
