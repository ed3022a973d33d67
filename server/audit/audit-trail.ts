import type { Readable } from 'node:stream';
import type { AuditActor } from '../../contract/audit-events.ts';
import type { AuditFilter, AuditVerification } from '../../contract/audit.ts';
import type { WritableDatabase } from '../db/client.ts';
import type { Logger } from '../platform/logger.ts';
import { referToEmail, type EmailReference } from './email-reference.ts';
import { exportEntries } from './export.ts';
import { createIntegrityCheck } from './integrity.ts';
import type { AuditKeys } from './keys.ts';
import { createAuditReader, type AuditReader } from './query.ts';
import { createReadingRecorder } from './reading.ts';
import { createRecorder, type RecordAudit } from './record.ts';
import { createSealer, type Sealer } from './sealer.ts';
import { createVerifier, type VerifyAudit } from './verify.ts';

export interface AuditTrailOptions {
  db: WritableDatabase;
  keys: AuditKeys;
  /** Keys the hashes of e-mail addresses; must stay the same for as long as they shall compare. */
  redactionKey: string;
  /** `audit-anchor.json` in the state directory: the newest checkpoint's head, kept outside the database. */
  anchorPath: string;
  logger: Logger;
}

export interface AuditTrail extends Sealer, Pick<AuditReader, 'list' | 'eventTypes'> {
  record: RecordAudit;
  /** An e-mail address as it may stand in an event's detail. */
  emailReference(email: string): EmailReference;
  verify: VerifyAudit;
  /** Verifies, records `audit.integrity_check`, and reports a violation on stderr and in the log. */
  integrityCheck(signal?: AbortSignal): Promise<AuditVerification>;
  exportCsv(filter: AuditFilter): Readable;
  /** Call it whenever somebody reads the trail: recorded once per actor and hour. */
  recordReading(actor: AuditActor): Promise<void>;
}

export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  const { db, logger } = options;
  const record = createRecorder(options);
  const verify = createVerifier(options);
  const reader = createAuditReader(db);
  return {
    ...createSealer(options),
    record,
    emailReference: (email) => referToEmail(options.redactionKey, email),
    verify,
    integrityCheck: createIntegrityCheck({ db, record, verify, logger }),
    list: reader.list,
    eventTypes: reader.eventTypes,
    exportCsv: (filter) => exportEntries(reader, filter),
    recordReading: createReadingRecorder(db, record),
  };
}
