import type { Services } from '../../services.ts';
import { findLastBackup } from '../../features/overview/overview.queries.ts';
import { type Finding, formatAge, notice, well, wrong } from './finding.ts';
import { counted } from '../../platform/counted.ts';

/** A trail of millions of entries takes longer; the server verifies it every six hours anyway. */
const verifyTimeoutMs = 60_000;
const oldBackupMs = 7 * 24 * 60 * 60_000;

export async function examineTrail({ audit }: Services): Promise<Finding[]> {
  const about = 'Audit trail';
  const signal = AbortSignal.timeout(verifyTimeoutMs);
  try {
    const { valid, totalChecked, invalidIds, missing, problems } = await audit.verify({ signal });
    if (valid) return [well(about, `Verified, ${counted(totalChecked, 'entry', 'entries')}.`)];
    const lost = missing.reduce((sum, gap) => sum + gap.count, 0);
    const says = `Does not verify: ${invalidIds.length} changed, ${lost} missing, other problems: ${problems.length}.`;
    return [wrong(about, says, 'See Audit in the web app for what was changed, and who may write to the database.')];
  } catch (error) {
    if (!signal.aborted) throw error;
    const next = 'Verify it under Audit in the web app.';
    return [notice(about, `Too long to be verified within ${verifyTimeoutMs / 1_000} seconds.`, next)];
  }
}

export async function examineBackups({ database }: Services): Promise<Finding[]> {
  const about = 'Backup';
  const last = await findLastBackup(database.db);
  const next = 'Run pinchy backup <file>, and let a timer do it every night.';
  if (!last) return [notice(about, 'None was made yet.', next)];
  const age = Date.now() - last.getTime();
  const says = `The last one was made ${formatAge(age)} ago.`;
  return [age > oldBackupMs ? notice(about, says, next) : well(about, says)];
}
