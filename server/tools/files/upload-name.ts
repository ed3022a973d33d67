const uploadId = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_]{1,64})$/;
const storedName = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_]{1,64})-(?<filename>.+)$/s;

/** Longest stored filename in bytes; with the id before it, it stays below the 255 bytes of common file systems. */
const maxFilenameLength = 150;

/** The name on disk: `<upload-id>-<filename>`. Throws on an id that is neither a UUID nor letters, digits and `_`. */
export function storedNameOf(id: string, filename: string): string {
  if (!uploadId.test(id)) throw new Error('An upload id must be a UUID, or letters, digits and underscores.');
  return `${id}-${sanitiseFilename(filename)}`;
}

export function filenameOfStored(name: string): string | undefined {
  return storedName.exec(name)?.groups?.filename;
}

/** A name safe on disk, in a header and in a listing: no directories, control or direction characters, nothing hidden. */
export const sanitiseFilename = (filename: string): string =>
  safeName(filename.split('/').at(-1) ?? '', maxFilenameLength) ?? 'file';

/** The same for one name of a path, cut to so many bytes; undefined when nothing is left of it. */
export function safeName(name: string, maxBytes: number): string | undefined {
  const base = name.toWellFormed().normalize('NFC').split('\\').at(-1) ?? '';
  const clean = base
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+/, '')
    .replace(/(?<![.\s])[.\s]+$/, '');
  if (clean === '') return undefined;
  const extension = /\.[^.\s]{1,16}$/.exec(clean)?.[0] ?? '';
  const stem = clean.slice(0, clean.length - extension.length);
  return cutToBytes(stem, maxBytes - Buffer.byteLength(extension)) + extension;
}

function cutToBytes(text: string, bytes: number): string {
  let length = 0;
  let result = '';
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    result += character;
  }
  return result;
}
