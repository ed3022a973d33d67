import { availableParallelism } from 'node:os';
import { passwordProblem } from '../../../contract/password.ts';
import * as crypto from 'better-auth/crypto';
import { LRUCache } from 'lru-cache';
import { type Asker, askerKey } from '../../http/asker.ts';
import { invalidField } from '../../platform/errors.ts';
import { createFairQueue } from '../../platform/fair-queue.ts';

/**
 * One for the process, whose processors it shares out: one stays free for everything else, and one of Node's four threads
 * for files and names.
 */
export const hashingQueue = createFairQueue({
  name: 'hashing',
  running: Math.min(3, Math.max(1, availableParallelism() - 1)),
  waitingPerKey: 250,
  waiting: 2_000,
  refusal: 'Too many people are signing in at the moment. Wait a moment, then try again.',
});

/**
 * Runs work that hashes a password, in its turn: a hash takes a processor for tens of milliseconds, and a crowd that
 * signs in must leave processors, database connections and the next turn to everybody else. Not to be called within a
 * transaction or within such work: its turn may never come.
 */
export const inHashingTurn = <Value>(asker: Asker, work: () => Promise<Value>): Promise<Value> =>
  hashingQueue.run({ key: hashingKey(asker), signal: asker.signal }, work);

/** So many wrong passwords, each within a minute of the one before, are guesses. */
const minGuesses = 3;
const guessing = 'addresses that guess';
const wrongPasswords = new LRUCache<string, number>({ max: 10_000, ttl: 60_000 });

/** All addresses that guess have one turn together, however many they are; whoever knows their password has one of their own. */
function hashingKey(asker: Asker): string {
  const key = askerKey(asker);
  return (wrongPasswords.get(key) ?? 0) < minGuesses ? key : guessing;
}

export function noteWrongPassword(asker: Asker): void {
  const key = askerKey(asker);
  const count = (wrongPasswords.get(key) ?? 0) + 1;
  wrongPasswords.set(key, count);
  // What it had waiting before it was found out waits with the rest.
  if (count === minGuesses) hashingQueue.move(key, guessing);
}

export const hashPassword = (password: string, asker: Asker): Promise<string> =>
  inHashingTurn(asker, () => crypto.hashPassword(password));

export const verifyPassword = (attempt: { hash: string; password: string }, asker: Asker): Promise<boolean> =>
  inHashingTurn(asker, () => crypto.verifyPassword(attempt));

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
  if (passwordProblem(password, commonPasswords) === 'common') {
    throw invalidField(field, 'This password is on the lists that attackers try first. Choose another one.');
  }
}
