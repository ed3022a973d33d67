import type { ServerFrame } from '../../../contract/socket.ts';
import type { ChatSocket } from './chat-socket.ts';

/** A place for one socket, taken before the upgrade is answered so that racing upgrades cannot exceed the limit. */
export interface Seat {
  /** The upgrade went through: the seat is kept until it is released. */
  accept(): void;
  release(): void;
}

/** The open sockets of this process: whose they are and which conversations they follow. */
export interface OpenSockets {
  /** Undefined when the user has all the sockets they may have. A seat nobody accepts is given back after a while. */
  reserve(userId: string): Seat | undefined;
  countSockets(userId?: string): number;
  add(socket: ChatSocket): void;
  remove(socket: ChatSocket): void;
  all(): Iterable<ChatSocket>;
  ofUser(userId: string): Iterable<ChatSocket>;
  subscribe(socket: ChatSocket, conversationId: string): void;
  subscribersOf(conversationId: string): Iterable<ChatSocket>;
  /** Sends one serialised frame to every socket that follows the conversation. */
  publish(conversationId: string, data: string): void;
  /**
   * `changed` to the user's sockets, except one that knows already; of a temporary conversation only to those that follow
   * it, since the others list it nowhere.
   */
  announce(
    userId: string,
    conversation: { id: string; frame: ServerFrame; temporary: boolean },
    who: { subscribed: boolean; except?: object | undefined },
  ): void;
  onDeserted(listener: (conversationId: string) => void): void;
}

const nobody: ReadonlySet<ChatSocket> = new Set();
const seatLifetimeMs = 15_000;

export function createOpenSockets(options: { socketsPerUser: number }): OpenSockets {
  const byUser = new Map<string, Set<ChatSocket>>();
  const byConversation = new Map<string, Set<ChatSocket>>();
  const seats = new Map<string, number>();
  const desertedListeners: ((conversationId: string) => void)[] = [];

  function addTo(map: Map<string, Set<ChatSocket>>, key: string, socket: ChatSocket): void {
    const members = map.get(key);
    if (members) members.add(socket);
    else map.set(key, new Set([socket]));
  }

  function removeFrom(map: Map<string, Set<ChatSocket>>, key: string, socket: ChatSocket): boolean {
    const members = map.get(key);
    members?.delete(socket);
    if (members?.size !== 0) return false;
    map.delete(key);
    return true;
  }

  const openSockets: OpenSockets = {
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
    add: (socket) => addTo(byUser, socket.userId, socket),
    remove(socket) {
      removeFrom(byUser, socket.userId, socket);
      for (const id of socket.subscriptions) {
        if (removeFrom(byConversation, id, socket)) for (const listener of desertedListeners) listener(id);
      }
      socket.subscriptions.clear();
    },
    *all() {
      for (const members of byUser.values()) yield* members;
    },
    ofUser: (userId) => byUser.get(userId) ?? nobody,
    subscribe(socket, conversationId) {
      // A socket that closed while its frame was being handled must not stay behind in the map.
      if (!byUser.get(socket.userId)?.has(socket)) return;
      socket.subscriptions.add(conversationId);
      addTo(byConversation, conversationId, socket);
    },
    subscribersOf: (conversationId) => byConversation.get(conversationId) ?? nobody,
    publish(conversationId, data) {
      const members = byConversation.get(conversationId);
      if (!members) return;
      const frame = members.size > 1 ? Buffer.from(data) : data;
      for (const socket of members) socket.send(frame);
    },
    announce(userId, conversation, { subscribed, except }) {
      let data: string | undefined;
      for (const socket of openSockets.ofUser(userId)) {
        if (socket === except) continue;
        const follows = socket.subscriptions.has(conversation.id);
        if (follows ? !subscribed : conversation.temporary) continue;
        socket.send((data ??= JSON.stringify(conversation.frame)));
      }
    },
    onDeserted: (listener) => void desertedListeners.push(listener),
  };
  return openSockets;
}
