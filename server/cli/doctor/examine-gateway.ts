import { connect } from 'node:net';
import type { Config } from '../../config.ts';
import type { ServerHealth } from './examine-server.ts';
import { type Finding, notice, well, wrong } from './finding.ts';

const about = 'OpenClaw Gateway';
const timeoutMs = 3_000;
const next = 'Start it with pinchy openclaw, or set OPENCLAW_URL to where it is; docs/openclaw.md says how they pair.';

/** A running server knows whether it is connected; without one it is only looked whether something listens there. */
export async function examineGateway({ openclaw }: Config, health: ServerHealth | undefined): Promise<Finding[]> {
  if (!openclaw) return [];
  if (health) {
    return health.openclaw.connected
      ? [well(about, 'The server is connected to it.')]
      : [wrong(about, 'The server is not connected to it, so agents do not answer.', next)];
  }
  return (await isListening(new URL(openclaw.url)))
    ? [well(about, 'Something listens at OPENCLAW_URL.')]
    : [notice(about, 'Nothing listens at OPENCLAW_URL.', next)];
}

function isListening({ hostname, port, protocol }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const host = hostname.replaceAll(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port) || (protocol === 'wss:' ? 443 : 80), timeout: timeoutMs });
    const end = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
