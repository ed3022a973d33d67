import type { ServerFrame } from '../../contract/socket.ts';
import type { Connection } from './connection.ts';

/** A place for one socket, taken before the upgrade is answered so that racing upgrades cannot exceed the limit. */
export interface Seat {
  /** The upgrade went through: the seat is kept until it is released. */
  accept(): void;
  release(): void;
}

/** The open sockets of this process: whose they are and which conversations they follow. */
export interface Hub {
  /** Undefined when the user has all the sockets they may have. A seat nobody accepts is given back after a while. */
  reserve(userId: string): Seat | undefined;
  countSockets(userId?: string): number;
  add(connection: Connection): void;
  remove(connection: Connection): void;
  all(): Iterable<Connection>;
  ofUser(userId: string): Iterable<Connection>;
  subscribe(connection: Connection, conversationId: string): void;
  subscribersOf(conversationId: string): Iterable<Connection>;
  /** Sends one serialised frame to every socket that follows the conversation. */
  publish(conversationId: string, data: string): void;
  /** `changed` to the user's sockets, except one that knows already. */
  announce(
    userId: string,
    conversation: { id: string; frame: ServerFrame },
    who: { subscribed: boolean; except?: Connection | undefined },
  ): void;
  onDeserted(listener: (conversationId: string) => void): void;
}

const nobody: ReadonlySet<Connection> = new Set();
const seatLifetimeMs = 15_000;

export function createHub(options: { socketsPerUser: number }): Hub {
  const byUser = new Map<string, Set<Connection>>();
  const byConversation = new Map<string, Set<Connection>>();
  const seats = new Map<string, number>();
  const desertedListeners: ((conversationId: string) => void)[] = [];

  function addTo(map: Map<string, Set<Connection>>, key: string, connection: Connection): void {
    const members = map.get(key);
    if (members) members.add(connection);
    else map.set(key, new Set([connection]));
  }

  function removeFrom(map: Map<string, Set<Connection>>, key: string, connection: Connection): boolean {
    const members = map.get(key);
    members?.delete(connection);
    if (members?.size !== 0) return false;
    map.delete(key);
    return true;
  }

  const hub: Hub = {
    reserve(userId) {
      const taken = seats.get(userId) ?? 0;
      if (taken >= options.socketsPerUser) return undefined;
      seats.set(userId, taken + 1);
      let released = false;
      const release = () => {
        if (released) return;
        released = true;
        clearTimeout(timer);
        const left = (seats.get(userId) ?? 1) - 1;
        if (left > 0) seats.set(userId, left);
        else seats.delete(userId);
      };
      const timer = setTimeout(release, seatLifetimeMs).unref();
      return { accept: () => clearTimeout(timer), release };
    },
    countSockets: (userId) =>
      userId === undefined
        ? [...byUser.values()].reduce((sum, members) => sum + members.size, 0)
        : (byUser.get(userId)?.size ?? 0),
    add: (connection) => addTo(byUser, connection.userId, connection),
    remove(connection) {
      removeFrom(byUser, connection.userId, connection);
      for (const id of connection.subscriptions) {
        if (removeFrom(byConversation, id, connection)) for (const listener of desertedListeners) listener(id);
      }
      connection.subscriptions.clear();
    },
    *all() {
      for (const members of byUser.values()) yield* members;
    },
    ofUser: (userId) => byUser.get(userId) ?? nobody,
    subscribe(connection, conversationId) {
      // A socket that closed while its frame was being handled must not stay behind in the map.
      if (!byUser.get(connection.userId)?.has(connection)) return;
      connection.subscriptions.add(conversationId);
      addTo(byConversation, conversationId, connection);
    },
    subscribersOf: (conversationId) => byConversation.get(conversationId) ?? nobody,
    publish(conversationId, data) {
      const members = byConversation.get(conversationId);
      if (!members) return;
      const frame = members.size > 1 ? Buffer.from(data) : data;
      for (const connection of members) connection.send(frame);
    },
    announce(userId, conversation, { subscribed, except }) {
      let data: string | undefined;
      for (const connection of hub.ofUser(userId)) {
        if (connection === except) continue;
        if (!subscribed && connection.subscriptions.has(conversation.id)) continue;
        connection.send((data ??= JSON.stringify(conversation.frame)));
      }
    },
    onDeserted: (listener) => void desertedListeners.push(listener),
  };
  return hub;
}
