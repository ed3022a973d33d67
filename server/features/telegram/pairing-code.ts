import { createHmac, randomInt } from 'node:crypto';

/** Without what looks alike: 0 and O, 1, I and L. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const length = 8;

export const pairingSeconds = 600;

export const createPairingCode = (): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** The code as it was given out, from what a person typed; undefined when it cannot be one. */
export function readPairingCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return code.length === length && [...code].every((character) => alphabet.includes(character)) ? code : undefined;
}

/** What is stored. Keyed, because codes are short enough to be guessed against a plain hash. */
export const hashPairingCode = (code: string, secret: string): string =>
  createHmac('sha256', secret).update(`telegram pairing ${code}`).digest('base64url');
