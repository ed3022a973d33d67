import { access, constants, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { secretFiles } from '../backup/backup-format.ts';
import { type Finding, formatBytes, notice, well, wrong } from './finding.ts';
import { counted } from '../../platform/counted.ts';

/** With less PostgreSQL may stop in the middle of a write. */
const minFreeBytes = 500e6;
const littleFreeBytes = 2e9;
const littleMemoryBytes = 300e6;

export async function examineMachine({ home, dataRoot }: { home: string; dataRoot: string }): Promise<Finding[]> {
  return [await examineDisk(home), examineMemory(), await examineDocuments(dataRoot)];
}

async function examineDisk(home: string): Promise<Finding> {
  const { bavail, blocks, bsize, ffree, files } = await statfs(home);
  const free = bavail * bsize;
  const says = `${formatBytes(free)} of ${formatBytes(blocks * bsize)} are free where PINCHY_HOME is.`;
  // File systems that make room for names as they need it count none.
  if (files > 0 && ffree < 1_000) {
    return wrong(
      'Disk',
      `${says} It has room for ${counted(ffree, 'more file', 'more files')}.`,
      'Delete files, or move PINCHY_HOME to another disk.',
    );
  }
  const next = 'Make room, or move PINCHY_HOME to a larger disk while Pinchy is stopped.';
  if (free < minFreeBytes) return wrong('Disk', says, next);
  return free < littleFreeBytes ? notice('Disk', says, next) : well('Disk', says);
}

function examineMemory(): Finding {
  const available = process.availableMemory();
  const says = `${formatBytes(available)} of memory are available.`;
  return available < littleMemoryBytes
    ? notice(
        'Memory',
        says,
        'Pinchy with its database takes about 300 MB: stop other programs, or give the machine more.',
      )
    : well('Memory', says);
}

async function examineDocuments(dataRoot: string): Promise<Finding> {
  const readable = await access(dataRoot, constants.R_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  return readable
    ? well('Documents', 'DATA_ROOT can be read.')
    : notice(
        'Documents',
        'DATA_ROOT cannot be read, so agents have no documents.',
        'Set DATA_ROOT to the directory above those that agents may read.',
      );
}

/** Variables whose secret is neither set nor kept, though an installation is there; a start would make a new one. */
export async function findMissingSecrets(home: string, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const missing: string[] = [];
  for (const { variable, name } of secretFiles) {
    if (environment[variable]) continue;
    if (!(await stat(join(home, 'secrets', name)).catch(() => undefined))) missing.push(variable);
  }
  return missing;
}

/** Whether somebody else of this machine can read a kept secret. */
export async function areSecretsOpen(home: string): Promise<boolean> {
  const found = await Promise.all(
    secretFiles.map(({ name }) => stat(join(home, 'secrets', name)).catch(() => undefined)),
  );
  return found.some((file) => file !== undefined && (file.mode & 0o077) !== 0);
}
