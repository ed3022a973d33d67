import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { issueLicence, type LicenceTerms, makeLicenceKeys } from '../features/licence/issue-licence.ts';
import { StartError } from '../platform/errors.ts';

/** Prints a key pair, or writes it into a directory where nothing is overwritten. */
export async function keygen(options: { out?: string }): Promise<string> {
  const { privateKey, publicKey } = makeLicenceKeys();
  if (options.out === undefined) return privateKey + publicKey;
  const paths = [join(options.out, 'license-private.pem'), join(options.out, 'license-public.pem')] as const;
  try {
    await writeFile(paths[0], privateKey, { flag: 'wx', mode: 0o600 });
    await writeFile(paths[1], publicKey, { flag: 'wx', mode: 0o644 });
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    throw new StartError(`${path} cannot be written (${code}); no key there is ever overwritten.`);
  }
  return `${paths[0]}  keep it secret: it signs licence keys\n${paths[1]}  for PINCHY_LICENSE_PUBLIC_KEY\n`;
}

/** Signs a licence key with the private key of a file, or of standard input. */
export async function issue(options: LicenceTerms & { privateKey?: string }): Promise<string> {
  const { privateKey: file, ...terms } = options;
  const pem = await (file === undefined ? text(process.stdin) : readFile(file, 'utf8')).catch(
    (error: NodeJS.ErrnoException) => {
      throw new StartError(`The private key ${file} cannot be read (${error.code}).`);
    },
  );
  // What keygen prints may be kept in one file.
  const [privatePart = ''] = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/.exec(pem) ?? [];
  try {
    return `${await issueLicence(privatePart, terms)}\n`;
  } catch {
    throw new StartError(`${file ?? 'Standard input'} holds no private Ed25519 key in PEM (make one with keygen).`);
  }
}
