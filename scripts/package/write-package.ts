import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { PackageEntry } from './contents.ts';

const modeOf = (entry: PackageEntry): number => ('source' in entry && entry.executable ? 0o755 : 0o644);

/**
 * Writes a .tar.gz with everything below one directory, and its SHA-256 beside it. The same entries and date give the
 * same bytes: no owner, no time and no order of this machine goes into them.
 */
export async function writePackage(
  path: string,
  entries: PackageEntry[],
  { directory, date }: { directory: string; date: Date },
): Promise<void> {
  const draft = `${path}.${process.pid}.partial`;
  try {
    const tar = pack();
    const written = pipeline(tar, createGzip(), createWriteStream(draft));
    await Promise.all([addAll(tar, entries, directory, date), written]);
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  await writeFile(`${path}.sha256`, `${hash.digest('hex')}  ${basename(path)}\n`);
}

async function addAll(tar: Pack, entries: PackageEntry[], directory: string, mtime: Date): Promise<void> {
  for (const entry of entries) {
    const name = `${directory}/${entry.path}`;
    if ('link' in entry) await add(tar, { name, mtime, type: 'symlink', linkname: entry.link });
    else await add(tar, { name, mtime, mode: modeOf(entry) }, await contentOf(entry));
  }
  tar.finalize();
}

function add(tar: Pack, header: Parameters<Pack['entry']>[0], content?: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve());
    if (content) tar.entry(header, content, done);
    else tar.entry(header, done);
  });
}

async function contentOf(entry: Exclude<PackageEntry, { link: string }>): Promise<Buffer> {
  return 'source' in entry ? readFile(entry.source) : Buffer.from(entry.content);
}

/** The same entries as files below a directory that must not exist yet, for the container image. */
export async function writeUnpacked(directory: string, entries: PackageEntry[]): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await mkdir(directory);
  for (const entry of entries) {
    const path = join(directory, entry.path);
    await mkdir(dirname(path), { recursive: true });
    if ('link' in entry) await symlink(entry.link, path);
    else if ('source' in entry) await copyFile(entry.source, path);
    else await writeFile(path, entry.content);
    if (!('link' in entry)) await chmod(path, modeOf(entry));
  }
}
