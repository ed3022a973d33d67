import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pipeline as connect } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, type ExtractEvents, type Pack, pack } from 'tar-stream';
import { StartError } from '../../platform/errors.ts';

export type Entry = ExtractEvents['entry'][1];

export interface ArchiveWriter {
  add(name: string, content: string | Buffer): Promise<void>;
  /** Streams a file; it must have exactly this many bytes. */
  addFile(name: string, path: string, size: number): Promise<void>;
}

/** Writes a .tar.gz that only its owner can read, complete and on disk or not at all. @throws StartError */
export async function writeArchive(path: string, fill: (archive: ArchiveWriter) => Promise<void>): Promise<void> {
  if (await exists(path)) throw new StartError(`${path} exists already: choose another name for the backup.`);
  const draft = `${path}.${randomBytes(4).toString('hex')}.partial`;
  const file = await open(draft, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    const directory = dirname(path);
    throw new StartError(
      error.code === 'ENOENT'
        ? `The backup cannot be written: there is no directory ${directory}. Make it, or choose another one.`
        : `The backup cannot be written to ${directory} (${error.code}).`,
    );
  });
  const tar = pack();
  const written = pipeline(tar, createGzip(), createWriteStream(draft, { fd: file.fd, autoClose: false }));
  try {
    // Whatever breaks first ends the other: a full disk must not leave `fill` waiting for room.
    await Promise.all([fillAndEnd(tar, fill), written]);
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (error) {
    tar.destroy();
    await written.catch(() => undefined);
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EIO') throw new StartError(`The backup cannot be written to ${path} (${code}).`);
    throw error;
  }
}

async function fillAndEnd(tar: Pack, fill: (archive: ArchiveWriter) => Promise<void>): Promise<void> {
  await fill({
    add: (name, content) => {
      const bytes = Buffer.from(content as string);
      return addEntry(tar, { name, size: bytes.length }, [bytes]);
    },
    // Up to the size it had when it was listed, should it grow meanwhile.
    addFile: (name, path, size) =>
      addEntry(tar, { name, size }, size > 0 ? createReadStream(path, { end: size - 1 }) : []),
  });
  tar.finalize();
}

async function addEntry(
  tar: Pack,
  header: { name: string; size: number },
  content: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
  const closed = Promise.withResolvers<never>();
  closed.promise.catch(() => undefined);
  const close = () => closed.reject(new Error('The archive was closed.'));
  tar.once('close', close);
  try {
    const done = Promise.withResolvers<void>();
    done.promise.catch(() => undefined);
    const entry = tar.entry({ ...header, mode: 0o600, mtime: new Date() }, (error) =>
      error ? done.reject(error) : done.resolve(),
    );
    for await (const chunk of content) {
      if (entry.write(chunk)) continue;
      await Promise.race([new Promise((resolve) => entry.once('drain', () => resolve(undefined))), closed.promise]);
    }
    entry.end(undefined);
    await Promise.race([done.promise, closed.promise]);
  } finally {
    tar.off('close', close);
  }
}

/**
 * The entries of a .tar.gz one after the other; each must be read, or skipped with `resume()`, before the next comes.
 * Reading throws when the archive is damaged or ends too early.
 */
export async function* readArchive(path: string): AsyncGenerator<Entry> {
  const tar = extract();
  let fault: Error | null | undefined;
  connect(createReadStream(path), createGunzip(), tar, (error) => (fault = error));
  try {
    for await (const entry of tar) yield entry;
  } catch (error) {
    throw fault ?? error;
  } finally {
    tar.destroy();
  }
}

export const damaged = (path: string): string => `${path} is not a backup of Pinchy, or it is damaged or incomplete.`;

export async function readText(entry: Entry): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
