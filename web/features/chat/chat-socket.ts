import type { ClientFrame, ServerFrame } from '../../../contract/socket.ts';

export type MessageFrame = Extract<ClientFrame, { type: 'message' }>;

export type SocketStatus =
  | { phase: 'connecting'; attempt: number }
  | { phase: 'open' }
  | { phase: 'waiting'; attempt: number; retryAt: number }
  | { phase: 'signed-out' }
  | { phase: 'closed' };

export type ChatSocketEvent =
  | { type: 'status'; status: SocketStatus }
  | { type: 'frame'; frame: ServerFrame }
  /** A new socket stands. */
  | { type: 'opened' }
  | { type: 'lost' };

export interface ChatSocketTimings {
  firstDelay: number;
  maxDelay: number;
  pingEvery: number;
  pongWithin: number;
  suspectedWithin: number;
  openWithin: number;
}

export interface ChatSocketOptions {
  url: string;
  /**
   * Asked when the server refuses or ends a socket, because a browser does not tell a 401 of the upgrade
   * from an unreachable server.
   */
  isSignedOut: () => Promise<boolean>;
  timings?: Partial<ChatSocketTimings>;
  random?: () => number;
}

export interface ChatSocket {
  connect(): void;
  close(): void;
  /** Tries at once instead of waiting for the next attempt; checks a socket that seems open. */
  nudge(): void;
  /** The browser says that there is no network: leaves the socket unless it still answers. */
  suspect(): void;
  /** Sends a frame on the open socket; false when there is none. */
  send(frame: ClientFrame): boolean;
  status(): SocketStatus;
  subscribe(listener: (event: ChatSocketEvent) => void): () => void;
}

const defaultTimings: ChatSocketTimings = {
  firstDelay: 400,
  maxDelay: 15_000,
  pingEvery: 25_000,
  pongWithin: 10_000,
  suspectedWithin: 1_500,
  openWithin: 15_000,
};

/** One socket of a tab: keeps itself connected; knows nothing of what a conversation is. */
export function createChatSocket(options: ChatSocketOptions): ChatSocket {
  const timings = { ...defaultTimings, ...options.timings };
  const random = options.random ?? Math.random;
  const listeners = new Set<(event: ChatSocketEvent) => void>();
  let status: SocketStatus = { phase: 'closed' };
  let socket: WebSocket | undefined;
  let attempt = 0;
  let wanted = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let pingTimer: ReturnType<typeof setTimeout> | undefined;
  let deadTimer: ReturnType<typeof setTimeout> | undefined;

  const emit = (event: ChatSocketEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  const setStatus = (next: SocketStatus) => {
    status = next;
    emit({ type: 'status', status });
  };

  function connect() {
    wanted = true;
    if (socket) return;
    clearTimeout(retryTimer);
    const current = new WebSocket(options.url);
    socket = current;
    setStatus({ phase: 'connecting', attempt });
    deadTimer = setTimeout(() => lose(current), timings.openWithin);
    current.addEventListener('open', () => {
      if (socket !== current) return;
      clearTimeout(deadTimer);
      deadTimer = undefined;
      setStatus({ phase: 'open' });
      schedulePing();
      emit({ type: 'opened' });
    });
    current.addEventListener('message', (event: MessageEvent) => {
      if (socket === current) receive(event.data);
    });
    current.addEventListener('close', () => lose(current));
    // An 'error' is always followed by 'close'.
    current.addEventListener('error', () => {});
  }

  /** Leaves a socket that ended or seems dead at once, without waiting for its closing handshake. */
  function lose(current: WebSocket) {
    if (socket !== current) return;
    const wasOpen = status.phase === 'open';
    socket = undefined;
    clearTimeout(pingTimer);
    clearTimeout(deadTimer);
    deadTimer = undefined;
    current.close();
    if (wasOpen) emit({ type: 'lost' });
    if (!wanted) return setStatus({ phase: 'closed' });
    waitAndRetry();
    void options.isSignedOut().then(
      (signedOut) => {
        if (!signedOut || status.phase === 'open' || !wanted) return;
        close();
        setStatus({ phase: 'signed-out' });
      },
      () => {},
    );
  }

  function waitAndRetry() {
    const longest = Math.min(timings.maxDelay, timings.firstDelay * 2 ** attempt);
    attempt += 1;
    const delay = longest * (0.5 + random() / 2);
    setStatus({ phase: 'waiting', attempt, retryAt: Date.now() + delay });
    retryTimer = setTimeout(connect, delay);
  }

  function receive(data: unknown) {
    clearTimeout(deadTimer);
    deadTimer = undefined;
    // Only a socket that carries frames counts as good; one that opens and falls at once keeps backing off.
    attempt = 0;
    const frame = parse(data);
    if (!frame) return;
    emit({ type: 'frame', frame });
  }

  function schedulePing() {
    clearTimeout(pingTimer);
    pingTimer = setTimeout(() => {
      ping();
      schedulePing();
    }, timings.pingEvery);
  }

  function ping(within = timings.pongWithin) {
    const current = socket;
    if (!current || !send({ type: 'ping' })) return;
    deadTimer ??= setTimeout(() => lose(current), within);
  }

  function send(frame: ClientFrame): boolean {
    if (!socket || socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  function close() {
    wanted = false;
    clearTimeout(retryTimer);
    if (socket) lose(socket);
    else setStatus({ phase: 'closed' });
  }

  return {
    connect,
    close,
    send,
    nudge() {
      if (!wanted) return;
      if (status.phase === 'waiting') {
        attempt = 0;
        connect();
      } else if (status.phase === 'open') ping();
    },
    suspect() {
      if (status.phase === 'open') ping(timings.suspectedWithin);
    },
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The server validates what it sends; here only what is not a frame at all is left out. */
function parse(data: unknown): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(data);
    return value !== null && typeof value === 'object' && 'type' in value ? (value as ServerFrame) : undefined;
  } catch {
    return undefined;
  }
}
