import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { invalidField } from '../../platform/errors.ts';

let commonPasswords: Set<string> | undefined;

/**
 * Refuses passwords on a list of some 49,000 that attackers try first.
 * @throws AppError 400 on `field`
 */
export async function requireUncommonPassword(password: string, field: string): Promise<void> {
  if (!commonPasswords) {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    commonPasswords = new Set(dictionary['passwords-common'] as string[]);
  }
  if (commonPasswords.has(password.toLowerCase())) {
    throw invalidField(field, 'This password is on the lists that attackers try first. Choose another one.');
  }
}

export { hashPassword, verifyPassword };
