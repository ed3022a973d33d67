import { vi } from 'vitest';
import { testPassword } from './test-password.ts';

// Hashing a password takes a fifth of a second of the processor, and nearly every test has people who sign in. The hash
// of the one password they all have is remembered, and where it was found right. Any other password is hashed each time.

vi.mock('better-auth/crypto', async (importOriginal) => {
  const crypto = await importOriginal<typeof import('better-auth/crypto')>();
  let known: Promise<string> | undefined;
  const right = new Set<string>();
  return {
    ...crypto,
    hashPassword: (password: string) =>
      password === testPassword ? (known ??= crypto.hashPassword(password)) : crypto.hashPassword(password),
    async verifyPassword(attempt: { hash: string; password: string }) {
      if (attempt.password === testPassword && right.has(attempt.hash)) return true;
      const isRight = await crypto.verifyPassword(attempt);
      if (isRight && attempt.password === testPassword) right.add(attempt.hash);
      return isRight;
    },
  };
});
