import type { OpenSockets } from './open-sockets.ts';

/** Tells people's pages to ask again for their agents, or for what others share with them. */
export interface PageNews {
  /** Without a person: everybody. */
  tell(userId?: string): void;
}

/** However many changes come in a row, a page is told at once and then this often. */
const pauseMs = 1_000;

export function createPageNews({ openSockets }: { openSockets: OpenSockets }, type: 'agents' | 'shares'): PageNews {
  const frame = JSON.stringify({ type });
  const people = new Set<string>();
  let everybody = false;
  let pause: NodeJS.Timeout | undefined;

  function send(): void {
    if (!everybody && people.size === 0) return;
    const sockets = everybody ? [...openSockets.all()] : [...people].flatMap((id) => [...openSockets.ofUser(id)]);
    everybody = false;
    people.clear();
    for (const socket of sockets) socket.send(frame);
    pause = setTimeout(() => {
      pause = undefined;
      send();
    }, pauseMs).unref();
  }

  return {
    tell(userId) {
      if (userId === undefined) everybody = true;
      else people.add(userId);
      if (!pause) send();
    },
  };
}
