import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import type { TurnEvent } from './gateway-turn.ts';

/** What an OpenClaw Gateway says while one connects to it, with the faults that a real one only has when it is broken. */
export interface GatewayDouble {
  url: string;
  port: number;
  /** The wire version it speaks. */
  protocol: number;
  token: string;
  /** `silent` accepts connections and says nothing; `mute` greets and answers nothing afterwards; `draining` refuses all. */
  mode: 'speaking' | 'silent' | 'mute' | 'draining';
  /** When connections were opened, by the process's clock in milliseconds. */
  connections: number[];
  /** What was asked after the greeting. */
  requests: { method: string; params: unknown }[];
  /** What happens in the next run, once; several calls queue up. Without one, nothing does. */
  respondNext(events: TurnEvent[]): void;
  /** Ends all connections. */
  drop(): void;
  close(): Promise<void>;
}

interface Frame {
  id: string;
  method: string;
  params: {
    minProtocol?: number;
    maxProtocol?: number;
    auth?: { token?: string };
    /** Of a run. */
    idempotencyKey?: string;
    sessionKey?: string;
  };
}

export async function startGatewayDouble(options: { token: string; port?: number }): Promise<GatewayDouble> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: options.port ?? 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const turns: TurnEvent[][] = [];
  const double: GatewayDouble = {
    url: `ws://127.0.0.1:${port}`,
    port,
    protocol: 4,
    token: options.token,
    mode: 'speaking',
    connections: [],
    requests: [],
    respondNext: (events) => void turns.push(events),
    drop() {
      for (const socket of server.clients) socket.terminate();
    },
    close: () =>
      new Promise((resolve) => {
        double.drop();
        server.close(() => resolve());
      }),
  };

  server.on('connection', (socket) => {
    double.connections.push(performance.now());
    if (double.mode === 'silent') return;
    send(socket, { type: 'event', event: 'connect.challenge', payload: { nonce: randomUUID(), ts: Date.now() } });
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame;
      if (frame.method === 'connect') return greet(socket, frame);
      double.requests.push({ method: frame.method, params: frame.params });
      if (double.mode === 'draining') send(socket, { type: 'res', id: frame.id, ok: false, error: restarting });
      if (double.mode !== 'speaking') return;
      send(socket, { type: 'res', id: frame.id, ok: true, payload: answers[frame.method] ?? {} });
      if (frame.method === 'agent') void play(socket, frame);
    });
  });

  async function play(socket: WebSocket, { params }: Frame): Promise<void> {
    const turn = { runId: params.idempotencyKey ?? '', sessionKey: params.sessionKey ?? '' };
    for (const event of turns.shift() ?? []) {
      if (typeof event === 'number') await sleep(event);
      else if (socket.readyState === socket.OPEN) send(socket, { type: 'event', ...event(turn) });
    }
  }

  function greet(socket: WebSocket, { id, params }: Frame): void {
    const { minProtocol = 0, maxProtocol = 0, auth } = params;
    if (double.protocol < minProtocol || double.protocol > maxProtocol) {
      return refuse(socket, id, 'protocol mismatch', {
        code: 'PROTOCOL_MISMATCH',
        clientMinProtocol: minProtocol,
        clientMaxProtocol: maxProtocol,
        expectedProtocol: double.protocol,
      });
    }
    if (auth?.token !== double.token) return refuse(socket, id, 'unauthorized', { code: 'AUTH_TOKEN_MISMATCH' });
    send(socket, { type: 'res', id, ok: true, payload: helloOf(double.protocol) });
  }

  return double;
}

const helloOf = (protocol: number) => ({
  type: 'hello-ok',
  protocol,
  server: { version: '2026.1.1', connId: randomUUID() },
  features: { methods: [], events: [] },
  snapshot: { presence: [], health: {}, stateVersion: { presence: 0, health: 0 }, uptimeMs: 1 },
  auth: { role: 'operator', scopes: ['operator.admin', 'operator.read', 'operator.write'] },
  policy: { maxPayload: 26_214_400, maxBufferedBytes: 52_428_800, tickIntervalMs: 30_000 },
});

/** An empty gateway. */
const answers: Record<string, unknown> = {
  'agents.list': { agents: [] },
  'chat.history': { messages: [] },
  'config.get': { hash: 'empty', parsed: {} },
  'secrets.store.list': { entries: [] },
  'sessions.list': { sessions: [] },
};

/** As a real one says it from the moment it was told to end. */
const restarting = {
  code: 'UNAVAILABLE',
  message: 'unavailable during gateway restart',
  details: { reason: 'gateway-restarting', phase: 'accepting' },
  retryable: true,
  retryAfterMs: 1_000,
};

function refuse(socket: WebSocket, id: string, message: string, details: object): void {
  send(socket, { type: 'res', id, ok: false, error: { code: 'INVALID_REQUEST', message, details } });
  socket.close(1008, message);
}

const send = (socket: WebSocket, frame: object) => socket.send(JSON.stringify(frame));
