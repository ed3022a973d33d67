import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';

export const socketPath = '/api/ws';

/**
 * Whether a request asks for a WebSocket where there is one. Node leaves the connection of a request that is upgraded to whoever
 * answers it; all others, `Upgrade: h2c` for one, are ordinary requests. For the `shouldUpgradeCallback` of `node:http`.
 */
export function asksForSocket({ method, url = '', headers }: IncomingMessage): boolean {
  const [path] = url.split('?', 1);
  return method === 'GET' && path === socketPath && headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Ends the connection after an answer that refuses a WebSocket. Node does not read it any more: its end would never be
 * noticed.
 */
export function endRefusedUpgrades(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ raw }) => {
    if (asksForSocket(raw)) raw.socket.destroySoon();
  });
}
