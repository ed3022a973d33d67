import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { ToolError, type ToolResult } from '../tool.ts';
import type { ReadRequest } from './read-input.ts';
import { nameOf } from './read-text-file.ts';
import { sizeText } from './size-text.ts';

export const maxImageBytes = 5 * 1024 * 1024;
const pieceBytes = 256 * 1024;

export async function readImage({ opened, path }: ReadRequest, mediaType: string): Promise<ToolResult> {
  const { size } = opened.stats;
  if (size > maxImageBytes)
    throw new ToolError(`${path} is an image of ${sizeText(size)}; images can be seen up to 5 MB.`);
  return {
    text: `File: ${path} (${mediaType}, ${sizeText(size)}). The image is attached.`,
    summary: `Looked at ${nameOf(path)}`,
    images: [{ mediaType, path: opened.virtualPath, sha256: await digestOf(opened.handle, size), bytes: size }],
    audit: { path, bytes: size },
  };
}

async function digestOf(handle: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(Math.min(pieceBytes, size));
  for (let position = 0; position < size;) {
    const { bytesRead } = await handle.read(piece, 0, Math.min(piece.length, size - position), position);
    if (bytesRead === 0) break;
    hash.update(piece.subarray(0, bytesRead));
    position += bytesRead;
  }
  return hash.digest('hex');
}
