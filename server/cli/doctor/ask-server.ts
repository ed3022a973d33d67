import { request } from 'node:http';
import type { Config } from '../../config.ts';

const timeoutMs = 5_000;

export interface ServerAnswer {
  status: number;
  body: string;
}

/** Asks the server of this configuration; undefined where nothing listens. */
export function askServer(
  { host, port }: Pick<Config, 'host' | 'port'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<ServerAnswer | undefined> {
  const address = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host;
  return new Promise((resolve, reject) => {
    const asking = request({ host: address, port, path, headers, timeout: timeoutMs }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body = (body + chunk).slice(0, 1e6)));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.once('error', reject);
    });
    asking.once('timeout', () => asking.destroy(new Error(`It does not answer within ${timeoutMs / 1_000} seconds.`)));
    asking.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? resolve(undefined) : reject(error),
    );
    asking.end();
  });
}
