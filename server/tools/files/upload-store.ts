import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, realpath, rename, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { mediaTypeOf } from './media-type.ts';
import { openInside, type Root } from './open-inside.ts';
import type { OpenedPlace } from './open-place.ts';
import { sanitiseFilename, storedNameOf } from './upload-name.ts';

export interface StoredUpload {
  /** Sanitised; what people see. */
  filename: string;
  mediaType: string;
  /** Bytes. */
  size: number;
}

export interface UploadKey {
  workspaceDirectory: string;
  userId: string;
  /** A UUID, or letters, digits and underscores. */
  uploadId: string;
  filename: string;
}

/** Thrown when the stream is longer than allowed; nothing is kept. */
export class UploadTooLarge extends Error {
  override name = 'UploadTooLarge';
}

/**
 * Stores an upload as `<workspace>/uploads/<userId>/<uploadId>-<filename>`, complete and on disk, or not at all.
 * Throws UploadTooLarge above `limitBytes`, the stream's error when it breaks, the signal's reason when aborted.
 */
export async function saveUpload(
  upload: UploadKey & { stream: AsyncIterable<Uint8Array>; limitBytes: number; signal?: AbortSignal },
): Promise<StoredUpload> {
  const filename = sanitiseFilename(upload.filename);
  const name = storedNameOf(upload.uploadId, upload.filename);
  const directory = await ensureOwnDirectory(upload);
  const temporary = join(directory, `.${randomUUID()}.partial`);
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await open(temporary, flags, 0o600);
  try {
    const size = await writeAll(handle, upload);
    const mediaType = await mediaTypeOf(handle, size, filename);
    await handle.sync();
    await handle.close();
    await rename(temporary, join(directory, name));
    await syncDirectory(directory);
    return { filename, mediaType, size };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** Opens a stored upload of this user. Throws OpenFailure (`missing`, …). The caller closes the handle or ends the stream. */
export async function openUpload(key: UploadKey): Promise<OpenedPlace & { stream(): Readable }> {
  const root = uploadsRoot(key);
  const segments = [storedNameOf(key.uploadId, key.filename)];
  const opened = await openInside({ root, roots: [root], segments, kind: 'file' });
  return { ...opened, segments, virtualPath: virtualUploadPath(key), stream: () => opened.handle.createReadStream() };
}

/** Removes a stored upload; one that is gone already is no error. */
export async function deleteUpload(key: UploadKey): Promise<void> {
  const directory = await ensureOwnDirectory(key);
  await unlink(join(directory, storedNameOf(key.uploadId, key.filename))).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** Where the tools find this upload; tell it to the model together with the message. */
export function virtualUploadPath(key: Pick<UploadKey, 'uploadId' | 'filename'>): string {
  return `/workspace/uploads/${storedNameOf(key.uploadId, key.filename)}`;
}

function uploadsRoot({ workspaceDirectory, userId }: Pick<UploadKey, 'workspaceDirectory' | 'userId'>): Root {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(userId)) throw new Error('A user id that cannot name a directory.');
  return {
    virtualPath: '/workspace/uploads',
    anchor: workspaceDirectory,
    below: ['uploads', userId],
    linksTo: 'uploads',
  };
}

async function ensureOwnDirectory(key: UploadKey): Promise<string> {
  const root = uploadsRoot(key);
  await mkdir(join(root.anchor, ...root.below), { recursive: true, mode: 0o700 });
  const directory = join(await realpath(root.anchor), ...root.below);
  if ((await realpath(directory)) !== directory) throw new Error('The uploads directory must not be a link.');
  return directory;
}

async function writeAll(
  handle: FileHandle,
  { stream, limitBytes, signal }: { stream: AsyncIterable<Uint8Array>; limitBytes: number; signal?: AbortSignal },
): Promise<number> {
  let size = 0;
  for await (const chunk of stream) {
    signal?.throwIfAborted();
    size += chunk.byteLength;
    if (size > limitBytes) throw new UploadTooLarge(`The file is larger than ${limitBytes} bytes.`);
    for (let written = 0; written < chunk.byteLength;) {
      written += (await handle.write(chunk, written, chunk.byteLength - written)).bytesWritten;
    }
  }
  signal?.throwIfAborted();
  return size;
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY | constants.O_DIRECTORY);
  await handle.sync().finally(() => handle.close());
}
