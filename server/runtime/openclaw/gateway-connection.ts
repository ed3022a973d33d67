import { GatewayClient, type GatewayClientOptions } from '@openclaw/gateway-client';
import type { Logger } from '../../platform/logger.ts';

/** An event of the gateway: its name and its payload, of which nothing is known yet. */
export interface GatewayEvent {
  event: string;
  payload: unknown;
}

/** A connection that is kept up: it comes back with growing pauses, also after a wrong token was mended. */
export interface GatewayConnection {
  readonly connected: boolean;
  /** Since when the gateway restarts, while it said that it would be back. */
  readonly restartingSince: Date | undefined;
  /** Throws what the gateway answered, or that it cannot be reached. */
  request<Answer = Record<string, unknown>>(method: string, params: unknown): Promise<Answer>;
  start(): void;
  stop(): Promise<void>;
}

/** The wire version that is spoken; another one is refused by the gateway. */
const protocol = 4;
const requestTimeoutMs = 20_000;
/** A refused token or version does not mend itself within moments. */
const refusedPauseMs = 5_000;
/** How long an announced restart may take before it counts as an outage. */
const longestRestartMs = 60_000;

export function createGatewayConnection(options: {
  url: string;
  token: string;
  version: string;
  log: Logger;
  onConnected: () => void;
  onLost: () => void;
  onEvent: (event: GatewayEvent) => void;
}): GatewayConnection {
  const { log } = options;
  let client: GatewayClient | undefined;
  let connected = false;
  let stopped = true;
  let restarting: Date | undefined;
  let saidWhy = '';
  let retry: NodeJS.Timeout | undefined;

  function open(): void {
    if (stopped) return;
    const opened = new GatewayClient({
      url: options.url,
      token: options.token,
      clientName: 'gateway-client',
      clientDisplayName: 'Pinchy',
      clientVersion: options.version,
      mode: 'backend',
      platform: process.platform,
      role: 'operator',
      scopes: ['operator.admin', 'operator.read', 'operator.write'],
      caps: ['tool-events'],
      deviceIdentity: null,
      minProtocol: protocol,
      maxProtocol: protocol,
      requestTimeoutMs,
      onHelloOk: (hello) => {
        if (client !== opened) return;
        connected = true;
        restarting = undefined;
        saidWhy = '';
        log.info({ gateway: hello.server.version }, 'connected to the OpenClaw Gateway');
        options.onConnected();
      },
      onEvent: ({ event, payload }) => {
        if (client !== opened) return;
        if (event === 'shutdown' && isRestart(payload)) restarting = new Date();
        options.onEvent({ event, payload });
      },
      onConnectError: (error) => sayOnce(error.message),
      onClose: () => client === opened && lost(),
      onReconnectPaused: ({ reason, detailCode }) => {
        sayOnce(`${reason} ${detailCode ?? ''}`.trim());
        openAgain(opened);
      },
    } satisfies GatewayClientOptions);
    client = opened;
    opened.start();
  }

  /** The library gives up on a gateway that refuses; an admin may mend that while we run. */
  function openAgain(given: GatewayClient): void {
    if (stopped || client !== given) return;
    given.stop();
    retry = setTimeout(open, refusedPauseMs).unref();
  }

  function lost(): void {
    if (!connected) return;
    connected = false;
    options.onLost();
  }

  function sayOnce(reason: string): void {
    if (reason === saidWhy) return;
    saidWhy = reason;
    log.warn({ reason }, 'the OpenClaw Gateway cannot be reached; trying again');
  }

  return {
    get connected() {
      return connected;
    },
    get restartingSince() {
      const isRecent = restarting && Date.now() - restarting.getTime() < longestRestartMs;
      return isRecent ? restarting : undefined;
    },
    async request(method, params) {
      if (!client || !connected) throw new Error('The OpenClaw Gateway is not connected.');
      return client.request(method, params);
    },
    start() {
      stopped = false;
      open();
    },
    async stop() {
      stopped = true;
      clearTimeout(retry);
      connected = false;
      await client?.stopAndWait({ timeoutMs: 1_000 }).catch(() => undefined);
    },
  };
}

function isRestart(payload: unknown): boolean {
  return typeof (payload as { restartExpectedMs?: unknown } | null)?.restartExpectedMs === 'number';
}
