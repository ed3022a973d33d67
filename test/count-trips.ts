import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

export interface TripCounter {
  /** The same database, by way of the counter. */
  url: string;
  /** How often somebody waited for the database so far: what is sent before an answer has come belongs to one trip. */
  readonly trips: number;
  close(): Promise<void>;
}

/** Counts on the wire, between server and PostgreSQL. */
export async function countTrips(databaseUrl: string): Promise<TripCounter> {
  const target = new URL(databaseUrl);
  const directory = target.searchParams.get('host');
  const port = Number(target.port || 5432);
  const open = new Set<Socket>();
  let trips = 0;
  const server = createServer((client) => {
    const database = directory ? connect(`${directory}/.s.PGSQL.${port}`) : connect(port, target.hostname);
    let isAnswered = true;
    for (const [socket, other] of [
      [client, database],
      [database, client],
    ] as const) {
      open.add(socket);
      socket
        .on('error', () => other.destroy())
        .on('close', () => {
          open.delete(socket);
          other.destroy();
        });
    }
    client.setNoDelay(true).on('data', (bytes) => {
      if (isAnswered) trips += 1;
      isAnswered = false;
      database.write(bytes);
    });
    database.on('data', (bytes) => {
      isAnswered = true;
      client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    get trips() {
      return trips;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
