import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../platform/errors.ts';

/** The version that is tested. Its package is about 650 MB, so it is installed only where a gateway is wanted. */
export const gatewayVersion = '2026.9.6';

/**
 * Installs the gateway into `directory` unless it is there, and returns the path of its program. Needs npm and, the
 * first time, the network.
 * @throws StartError
 */
export async function installGateway(directory: string, say: (text: string) => void): Promise<string> {
  const program = join(directory, 'node_modules', 'openclaw', 'openclaw.mjs');
  if (isInstalled(directory)) return program;
  say(`Installing OpenClaw ${gatewayVersion} (once, about a minute)`);
  const next = `${directory}.${process.pid}`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true, mode: 0o700 });
  try {
    await writeFile(join(next, 'package.json'), '{ "private": true }\n');
    await npm(next, [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--save-exact',
      `openclaw@${gatewayVersion}`,
    ]);
    // Somebody else may have been faster; a half of an installation is never seen.
    if (isInstalled(directory)) return program;
    await rm(directory, { recursive: true, force: true });
    await rename(next, directory).catch((error: unknown) => {
      if (!isInstalled(directory)) throw error;
    });
    return program;
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

function isInstalled(directory: string): boolean {
  const manifest = join(directory, 'node_modules', 'openclaw', 'package.json');
  if (!existsSync(manifest)) return false;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: unknown }).version === gatewayVersion;
}

async function npm(directory: string, args: string[]): Promise<void> {
  const child = spawn('npm', args, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-2_000)));
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  if (code === 0) return;
  const reason = /npm error (?:code )?(.+)/.exec(said)?.[1] ?? `npm ended with ${code ?? 'an error'}`;
  throw new StartError(
    `OpenClaw could not be installed: ${reason}. Check the network and that npm is there, then start again.`,
  );
}
