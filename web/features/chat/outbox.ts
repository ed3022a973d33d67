import { type DBSchema, openDB } from 'idb';
import type { Attachment } from '../../../contract/socket.ts';
import type { OutgoingMessage } from './conversation-types.ts';

/** What somebody said, from when they said it until the server has it. */
export interface WaitingMessage {
  clientMessageId: string;
  agentId: string;
  /** Missing for the default conversation. */
  chatId?: string;
  /** The conversation begins with it. */
  begins?: true;
  content: string;
  attachments: Attachment[];
  createdAt: string;
}

/** One person's messages that the server does not have yet, for all tabs of this browser, whatever becomes of them. */
export interface Outbox {
  /** False when there is no room, or the browser refuses storage. */
  put(message: WaitingMessage): Promise<boolean>;
  remove(clientMessageId: string): Promise<void>;
  /** In the order in which they were said. */
  list(): Promise<WaitingMessage[]>;
  /** Tells of messages that another tab has sent or discarded, and of a tab that went and may have left some. */
  onNews(listener: (news: OutboxNews) => void): () => void;
  close(): void;
}

export function withoutAddress({ agentId: _agentId, chatId: _chatId, ...message }: WaitingMessage): OutgoingMessage {
  return message;
}

export type OutboxNews = { type: 'removed'; clientMessageId: string } | { type: 'left' };

interface StoredMessage extends WaitingMessage {
  userId: string;
  order: number;
}

interface OutboxSchema extends DBSchema {
  messages: { key: string; value: StoredMessage; indexes: { person: string } };
}

/** More than anybody says without a connection, and less than a browser keeps. */
const maxMessages = 100;

export function createOutbox(userId: string): Outbox {
  const database = openDB<OutboxSchema>('pinchy-outbox', 1, {
    upgrade(db) {
      db.createObjectStore('messages', { keyPath: 'clientMessageId' }).createIndex('person', 'userId');
    },
  });
  database.catch(() => undefined);
  const channel = new BroadcastChannel(`pinchy-outbox-${userId}`);
  let lastOrder = 0;

  const tell = (news: OutboxNews) => channel.postMessage(news);
  const leave = () => tell({ type: 'left' });
  window.addEventListener('pagehide', leave);

  return {
    async put(message) {
      // Two messages of one millisecond keep their order.
      lastOrder = Math.max(lastOrder + 1, Date.now());
      const order = lastOrder;
      try {
        const store = (await database).transaction('messages', 'readwrite').objectStore('messages');
        if ((await store.index('person').count(userId)) >= maxMessages) return false;
        await store.put({ ...message, userId, order });
        return true;
      } catch {
        return false;
      }
    },
    async remove(clientMessageId) {
      tell({ type: 'removed', clientMessageId });
      await database.then((db) => db.delete('messages', clientMessageId)).catch(() => undefined);
    },
    async list() {
      try {
        const stored = await (await database).getAllFromIndex('messages', 'person', userId);
        return stored.toSorted((one, other) => one.order - other.order).map(withoutOwner);
      } catch {
        return [];
      }
    },
    onNews(listener) {
      const hear = ({ data }: MessageEvent<OutboxNews>) => listener(data);
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
    close() {
      window.removeEventListener('pagehide', leave);
      leave();
      channel.close();
      void database.then((db) => db.close()).catch(() => undefined);
    },
  };
}

function withoutOwner({ userId: _userId, order: _order, ...message }: StoredMessage): WaitingMessage {
  return message;
}
