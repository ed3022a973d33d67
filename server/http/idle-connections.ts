import type { Server } from 'node:http';

/** Connections on which nothing was asked for a while are closed once there are more than this. */
const maxConnections = 2_000;
const checkMs = 1_000;

/**
 * A connection that is kept for the next request costs memory and a file descriptor, however many of them one address
 * opens. Sockets of the chat are none of them: Node hands those over.
 */
export function boundIdleConnections(server: Server): void {
  let open = 0;
  let checkedAt = -Infinity;
  server.on('connection', (socket) => {
    open += 1;
    socket.once('close', () => (open -= 1));
    if (open <= maxConnections || performance.now() - checkedAt < checkMs) return;
    checkedAt = performance.now();
    server.closeIdleConnections();
  });
}
