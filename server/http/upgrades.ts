import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';

export const socketPath = '/api/ws';

/**
 * Whether a request that asks for an upgrade asks for a WebSocket where there is one: all others, `Upgrade: h2c` for one, are
 * ordinary requests. The `shouldUpgradeCallback` of `node:http`.
 */
export function acceptUpgrade({ method, url = '', headers }: IncomingMessage): boolean {
  const [path] = url.split('?', 1);
  return method === 'GET' && path === socketPath && headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Ends the connection with an answer that refuses a WebSocket, and says so to proxies. Node does not read it any more: its end
 * would never be noticed.
 */
export function endRefusedUpgrades(app: FastifyInstance): void {
  const upgrades = new WeakSet<IncomingMessage>();
  app.server.prependListener('upgrade', (request) => upgrades.add(request));
  app.addHook('onSend', async ({ raw }, reply) => {
    if (upgrades.has(raw)) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async ({ raw }) => {
    if (upgrades.has(raw)) raw.socket.destroySoon();
  });
}
