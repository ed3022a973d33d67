import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
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
  const home = join(directory, 'node_modules', 'openclaw');
  const program = join(home, 'openclaw.mjs');
  const done = join(directory, `.installed-${gatewayVersion}`);
  if (existsSync(done) && existsSync(program) && versionOf(home) === gatewayVersion) return program;
  say(`Installing OpenClaw ${gatewayVersion} (once, about a minute)`);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(join(directory, 'package.json'), '{ "private": true }\n');
  await npm(directory, [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--save-exact',
    `openclaw@${gatewayVersion}`,
  ]);
  await writeFile(done, '');
  return program;
}

function versionOf(home: string): unknown {
  return (JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version?: unknown }).version;
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
