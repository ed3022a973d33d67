import { ToolError, type ToolResult } from '../tool.ts';
import type { ReadRequest } from './read-input.ts';
import { sizeText, nameOf } from './read-text-file.ts';

/** The images that all providers' models take. */
export const readableImages = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

const largestImage = 5 * 1024 * 1024;

export async function readImage({ opened, path }: ReadRequest, mediaType: string): Promise<ToolResult> {
  const { size } = opened.stats;
  if (size > largestImage)
    throw new ToolError(`${path} is an image of ${sizeText(size)}; images can be seen up to 5 MB.`);
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await opened.handle.read(bytes, 0, size, 0);
  return {
    text: `File: ${path} (${mediaType}, ${sizeText(size)}). The image is attached.`,
    summary: `Looked at ${nameOf(path)}`,
    images: [{ mediaType, data: bytes.toString('base64', 0, bytesRead) }],
    audit: { path, bytes: size },
  };
}
