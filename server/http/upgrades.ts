import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';

export const socketPath = '/api/ws';

/** Those of which Node has left the connection to whoever answers them. */
const upgrades = new WeakSet<IncomingMessage>();

/**
 * Whether a request that asks for an upgrade asks for a WebSocket where there is one: all others, `Upgrade: h2c` for one, are
 * ordinary requests. The `shouldUpgradeCallback` of `node:http`.
 */
export function acceptUpgrade(request: IncomingMessage): boolean {
  const { method, url = '', headers } = request;
  const [path] = url.split('?', 1);
  const isOurs = method === 'GET' && path === socketPath && headers.upgrade?.toLowerCase() === 'websocket';
  if (isOurs) upgrades.add(request);
  return isOurs;
}

/**
 * Ends the connection with an answer that refuses a WebSocket, and says so to proxies. Node does not read it any more: its end
 * would never be noticed.
 */
export function endRefusedUpgrades(app: FastifyInstance): void {
  app.addHook('onSend', async ({ raw }, reply) => {
    if (upgrades.has(raw)) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async ({ raw }) => {
    if (upgrades.has(raw)) raw.socket.destroySoon();
  });
}
