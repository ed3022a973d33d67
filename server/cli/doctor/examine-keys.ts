import type { Config } from '../../config.ts';
import { connectDatabase } from '../../db/client.ts';
import { findKeyFaults } from '../../features/settings/secret-check.ts';
import { areSecretsOpen } from './examine-machine.ts';
import { type Finding, notice, well, wrong } from './finding.ts';

const about = 'Keys';

/** `missing`: variables whose secret nothing holds; in their place `config` has one that was made up. */
export async function examineKeys(databaseUrl: string, config: Config, missing: string[]): Promise<Finding[]> {
  if (missing.length > 0) {
    const next = 'Put PINCHY_HOME/secrets back, from a backup for instance, before you start Pinchy.';
    return [wrong(about, `Neither set nor kept: ${missing.join(', ')}.`, next)];
  }
  const connection = connectDatabase(databaseUrl, { maxConnections: 1 });
  try {
    const faults = await findKeyFaults(connection.db, config);
    if (faults.length > 0) return faults.map(({ says, next }) => wrong(about, says, next));
  } finally {
    await connection.close();
  }
  if (await areSecretsOpen(config.home)) {
    const next = 'Run chmod 700 on PINCHY_HOME/secrets and chmod 600 on the files in it.';
    return [notice(about, 'Others on this machine may read PINCHY_HOME/secrets.', next)];
  }
  return [well(about, 'They are those that the database was written with.')];
}
