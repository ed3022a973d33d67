import { eq } from 'drizzle-orm';
import type { Config } from '../../config.ts';
import type { DatabaseConnection } from '../../db/client.ts';
import { settings } from '../../db/schema/index.ts';
import { StartError } from '../../platform/errors.ts';
import { fingerprint } from '../../platform/secrets.ts';
import { settingKeys } from './setting-keys.ts';

/**
 * Replicas on one database must share their keys, and a restored database needs the keys it was written with: the
 * first start leaves each key's fingerprint, later ones compare.
 */
export async function requireSameSecrets({ db }: DatabaseConnection, config: Config): Promise<void> {
  await requireSame(settingKeys.encryptionFingerprint, 'ENCRYPTION_KEY', config.encryptionKey);
  await requireSame(settingKeys.authFingerprint, 'BETTER_AUTH_SECRET', config.authSecret);

  await requireKnownAuditKey();

  /** The audit key may be rotated, as long as the former one is still there to verify what it signed. */
  async function requireKnownAuditKey(): Promise<void> {
    const key = settingKeys.auditFingerprint;
    const current = fingerprint(config.audit.secret);
    await db.insert(settings).values({ key, value: current }).onConflictDoNothing();
    const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
    if (row?.value === current) return;
    if (!config.audit.previousSecrets.map(fingerprint).includes(row?.value ?? '')) {
      throw new StartError(
        'The audit trail was signed with another AUDIT_HMAC_SECRET. Start with that one, or name it in AUDIT_HMAC_PREVIOUS_SECRETS to rotate it.',
      );
    }
    await db.update(settings).set({ value: current }).where(eq(settings.key, key));
  }

  async function requireSame(key: string, variable: string, secret: string): Promise<void> {
    const value = fingerprint(secret);
    await db.insert(settings).values({ key, value }).onConflictDoNothing();
    const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
    if (row?.value !== value) {
      throw new StartError(
        `The database was written with another ${variable}. Start Pinchy with the key it was set up with (it is kept in PINCHY_HOME/secrets unless you set it yourself).`,
      );
    }
  }
}
