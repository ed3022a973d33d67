import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What goes to and fro on one connection; each returns false to end it, without passing the bytes on. */
export interface WireTap {
  toDatabase?(bytes: Buffer): boolean | void;
  toClient?(bytes: Buffer): boolean | void;
}

export interface DatabaseWire {
  /** The same database, by way of the wire. */
  url: string;
  close(): Promise<void>;
}

/** Stands between a server and its PostgreSQL. */
export async function startDatabaseWire(databaseUrl: string, tap: () => WireTap): Promise<DatabaseWire> {
  const target = new URL(databaseUrl);
  const directory = target.searchParams.get('host');
  const port = Number(target.port || 5432);
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const database = directory ? connect(`${directory}/.s.PGSQL.${port}`) : connect(port, target.hostname);
    const { toDatabase, toClient } = tap();
    const end = () => {
      client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      open.add(socket);
      socket.on('error', end).on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.setNoDelay(true);
    client.on('data', (bytes) => void (toDatabase?.(bytes) === false ? end() : database.write(bytes)));
    database.on('data', (bytes) => void (toClient?.(bytes) === false ? end() : client.write(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.searchParams.delete('host');
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: url.href,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
