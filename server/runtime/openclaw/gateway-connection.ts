import { GatewayClient, type GatewayClientOptions, GatewayClientRequestError } from '@openclaw/gateway-client';
import type { Logger } from '../../platform/logger.ts';
import { createGatewayPulse } from './gateway-pulse.ts';

/** An event of the gateway: its name and its payload, of which nothing is known yet. */
export interface GatewayEvent {
  event: string;
  payload: unknown;
}

/** A connection that is kept up: it comes back with growing pauses, also after a wrong token was mended. */
export interface GatewayConnection {
  readonly connected: boolean;
  /** Connected, and it answers. */
  readonly isHealthy: boolean;
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
/** How long a gateway that accepted the connection may take to greet. */
const challengeTimeoutMs = 10_000;
const shortestPauseMs = 250;
/** Whoever restarts a gateway does not wait long for its agents. */
const longestPauseMs = 4_000;
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
  let pauseMs = shortestPauseMs;
  const pulse = createGatewayPulse({
    ask: async () => {
      try {
        await client?.request('gateway.identity.get', {});
      } catch (error) {
        // A refusal is an answer too.
        if (!(error instanceof GatewayClientRequestError)) throw error;
      }
    },
    onDead: () => client && openAgain(client, 'it does not answer'),
  });

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
      connectChallengeTimeoutMs: challengeTimeoutMs,
      onHelloOk: (hello) => {
        if (client !== opened) return;
        connected = true;
        pauseMs = shortestPauseMs;
        pulse.start();
        restarting = undefined;
        saidWhy = '';
        log.info({ gateway: hello.server.version }, 'connected to the OpenClaw Gateway');
        options.onConnected();
      },
      onEvent: ({ event, payload }) => {
        if (client !== opened) return;
        pulse.heard();
        if (event === 'shutdown' && isRestart(payload)) restarting = new Date();
        options.onEvent({ event, payload });
      },
      onConnectError: (error) => sayOnce(error.message),
      onClose: () => openAgain(opened),
      onReconnectPaused({ reason, detailCode }) {
        pauseMs = refusedPauseMs;
        openAgain(opened, `${reason} ${detailCode ?? ''}`.trim());
      },
    } satisfies GatewayClientOptions);
    client = opened;
    opened.start();
  }

  /** The library waits up to half a minute, and gives up on a gateway that refuses; an admin may mend that while we run. */
  function openAgain(given: GatewayClient, reason?: string): void {
    if (stopped || client !== given) return;
    if (reason !== undefined) sayOnce(reason);
    client = undefined;
    given.stop();
    lost();
    retry = setTimeout(open, pauseMs * (0.75 + Math.random() / 2)).unref();
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }

  function lost(): void {
    pulse.stop();
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
    get isHealthy() {
      return connected && !pulse.isSilent;
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
      pulse.stop();
      connected = false;
      await client?.stopAndWait({ timeoutMs: 1_000 }).catch(() => undefined);
    },
  };
}

function isRestart(payload: unknown): boolean {
  return typeof (payload as { restartExpectedMs?: unknown } | null)?.restartExpectedMs === 'number';
}
