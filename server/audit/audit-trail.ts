import { referToEmail, type EmailReference } from './email-reference.ts';
import type { AuditKeys } from './keys.ts';
import { createRecorder, type RecordAudit } from './record.ts';

export interface AuditTrailOptions {
  keys: AuditKeys;
  /** Keys the hashes of e-mail addresses; must stay the same for as long as they shall compare. */
  redactionKey: string;
}

export interface AuditTrail {
  record: RecordAudit;
  /** An e-mail address as it may stand in an event's detail. */
  emailReference(email: string): EmailReference;
}

export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  return {
    record: createRecorder(options),
    emailReference: (email) => referToEmail(options.redactionKey, email),
  };
}
