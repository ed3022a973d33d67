import type { Config } from '../../config.ts';
import type { Database, OpenDatabase } from '../../db/client.ts';
import { StartError } from '../../platform/errors.ts';
import { fingerprint } from '../../platform/secrets.ts';
import { findSettings, insertMissingSettings, replaceSettingValue } from './setting.queries.ts';
import { settingKeys } from './setting-keys.ts';

export interface KeyFault {
  says: string;
  next: string;
}

/** The fingerprints of this configuration's keys, under the settings that keep those of the first start. */
const fingerprintsOf = (config: Config) => ({
  [settingKeys.encryptionFingerprint]: fingerprint(config.encryptionKey),
  [settingKeys.authFingerprint]: fingerprint(config.authSecret),
  [settingKeys.auditFingerprint]: fingerprint(config.audit.secret),
});

/**
 * Replicas on one database must share their keys, and a restored database needs the keys it was written with: the
 * first start leaves each key's fingerprint, later ones compare.
 */
export async function requireSameSecrets({ db }: OpenDatabase, config: Config): Promise<void> {
  const given = fingerprintsOf(config);
  const rows = Object.entries(given).map(([key, value]) => ({ key, value }));
  await insertMissingSettings(db, rows);
  const [fault] = await findKeyFaults(db, config);
  if (fault) throw new StartError(`${fault.says} ${fault.next}`);
  // The audit key may have been rotated: from now on the new one is expected.
  const key = settingKeys.auditFingerprint;
  await replaceSettingValue(db, key, given[key]);
}

/** Which keys are not those that the database was written with. Changes nothing. */
export async function findKeyFaults(db: Database, config: Config): Promise<KeyFault[]> {
  const given = fingerprintsOf(config);
  const rows = await findSettings(db, Object.keys(given));
  const kept = new Map(rows.map(({ key, value }) => [key, value]));
  const isSame = (key: keyof typeof given) => !kept.has(key) || kept.get(key) === given[key];
  const faults: KeyFault[] = [];
  const mustBeSame = [
    [settingKeys.encryptionFingerprint, 'ENCRYPTION_KEY'],
    [settingKeys.authFingerprint, 'BETTER_AUTH_SECRET'],
  ] as const;
  for (const [key, variable] of mustBeSame) {
    if (isSame(key)) continue;
    faults.push({
      says: `The database was written with another ${variable}.`,
      next: 'Start Pinchy with the key it was set up with (it is kept in PINCHY_HOME/secrets unless you set it yourself).',
    });
  }
  // The audit key may be rotated, as long as the former one is still there to verify what it signed.
  const former = config.audit.previousSecrets.map(fingerprint);
  if (!isSame(settingKeys.auditFingerprint) && !former.includes(kept.get(settingKeys.auditFingerprint) ?? '')) {
    faults.push({
      says: 'The audit trail was signed with another AUDIT_HMAC_SECRET.',
      next: 'Start with that one, or name it in AUDIT_HMAC_PREVIOUS_SECRETS to rotate it.',
    });
  }
  return faults;
}
