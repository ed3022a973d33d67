import { createHash, createHmac, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Recognises a key without revealing it: the first 16 hex digits of an HMAC under the key itself. */
export const fingerprint = (secret: string): string =>
  createHmac('sha256', secret).update('pinchy fingerprint').digest('hex').slice(0, 16);

export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');

/** 32 random bytes in base64url. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/**
 * The secret kept in `<directory>/<name>` (mode 0600), made on first use. Two processes that start at once agree on
 * one: the file is linked into place, which only one of them can do.
 */
export function keepSecret(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, name);
  if (!existsSync(path)) {
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    const file = openSync(draft, 'wx', 0o600);
    writeSync(file, `${randomToken()}\n`);
    fsyncSync(file);
    closeSync(file);
    try {
      linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(path, 'utf8').trim();
}
