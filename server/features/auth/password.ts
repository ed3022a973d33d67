import { availableParallelism } from 'node:os';
import * as crypto from 'better-auth/crypto';
import fastq from 'fastq';
import { invalidField } from '../../platform/errors.ts';

/** One of Node's four threads stays free for files and names while passwords are hashed. */
const hashesAtOnce = Math.min(3, availableParallelism());
const queue = fastq.promise((work: () => Promise<unknown>) => work(), hashesAtOnce);

/**
 * Runs work that hashes a password, in its turn: a hash takes a processor for tens of milliseconds, and a crowd that
 * signs in must leave processors and database connections to everybody else. Not to be called within a transaction or
 * within such work: its turn may never come.
 */
export const inHashingTurn = <Value>(work: () => Promise<Value>) => queue.push(work) as Promise<Value>;

export const hashPassword = (password: string): Promise<string> => inHashingTurn(() => crypto.hashPassword(password));

export const verifyPassword = (attempt: { hash: string; password: string }): Promise<boolean> =>
  inHashingTurn(() => crypto.verifyPassword(attempt));

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
