import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where documents are unless DATA_ROOT says it: what images and admins make. */
const usual = '/data';

/**
 * The directory of documents of an installation that names none: the one beside its state once it is there, else /data
 * where that is there, else the one beside, so that documents can be added without being root.
 */
export function chooseDataRoot(home: string, common = usual): string {
  const beside = `${home}-documents`;
  if (existsSync(beside)) return beside;
  return existsSync(common) || !isWritable(dirname(home)) ? common : beside;
}

/** Makes the directory, not those above it: a disk that is not mounted is not replaced by a path. Where it cannot, pages say so. */
export function makeDataRoot(dataRoot: string): void {
  try {
    mkdirSync(dataRoot, { mode: 0o770 });
  } catch {
    // It is there, or an admin has to make it: the page Knowledge says how.
  }
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
