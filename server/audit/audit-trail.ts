import type { Readable } from 'node:stream';
import type { AuditActor } from '../../contract/audit-events.ts';
import type { AuditFilter, AuditRun, AuditVerification } from '../../contract/audit.ts';
import type { WritableDatabase } from '../db/client.ts';
import type { Logger } from '../platform/logger.ts';
import { type AnchorState, createAnchorKeeper } from './anchor-keeper.ts';
import { carryOver } from './carry-over.ts';
import { referToEmail, type EmailReference } from './email-reference.ts';
import { exportEntries, type PaceBatches } from './export.ts';
import { createIntegrityCheck } from './integrity.ts';
import type { AuditKeys } from './keys.ts';
import { findLastCheck } from './own-entries.ts';
import { createAuditReader, type AuditReader } from './query.ts';
import { createNotedEntries } from './noted-entries.ts';
import { createReadingRecorder } from './reading.ts';
import { findRunStory } from './run-story.ts';
import { createRecorder, type RecordAudit } from './record.ts';
import { findHead, type Head } from './seal.ts';
import { createSealedIdsReader } from './sealed-ids.ts';
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

export interface TrailStatus {
  anchor: AnchorState;
  /** Entries that have waited for their checkpoint for over a minute, and the moment of the oldest. */
  waiting: number;
  waitingSince: string | null;
  /** What the background check last found; null before the first. */
  lastCheck: { at: string; valid: boolean } | null;
}

export interface AuditTrail extends Omit<Sealer, 'findWaiting'>, Pick<AuditReader, 'list' | 'eventTypes'> {
  /**
   * Carries over what an earlier version wrote, and gives an installation that nobody has set up its first anchor. Call
   * it before anything is recorded.
   */
  open(): Promise<void>;
  /** What is known without verifying. */
  status(): Promise<TrailStatus>;
  /** The newest checkpoint of a trail whose anchor is missing, if it is: what an admin acknowledges. */
  findMissingAnchor(): Promise<Pick<Head, 'sequence' | 'total' | 'seal'> | undefined>;
  /** Takes the trail as it is now for the true one. Record `audit.anchor_acknowledged` before. */
  acceptTrail(): Promise<void>;
  record: RecordAudit;
  /** An e-mail address as it may stand in an event's detail. */
  emailReference(email: string): EmailReference;
  verify: VerifyAudit;
  /** Seals what can be sealed first: what is found unsealed and old then is held back. */
  verifyNow: VerifyAudit;
  /** Verifies, records `audit.integrity_check`, and reports a violation on stderr and in the log. */
  integrityCheck(signal?: AbortSignal): Promise<AuditVerification>;
  exportCsv(filter: AuditFilter, pace?: PaceBatches): Readable;
  /** A run with all that the trail has of it; undefined where it has nothing. */
  findRun(runId: string): Promise<AuditRun | undefined>;
  /** Call it whenever somebody reads the trail: recorded once per actor and hour. */
  recordReading(actor: AuditActor): Promise<void>;
}

export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  const { db, keys, logger } = options;
  const readSealedIds = createSealedIdsReader(keys);
  const noted = createNotedEntries(readSealedIds);
  const record = createRecorder({ keys, onRecorded: noted.note });
  const anchors = createAnchorKeeper(options);
  const { findWaiting, ...sealer } = createSealer({ ...options, anchors, readSealedIds, noted, record });
  const verify = createVerifier({ db, keys, inspectAnchor: anchors.inspect });
  const reader = createAuditReader(db);
  const sealEverything = () =>
    sealer
      .sealPending({ fromStart: true })
      .catch((error: unknown) =>
        logger.error({ error }, 'The audit trail could not be sealed before it was verified.'),
      );
  return {
    ...sealer,
    async open() {
      await carryOver({ ...options, record });
      await anchors.begin();
    },
    async status() {
      const [{ state }, { count, since }, lastCheck] = await Promise.all([
        anchors.inspect(),
        findWaiting(),
        findLastCheck(db, keys),
      ]);
      return { anchor: state, waiting: count, waitingSince: since, lastCheck };
    },
    async findMissingAnchor() {
      if ((await anchors.inspect()).state !== 'missing') return undefined;
      const { sequence, total, seal } = (await findHead(db, keys)) ?? { sequence: 0, total: 0, seal: '' };
      return { sequence, total, seal };
    },
    acceptTrail: () => anchors.accept(),
    record,
    emailReference: (email) => referToEmail(options.redactionKey, email),
    verify,
    async verifyNow(verifyOptions) {
      await sealEverything();
      return verify(verifyOptions);
    },
    integrityCheck: createIntegrityCheck({ db, record, verify, sealAll: sealEverything, logger }),
    list: reader.list,
    eventTypes: reader.eventTypes,
    exportCsv: (filter, pace) => exportEntries(reader, filter, pace),
    findRun: (runId) => findRunStory(db, reader, runId),
    recordReading: createReadingRecorder(db, record),
  };
}
