import { createHmac } from 'node:crypto';

/** Without what looks alike: 0 and O, 1, I and L. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const length = 8;

export const pairingSeconds = 600;

/**
 * The code that an account was given at a time: it is not stored, and can be repeated all the same. Nobody works it out
 * without the server's secret.
 */
export function pairingCodeOf(telegramUserId: number, givenAt: Date, secret: string): string {
  const bytes = createHmac('sha256', secret).update(`telegram code ${telegramUserId} ${givenAt.getTime()}`).digest();
  let number = bytes.readBigUInt64BE();
  return Array.from({ length }, () => {
    const character = alphabet[Number(number % BigInt(alphabet.length))];
    number /= BigInt(alphabet.length);
    return character;
  }).join('');
}

/** The code as it was given out, from what a person typed; undefined when it cannot be one. */
export function readPairingCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return code.length === length && [...code].every((character) => alphabet.includes(character)) ? code : undefined;
}

/** What is stored. Keyed, because codes are short enough to be guessed against a plain hash. */
export const hashPairingCode = (code: string, secret: string): string =>
  createHmac('sha256', secret).update(`telegram pairing ${code}`).digest('base64url');
