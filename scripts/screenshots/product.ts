import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const startMs = 120_000;

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

export interface Product {
  url: string;
  output: string;
  stop(): Promise<void>;
}

/** Starts the product and waits for what it says once it listens. */
export async function start(command: string, sign: string, environment: Record<string, string> = {}): Promise<Product> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [join(root, 'server/cli/pinchy.ts'), command], {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`pinchy ${command} did not start in time.`)), startMs);
    child.once('exit', (code) => reject(new Error(`pinchy ${command} ended with ${code}.`)));
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes(sign)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url: `http://localhost:${port}`,
    output,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
