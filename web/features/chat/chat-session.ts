import type { ClientFrame, ServerFrame } from '../../../contract/socket.ts';
import { newId } from '../../ui/new-id.ts';
import type { ChatSession, ChatSessionOptions, SessionSnapshot } from './chat-session-types.ts';
import type { MessageFrame } from './chat-socket.ts';
import { type ConversationAddress, conversationKey } from './conversation-address.ts';
import { createBeginnings } from './beginnings.ts';
import { reduceConversation } from './conversation-state.ts';
import {
  type ConversationEvent,
  type ConversationState,
  emptyConversation,
  type OutgoingMessage,
} from './conversation-types.ts';
import { isTooLong, messageFrame } from './message-frame.ts';
import { type Outbox, type OutboxNews, withoutAddress } from './outbox.ts';

interface Entry {
  address: ConversationAddress;
  state: ConversationState;
  listeners: Set<() => void>;
  /** The message that was sent on this socket and is not acknowledged yet: the next one waits for it. */
  inFlight?: string | undefined;
  /** Set while the server takes no more, until an answer ends or this goes off. */
  holding?: ReturnType<typeof setTimeout> | undefined;
}

/** What the server cannot take now and can later, without anybody doing anything about it. */
const passing: ReadonlySet<string> = new Set(['queue_full', 'runtime_unavailable']);
const holdMs = 5_000;

/** All conversations of a tab, each kept current over the one socket. */
export function createChatSession(options: ChatSessionOptions): ChatSession {
  const { socket, isHidden = () => false, schedule = queueMicrotask, onActivity = () => {} } = options;
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  const changed = new Set<Entry>();
  let flushing = false;
  /** Conversations that were deleted, of whose last answers frames may still come. */
  const gone = new Set<string>();
  const beginnings = createBeginnings();
  let outbox: Outbox | undefined;
  /** Messages that the outbox has not confirmed to hold. */
  const fleeting = new Set<string>();
  let shown: string | undefined;
  let snapshot: SessionSnapshot = { status: socket.status(), runtimeConnected: true, unread: new Set() };

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
    if (entry.state.outgoing !== before.outgoing) settle(entry, before.outgoing);
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
    if (!needed || !state.stale || state.requested || isUnbegun(entry)) return;
    if (socket.send({ type: 'history', ...entry.address })) dispatch(entry, { type: 'history-requested' });
  }

  const isUnbegun = ({ address, state }: Entry) =>
    state.outgoing.some(({ begins }) => begins) || beginnings.isUnsaid(address);

  /** There is no history to ask for yet. */
  function showUnbegun(address: ConversationAddress) {
    const entry = entryOf(address);
    if (!entry.state.loaded) entry.state = reduceConversation(entry.state, { type: 'unbegun' });
  }

  /** What is not on its way any more need not be kept. */
  function settle(entry: Entry, before: readonly OutgoingMessage[]) {
    const left = new Set(entry.state.outgoing.map(({ clientMessageId }) => clientMessageId));
    for (const { clientMessageId } of before) {
      if (left.has(clientMessageId)) continue;
      fleeting.delete(clientMessageId);
      void outbox?.remove(clientMessageId);
    }
  }

  /** One after the other, so that their order holds whatever the server refuses. */
  function transmitNext(entry: Entry) {
    if (socket.status().phase !== 'open' || entry.holding) return;
    const waiting = entry.state.outgoing.filter(({ failure }) => !failure);
    if (waiting.some(({ clientMessageId }) => clientMessageId === entry.inFlight)) return;
    const [message] = waiting;
    entry.inFlight = message?.clientMessageId;
    if (message) transmit(entry, messageFrame(entry.address, message));
  }

  function hold(entry: Entry) {
    clearTimeout(entry.holding);
    entry.inFlight = undefined;
    entry.holding = setTimeout(() => release(entry), holdMs);
  }

  function release(entry: Entry) {
    clearTimeout(entry.holding);
    entry.holding = undefined;
    transmitNext(entry);
  }

  function receive(frame: ServerFrame) {
    if (frame.type === 'status') return update({ runtimeConnected: frame.runtime.connected });
    if (!('agentId' in frame) || !frame.agentId) return;
    const address: ConversationAddress = { agentId: frame.agentId, ...(frame.chatId ? { chatId: frame.chatId } : {}) };
    if (frame.type === 'changed' && frame.change === 'deleted') {
      forget(address);
      return onActivity(address);
    }
    const entry = frame.type === 'changed' ? entries.get(conversationKey(address)) : entryOf(address);
    if (entry && frame.type === 'error' && frame.clientMessageId === entry.inFlight && passing.has(frame.code)) {
      return hold(entry);
    }
    if (entry) dispatch(entry, { type: 'frame', frame, at: new Date().toISOString() });
    if (entry && frame.type === 'complete') release(entry);
    else if (entry) transmitNext(entry);
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
    else if (event.type === 'status') update({ status: event.status });
    else if (event.type === 'lost') {
      for (const entry of entries.values()) {
        entry.inFlight = undefined;
        dispatch(entry, { type: 'lost' });
      }
    } else {
      void takeUp();
      for (const entry of entries.values()) {
        fetchIfStale(entry);
        release(entry);
      }
    }
  });

  /** What the outbox holds and this tab does not know: said before it was loaded anew, or in a tab that is gone. */
  async function takeUp() {
    for (const message of (await outbox?.list()) ?? []) {
      const { agentId, chatId, clientMessageId } = message;
      const entry = entryOf({ agentId, ...(chatId ? { chatId } : {}) });
      const isKnown = [...entry.state.outgoing, ...entry.state.messages].some(
        (known) => known.clientMessageId === clientMessageId,
      );
      if (!isKnown) dispatch(entry, { type: 'send', message: withoutAddress(message) });
      transmitNext(entry);
    }
  }

  function hearNews(news: OutboxNews) {
    if (news.type === 'left') return void takeUp();
    const { clientMessageId } = news;
    for (const entry of entries.values()) {
      if (entry.state.outgoing.some((message) => message.clientMessageId === clientMessageId)) {
        dispatch(entry, { type: 'discard', clientMessageId });
        dispatch(entry, { type: 'stale' });
      }
    }
  }

  function keep(entry: Entry, message: OutgoingMessage) {
    const { clientMessageId } = message;
    fleeting.add(clientMessageId);
    void outbox?.put({ ...message, ...entry.address }).then((isKept) => {
      const isGone = !entry.state.outgoing.some((outgoing) => outgoing.clientMessageId === clientMessageId);
      if (isKept) fleeting.delete(clientMessageId);
      // Acknowledged before it was stored.
      if (isGone) void outbox?.remove(clientMessageId);
    });
  }

  function transmit(entry: Entry, frame: MessageFrame) {
    if (!isTooLong(frame)) return void socket.send(frame);
    const error: ServerFrame = {
      type: 'error',
      ...entry.address,
      code: 'too_long',
      message: '',
      retryable: false,
      clientMessageId: frame.clientMessageId,
    };
    dispatch(entry, { type: 'frame', frame: error, at: new Date().toISOString() });
    transmitNext(entry);
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
    unbegun(agentId) {
      const address = beginnings.unbegun(agentId);
      showUnbegun(address);
      return address;
    },
    beginTemporary(address) {
      beginnings.noteTemporary(address);
      if (beginnings.isUnsaid(address)) showUnbegun(address);
    },
    leaveTemporary(address) {
      if (!beginnings.leave(address)) return false;
      gone.add(conversationKey(address));
      entries.delete(conversationKey(address));
      return true;
    },
    sayLeft: ({ agentId, chatId }) => chatId !== undefined && socket.send({ type: 'leave', agentId, chatId }),
    send(address, content, attachments) {
      const entry = entryOf(address);
      const message: OutgoingMessage = {
        clientMessageId: newId(),
        content,
        attachments,
        createdAt: new Date().toISOString(),
        ...(isUnbegun(entry) && { begins: true }),
        ...(beginnings.isTemporary(address) && { temporary: true }),
      };
      beginnings.said(address);
      dispatch(entry, { type: 'send', message });
      if (!message.temporary) keep(entry, message);
      transmitNext(entry);
    },
    retry(address, clientMessageId) {
      const entry = entryOf(address);
      dispatch(entry, { type: 'retry', clientMessageId });
      transmitNext(entry);
    },
    discard(address, clientMessageId) {
      const entry = entryOf(address);
      const { messages, outgoing } = entry.state;
      // The only one, with which the conversation would have begun.
      if (address.chatId && messages.length === 0 && outgoing.length === 1 && outgoing[0]?.begins)
        beginnings.unsaid(address);
      dispatch(entry, { type: 'discard', clientMessageId });
      transmitNext(entry);
    },
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
    decide(address, approvalId, choice) {
      if (sendIfOpen({ type: 'approval', ...address, approvalId, ...choice })) {
        dispatch(entryOf(address), { type: 'decide', approvalId, decision: choice.decision });
      }
    },
    request: (address, frame) => void sendIfOpen({ ...frame, ...address }),
    rate: (address, messageId, rating) => dispatch(entryOf(address), { type: 'rated', messageId, rating }),
    dismissNotice: (address) => dispatch(entryOf(address), { type: 'dismiss-notice' }),
    forget,
    keepIn(box) {
      outbox = box;
      const ignore = box.onNews(hearNews);
      void takeUp();
      return () => {
        ignore();
        outbox = undefined;
      };
    },
    wouldLose: () => fleeting.size > 0,
  };
}
