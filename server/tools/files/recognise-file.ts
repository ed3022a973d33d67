import { fileTypeFromBuffer } from 'file-type';
import type { UnreadableCode } from '../../../contract/unreadable-codes.ts';
import { documentKindOf } from './document-kind.ts';
import type { DocumentKind } from './extract/document.ts';
import { looksLikeText } from './text-encoding.ts';
import { textKindOf } from './text-kind.ts';
import { isKnownBinary, unreadableReason } from './unreadable-kind.ts';

/** The images that all providers' models take. */
export const readableImages = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif']);

export type RecognisedFile =
  /** Read by a worker. */
  | { reader: 'document'; kind: DocumentKind }
  /** Looked at by models that see, and what is written in it is recognised. */
  | { reader: 'image'; mediaType: string | undefined }
  | { reader: 'text' }
  /** "is a RAR archive. Ask for …" */
  | { reader: 'none'; reason: string; code: UnreadableCode };

/**
 * What a file really is, by its first bytes (64 kB or all of it); names and endings can lie.
 */
export async function recogniseFile(sample: Buffer, path: string): Promise<RecognisedFile> {
  const kind = documentKindOf(sample, path);
  if (kind && kind !== 'image') return { reader: 'document', kind };
  const mediaType = (await fileTypeFromBuffer(sample).catch(() => undefined))?.mime;
  if (kind === 'image') return { reader: 'image', mediaType };
  const textKind = textKindOf(sample, path);
  if (textKind) return { reader: 'document', kind: textKind };
  if (!isKnownBinary(sample) && looksLikeText(sample)) return { reader: 'text' };
  return { reader: 'none', ...unreadableReason(sample, mediaType) };
}
