import { invalidField } from '../../platform/errors.ts';
import { safeName } from '../../tools/files/upload-name.ts';
import { shown, splitPath } from '../../tools/files/virtual-path.ts';

/** Bytes of one name; common file systems take 255. */
const maxNameBytes = 240;
/** Of a document below the directory that it is dropped into. */
const maxDepth = 20;

/**
 * The names on the way to a document, from what its form calls it: `2026/Leave policy.pdf` keeps its directory.
 * @throws AppError 400 for a path that climbs or starts at the root
 */
export function relativeNames(filename: string): string[] {
  const parts = filename.split('/');
  if (parts.length > maxDepth) throw invalidField('file', `A path below the directory has at most ${maxDepth} names.`);
  if (parts.some((part) => /^\s*\.{1,2}\s*$/.test(part)) || filename.startsWith('/')) {
    throw invalidField('file', `${shown(filename)} leads out of the directory. Give a path below it.`);
  }
  return parts.map((part, index) => {
    const name = safeName(part, maxNameBytes);
    if (name !== undefined) return name;
    if (index === parts.length - 1) return 'document';
    throw invalidField('file', `${shown(filename)} has a directory without a name.`);
  });
}

/**
 * The names below the data root of a path that must be there already, such as `/data/hr/2026`.
 * @throws AppError 400
 */
export function namesBelowData(path: string, field: string): string[] {
  const names = splitPath(path);
  if (path.includes('\0') || path.split('/').includes('..') || !/^\/data(\/|$)/.test(path)) {
    throw invalidField(field, `${shown(path)} is not a path below /data/.`);
  }
  if (names.some((name) => name.startsWith('.'))) throw invalidField(field, `${shown(path)} is hidden.`);
  return names.slice(1);
}

/** What cannot be told apart where upper and lower case, or composed and decomposed letters, are the same. */
export const foldName = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC');

export const virtualPathOf = (names: readonly string[]): string => ['/data', ...names].join('/');

/** @throws AppError 400 for a name that could not be kept as it is */
export function requireDirectoryName(name: string): string {
  const safe = safeName(name, maxNameBytes);
  if (safe === name.normalize('NFC')) return safe;
  const instead = safe === undefined ? '' : ` “${safe}” can.`;
  throw invalidField('path', `${shown(name)} cannot be the name of a directory.${instead}`);
}
