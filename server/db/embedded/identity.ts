import { execFile } from 'node:child_process';
import { chown, lstat, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../../platform/errors.ts';

const run = promisify(execFile);

/** Under which user PostgreSQL, which refuses to be root, runs. */
export interface PostgresIdentity {
  /** Put in front of each command. Empty when this process is an ordinary user. */
  commandPrefix: string[];
  /** Who must own the files; undefined when they are ours anyway. */
  owner?: { uid: number; gid: number };
}

/**
 * An ordinary user runs PostgreSQL as itself. Root runs it as the owner of the directory or, where root owns that too,
 * as another user who is allowed to pass parents with mode 0700 (root's home, temporary directories): inside a user
 * namespace where that is allowed, because the files then stay root's, or else as `nobody` with one capability.
 */
export async function choosePostgresIdentity(directory: string, postgres: string): Promise<PostgresIdentity> {
  if (process.getuid?.() !== 0) return { commandPrefix: [] };
  const { uid, gid } = await stat(directory);
  const candidates =
    uid === 0 ? [inUserNamespace(await findNobody()), asUser(await findNobody())] : [asUser({ uid, gid })];
  for (const candidate of candidates) {
    if (await works(candidate, directory, postgres)) return candidate;
  }
  throw new StartError(
    'PostgreSQL refuses to run as root, and neither unshare nor setpriv can run it as somebody else here: ' +
      'start Pinchy as an ordinary user, or set DATABASE_URL.',
  );
}

/** Hands a file or a whole directory to the owner, the top last, so that an interrupted hand-over is repeated. */
export async function handOver(path: string, identity: PostgresIdentity): Promise<void> {
  const { owner } = identity;
  if (!owner) return;
  const entry = await lstat(path);
  if (entry.uid === owner.uid) return;
  if (entry.isDirectory()) for (const name of await readdir(path)) await handOver(join(path, name), identity);
  if (!entry.isSymbolicLink()) await chown(path, owner.uid, owner.gid);
}

function inUserNamespace({ uid, gid }: { uid: number; gid: number }): PostgresIdentity {
  return {
    commandPrefix: ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`],
    owner: { uid: 0, gid: 0 },
  };
}

function asUser({ uid, gid }: { uid: number; gid: number }): PostgresIdentity {
  return {
    commandPrefix: [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
    ],
    owner: { uid, gid },
  };
}

/** initdb looks its user up by id, so it must be one with a name. */
async function findNobody(): Promise<{ uid: number; gid: number }> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(users) ?? [];
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) };
}

async function works(identity: PostgresIdentity, directory: string, postgres: string): Promise<boolean> {
  const [command = '', ...prefix] = identity.commandPrefix;
  // A file of the user's own, made below the directory's parents, and the binary started: all that PostgreSQL needs.
  const script = '[ "$(id -u)" != 0 ] && : > "$1/probe-$$" && rm "$1/probe-$$" && "$2" --version';
  return run(command, [...prefix, 'sh', '-c', script, 'sh', directory, postgres], { cwd: '/' }).then(
    () => true,
    () => false,
  );
}
