import { GatewayClient, type GatewayClientOptions, GatewayClientRequestError } from '@openclaw/gateway-client';
import * as z from 'zod';
import type { Logger } from '../../platform/logger.ts';
import type { GatewayDevice } from './gateway-device.ts';
import { createGatewayPulse } from './gateway-pulse.ts';

/** An event of the gateway: its name and its payload, of which nothing is known yet. */
export interface GatewayEvent {
  event: string;
  payload: unknown;
}

/** A connection that is kept up: it comes back with growing pauses, also after a wrong token was mended. */
export interface GatewayConnection {
  readonly connected: boolean;
  /** Connected, and it answers and takes work. */
  readonly isHealthy: boolean;
  /** Since when the gateway restarts: it lets its last answers end, or is away and said that it would be back. */
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
const minPauseMs = 250;
/** Whoever restarts a gateway does not wait long for its agents. */
const maxPauseMs = 4_000;
/** A refused token or version does not mend itself within moments. */
const refusedPauseMs = 5_000;
/** How long an announced restart may take before it counts as an outage. */
const maxRestartMs = 60_000;

export function createGatewayConnection(options: {
  url: string;
  token: string;
  device: GatewayDevice;
  version: string;
  log: Logger;
  onConnected: () => void;
  onLost: () => void;
  onEvent: (event: GatewayEvent) => void;
}): GatewayConnection {
  const { device, log } = options;
  let client: GatewayClient | undefined;
  let connected = false;
  let stopped = true;
  let restarting: Date | undefined;
  /** Since when it takes no new work, still connected. */
  let draining: Date | undefined;
  let saidWhy = '';
  let retry: NodeJS.Timeout | undefined;
  let pauseMs = minPauseMs;
  const pulse = createGatewayPulse({
    ask: async () => {
      try {
        await client?.request('gateway.identity.get', {});
        draining = undefined;
      } catch (error) {
        // A refusal is an answer too.
        if (!(error instanceof GatewayClientRequestError)) throw error;
        draining = isRestarting(error) ? (draining ?? new Date()) : undefined;
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
      deviceIdentity: device.identity,
      hostDeps: {
        signDevicePayload: (_key, payload) => device.sign(payload),
        publicKeyRawBase64UrlFromPem: () => device.publicKey,
      },
      minProtocol: protocol,
      maxProtocol: protocol,
      requestTimeoutMs,
      connectChallengeTimeoutMs: challengeTimeoutMs,
      onHelloOk: (hello) => {
        if (client !== opened) return;
        connected = true;
        pauseMs = minPauseMs;
        pulse.start();
        restarting = undefined;
        saidWhy = '';
        log.info({ gateway: hello.server.version }, 'connected to the OpenClaw Gateway');
        options.onConnected();
      },
      onEvent: ({ event, payload }) => {
        if (client !== opened) return;
        pulse.heard();
        if (event === 'shutdown' && isToReturn(payload)) restarting = new Date();
        options.onEvent({ event, payload });
      },
      onConnectError: (error) => sayOnce(pairingRequest(error) ?? error.message),
      onClose: () => openAgain(opened),
      onReconnectPaused({ reason, detailCode }) {
        pauseMs = refusedPauseMs;
        // What a pairing takes was said with the error.
        openAgain(opened, detailCode === pairingRequired ? undefined : `${reason} ${detailCode ?? ''}`.trim());
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
    pauseMs = Math.min(maxPauseMs, pauseMs * 2);
  }

  function lost(): void {
    pulse.stop();
    if (!connected) return;
    connected = false;
    draining = undefined;
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
      return connected && !pulse.isSilent && !draining;
    },
    get restartingSince() {
      if (draining) return draining;
      const isRecent = restarting && Date.now() - restarting.getTime() < maxRestartMs;
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

const pairingRequired = 'PAIRING_REQUIRED';
const pairingSchema = z.looseObject({ code: z.literal(pairingRequired), requestId: z.string() });

/** A gateway on another host wants a person there to approve who connects, once. */
function pairingRequest(error: Error): string | undefined {
  const { data } = pairingSchema.safeParse(error instanceof GatewayClientRequestError ? error.details : undefined);
  return (
    data && `it wants to be told to trust this Pinchy: run "openclaw devices approve ${data.requestId}" on its host`
  );
}

/** A gateway that was told to end takes nothing new, and waits for the answers that it is at. */
export function isRestarting(error: unknown): boolean {
  const isRefusal = error instanceof GatewayClientRequestError;
  return isRefusal && (error.details as { reason?: unknown } | undefined)?.reason === 'gateway-restarting';
}

function isToReturn(payload: unknown): boolean {
  return typeof (payload as { restartExpectedMs?: unknown } | null)?.restartExpectedMs === 'number';
}
