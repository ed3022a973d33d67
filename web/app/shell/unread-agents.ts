import { useSyncExternalStore } from 'react';

/**
 * Which agents answered where the person was not looking. The chat socket marks (`markUnread` on a `changed` frame) and
 * clears (`markRead` when a conversation is opened); the sidebar shows.
 */
let unread: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function replace(next: ReadonlySet<string>): void {
  unread = next;
  for (const listener of listeners) listener();
}

export function markUnread(agentId: string): void {
  if (!unread.has(agentId)) replace(new Set([...unread, agentId]));
}

export function markRead(agentId: string): void {
  if (unread.has(agentId)) replace(new Set([...unread].filter((id) => id !== agentId)));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useUnreadAgents(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => unread);
}
