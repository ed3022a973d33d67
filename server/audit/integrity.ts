import type { AuditVerification } from '../../contract/audit.ts';
import type { WritableDatabase } from '../db/client.ts';
import type { Logger } from '../platform/logger.ts';
import type { RecordAudit } from './record.ts';
import type { VerifyAudit } from './verify.ts';

/** The check that runs every few hours: verifies everything, records the result, and is loud about a violation. */
export function createIntegrityCheck(options: {
  db: WritableDatabase;
  record: RecordAudit;
  verify: VerifyAudit;
  /** Called before: what is unsealed after it stays so. */
  sealAll: () => Promise<unknown>;
  logger: Logger;
  reportViolation?: (message: string) => void;
}): (signal?: AbortSignal) => Promise<AuditVerification> {
  const {
    db,
    record,
    verify,
    sealAll,
    logger,
    reportViolation = (message) => process.stderr.write(`${message}\n`),
  } = options;

  return async function integrityCheck(signal) {
    await sealAll();
    const report = await verify({ signal });
    const { valid, totalChecked, invalidIds } = report;
    const missing = report.missing.reduce((sum, gap) => sum + gap.count, 0);
    if (!valid) {
      const counts = `${invalidIds.length} changed, ${missing} missing, other problems: ${report.problems.length}`;
      reportViolation(`AUDIT TRAIL VIOLATED: ${counts}. ${report.problems.slice(0, 5).join(' ')}`.trim());
      logger.error(
        { ...report, invalidIds: invalidIds.slice(0, 100), missing: report.missing.slice(0, 100) },
        'The audit trail was tampered with.',
      );
    }
    await db.transaction((tx) =>
      record(tx, {
        eventType: 'audit.integrity_check',
        actor: { type: 'system' },
        outcome: valid ? 'success' : 'failure',
        error: valid ? undefined : 'The audit trail does not verify.',
        detail: { valid, totalChecked, invalid: invalidIds.length, missing },
      }),
    );
    return report;
  };
}
