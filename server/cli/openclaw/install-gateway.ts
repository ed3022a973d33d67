import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from '../../platform/errors.ts';
import { resourcePath } from '../../platform/resources.ts';

const lockfile = 'package-lock.json';

/** What is installed, to the byte. It is about 650 MB, so only where a gateway is wanted. */
const pinned = (name: string) => resourcePath('openclaw-gateway', name);

/**
 * Installs the gateway into `directory` unless what is pinned is there, and returns the path of its program. Needs npm
 * and, the first time, the network.
 * @throws StartError
 */
export async function installGateway(directory: string, say: (text: string) => void): Promise<string> {
  const program = join(directory, 'node_modules', 'openclaw', 'openclaw.mjs');
  if (isInstalled(directory)) return program;
  say(`Installing OpenClaw ${pinnedVersion()} (once, about a minute)`);
  const next = `${directory}.${process.pid}`;
  await rm(next, { recursive: true, force: true });
  await mkdir(next, { recursive: true, mode: 0o700 });
  try {
    await copyFile(pinned('package.json'), join(next, 'package.json'));
    await copyFile(pinned(lockfile), join(next, lockfile));
    await npm(next, ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
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

function pinnedVersion(): string {
  const { packages } = JSON.parse(readFileSync(pinned(lockfile), 'utf8')) as {
    packages: Record<string, { version?: string }>;
  };
  return packages['node_modules/openclaw']?.version ?? '';
}

function isInstalled(directory: string): boolean {
  if (!existsSync(join(directory, 'node_modules', 'openclaw', 'package.json'))) return false;
  const path = join(directory, lockfile);
  return existsSync(path) && readFileSync(path).equals(readFileSync(pinned(lockfile)));
}

/** What npm needs to find its registry and its way there. Keys, passwords and database addresses are not among it. */
const passedOn =
  /^(path|home|user|logname|shell|lang|lc_\w+|tz|te?mp(dir)?|xdg_\w+|(https?|all|no)_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|npm_config_.+)$/i;

async function npm(directory: string, args: string[]): Promise<void> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));
  const child = spawn('npm', args, { cwd: directory, env, stdio: ['ignore', 'ignore', 'pipe'] });
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
