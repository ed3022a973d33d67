import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql } from 'drizzle-orm';
import { readConfig } from '../../config.ts';
import { migrate } from '../../db/migrate.ts';
import { StartError } from '../../platform/errors.ts';
import { createQuietServices, type OpenDatabase, openDatabase, withClient } from '../open-database.ts';
import { anchorName, type Manifest, secretFiles } from './backup-format.ts';
import { checkArchive } from './check-archive.ts';
import { examineTarget, loadDatabase } from './restore-database.ts';
import { stageFiles } from './restore-files.ts';
import { systemAuthority } from '../../db/authority.ts';

export interface RestoreResult {
  createdAt: string;
  auditEntries: number;
  /** False when the trail in the backup was tampered with; it is restored all the same. */
  auditValid: boolean;
}

/**
 * Puts a backup in the place of what an installation holds, the database's part and the files' together or neither.
 * Then records the restore and takes the restored audit trail for the true one.
 */
export async function restoreBackup(options: {
  environment: NodeJS.ProcessEnv;
  file: string;
  /** Asked before anything is replaced. */
  confirm: (question: string) => Promise<boolean>;
}): Promise<RestoreResult> {
  const { environment, confirm } = options;
  const file = resolve(options.file);
  const { manifest, secrets } = await checkArchive(file);
  requireSameSecrets(environment, secrets);
  const database = await openDatabase(environment);
  try {
    const replaced = await readFile(join(database.config.home, anchorName), 'utf8').catch(() => undefined);
    await withClient(database.databaseUrl, async (client) => {
      const { isInUse } = await examineTarget(client);
      if (isInUse && !(await confirm(question(manifest)))) throw new StartError('Nothing was restored.');
      const files = await stageFiles(file, database.config.home);
      try {
        await client.query('begin');
        await loadDatabase(client, file, manifest);
        await files.swap();
        await client.query('commit');
      } catch (error) {
        await files.swapBack();
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        await files.discard();
      }
    });
    await migrate(database.databaseUrl);
    return await recordRestore(environment, database, { manifest, replaced });
  } finally {
    await database.close();
  }
}

const question = ({ createdAt }: Manifest) =>
  `This replaces everything in this installation by the backup of ${createdAt.slice(0, 16).replace('T', ' ')} UTC.`;

/** A secret that the environment sets would win over the restored one, and nothing encrypted could be read. */
function requireSameSecrets(environment: NodeJS.ProcessEnv, secrets: Map<string, string>): void {
  for (const { variable, name } of secretFiles) {
    if (!environment[variable] || environment[variable] === secrets.get(name)) continue;
    throw new StartError(
      `The backup was made with another ${variable} than the environment sets: unset it, or set the one from then.`,
    );
  }
}

async function recordRestore(
  environment: NodeJS.ProcessEnv,
  { databaseUrl }: OpenDatabase,
  { manifest, replaced }: { manifest: Manifest; replaced: string | undefined },
): Promise<RestoreResult> {
  // Read again: the secrets are the backup's now.
  const services = await createQuietServices({ config: readConfig(environment), databaseUrl });
  try {
    const { audit, signals } = services;
    await audit.open();
    const { valid, totalChecked } = await audit.verify({ atRest: true });
    await signals.transaction(systemAuthority, async (tx) => {
      const counted = await tx.execute<{ count: number }>(sql`select count(*)::int as count from audit_entries`);
      await audit.record(tx, {
        eventType: 'audit.restored',
        actor: { type: 'system' },
        outcome: valid ? 'success' : 'failure',
        error: valid ? undefined : 'The restored audit trail does not verify.',
        detail: {
          entries: counted.rows[0]?.count ?? 0,
          backupCreatedAt: manifest.createdAt,
          // What the trail that was replaced had come to, should somebody restore to be rid of it.
          ...(replaced !== undefined && { replacedAnchor: replaced.slice(0, 1_000) }),
        },
      });
    });
    await audit.acceptRestoredTrail();
    return { createdAt: manifest.createdAt, auditEntries: totalChecked, auditValid: valid };
  } finally {
    await services.stop();
  }
}
