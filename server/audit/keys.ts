import { fingerprint } from '../platform/secrets.ts';

/** A signing key. The id is public and stands in each row, so that a rotated key is told from tampering. */
export interface AuditKey {
  /** Such as `fingerprint(secret)`. */
  id: string;
  secret: string;
}

/** The key that signs, and the older ones that still verify. */
export interface AuditKeys {
  current: AuditKey;
  previous?: AuditKey[];
}

export function auditKeysOf({ secret, previousSecrets }: { secret: string; previousSecrets: string[] }): AuditKeys {
  const keyOf = (one: string) => ({ id: fingerprint(one), secret: one });
  return { current: keyOf(secret), previous: previousSecrets.map(keyOf) };
}

export function findSecret(keys: AuditKeys): (keyId: string) => string | undefined {
  const secrets = new Map([...(keys.previous ?? []), keys.current].map(({ id, secret }) => [id, secret]));
  return (keyId) => secrets.get(keyId);
}
