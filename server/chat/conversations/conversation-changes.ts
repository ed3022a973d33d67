/** Notices when a conversation changed (a message began or was stored, a run ended) while something else was awaited. */
export interface ConversationChanges {
  note(conversationId: string): void;
  watch(conversationId: string): Watch;
}

export interface Watch {
  readonly changed: boolean;
  end(): void;
}

export function createConversationChanges(): ConversationChanges {
  const watches = new Map<string, Set<{ changed: boolean }>>();
  return {
    note(conversationId) {
      for (const state of watches.get(conversationId) ?? []) state.changed = true;
    },
    watch(conversationId) {
      const state = { changed: false };
      const others = watches.get(conversationId);
      if (others) others.add(state);
      else watches.set(conversationId, new Set([state]));
      return {
        get changed() {
          return state.changed;
        },
        end() {
          const members = watches.get(conversationId);
          members?.delete(state);
          if (members?.size === 0) watches.delete(conversationId);
        },
      };
    },
  };
}
