/** Notices when a conversation turned (a message began or was stored, a run ended) while something else was awaited. */
export interface Turns {
  touch(conversationId: string): void;
  watch(conversationId: string): Watch;
}

export interface Watch {
  readonly turned: boolean;
  end(): void;
}

export function createTurns(): Turns {
  const watches = new Map<string, Set<{ turned: boolean }>>();
  return {
    touch(conversationId) {
      for (const state of watches.get(conversationId) ?? []) state.turned = true;
    },
    watch(conversationId) {
      const state = { turned: false };
      const others = watches.get(conversationId);
      if (others) others.add(state);
      else watches.set(conversationId, new Set([state]));
      return {
        get turned() {
          return state.turned;
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
