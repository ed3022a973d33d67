import type { AuditVerification } from '../../contract/audit.ts';
import { addEntry } from './checkpoint.ts';
import type { Coverage, OpenCheckpoint } from './coverage.ts';
import type { ChainVerification } from './verify-chain.ts';
import { counted } from '../platform/counted.ts';

/** An entry of either format, and whether it is what was signed. */
export interface CheckedEntry {
  id: number;
  rowHmac: Buffer;
  keyId: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  /** Undefined when its key is not there: nobody can say. */
  holds: boolean | undefined;
  /** It was carried over from the earlier format, and did not hold then. */
  unproven: boolean;
  /** Personal values that are gone without a mark of their erasure. */
  lostValues: number;
  /** What the verification of the trail of the earlier format found, where this is the entry that tells. */
  carriedOver?: CarriedOver | undefined;
  /** It tells of so many entries that were gone before they were sealed. */
  lostEntries?: number;
}

export type CarriedOver = Pick<AuditVerification, 'valid' | 'missing' | 'problems'>;

/** How many broken entries, gaps or problems an answer lists. */
const listLimit = 10_000;

export interface Tally {
  /** The next entry in the order of ids. */
  check(entry: CheckedEntry, coverage: Coverage): void;
  /** So many sealed entries are gone after the last one checked. */
  skip(count: number): void;
  checked(): number;
  finish(problems: string[]): AuditVerification;
}

/** Counts what the walk over the entries finds. */
export function createTally(
  chain: ChainVerification,
  scope: {
    fromId: number;
    toId: number;
    /** The last entry before the range. */
    idBefore: number | null;
    /** Entries from before this moment must be sealed. */
    sealedBefore: number;
  },
): Tally {
  const { fromId, toId, sealedBefore } = scope;
  const { cutAnchor } = chain;
  const invalidIds: number[] = [];
  const missing: AuditVerification['missing'] = [];
  const wrongCheckpoints: number[] = [];
  const unknownKeys = new Map<string, number>();
  /** Entries without a checkpoint that should have one. */
  const waiting = { count: 0, firstId: 0 };
  const lost = { count: 0, firstId: 0 };
  const lostUnsealed = { count: 0, firstId: 0 };
  const violations: CarriedOver[] = [];
  const anchored = { present: 0, lastId: null as number | null };
  let previousId = scope.idBefore;
  let checked = 0;
  let invalid = 0;
  let unsealed = 0;
  let gaps = 0;

  function skip(count: number): void {
    if (count === 0) return;
    const last = missing.at(-1);
    if (last && last.afterId === previousId) last.count += count;
    else if ((gaps += 1) <= listLimit) missing.push({ afterId: previousId, count });
  }

  function check(entry: CheckedEntry, coverage: Coverage): void {
    const { id, keyId, holds, unproven, lostValues, carriedOver, lostEntries = 0 } = entry;
    const { skipped, checkpoints } = coverage.advanceTo(id);
    skip(skipped);
    // Without the key nobody can say; that is reported apart, and the entry is there.
    const genuine = holds !== false;
    if (holds === undefined) unknownKeys.set(keyId, (unknownKeys.get(keyId) ?? 0) + 1);
    if ((!genuine || unproven) && (invalid += 1) <= listLimit) invalidIds.push(id);
    if (lostValues > 0) note(lost, id, lostValues);
    if (lostEntries > 0) note(lostUnsealed, id, lostEntries);
    if (carriedOver && !carriedOver.valid) violations.push(carriedOver);
    const isCovered = checkpoints.length > 0;
    for (const checkpoint of checkpoints) checkCovered(checkpoint, { id, hmac: entry.rowHmac, holds: holds === true });
    if (!isCovered && genuine) checkUncovered(entry);
    else if (!isCovered) unsealed += 1;
    if (cutAnchor && id <= cutAnchor.lastId && (isCovered || genuine)) {
      anchored.present += 1;
      anchored.lastId = id;
    }
    previousId = id;
    checked += 1;
  }

  function checkCovered(checkpoint: OpenCheckpoint, entry: { id: number; hmac: Buffer; holds: boolean }): void {
    addEntry(checkpoint.hash, entry.id, entry.hmac);
    if (!entry.holds) checkpoint.whole = false;
    if (checkpoint.open > 0 || !checkpoint.whole) return;
    if (!checkpoint.hash.digest().equals(checkpoint.sealedHash)) wrongCheckpoints.push(checkpoint.sequence);
  }

  function checkUncovered({ id, timestamp }: CheckedEntry): void {
    const spans = chain.gaps.filter(({ firstId, lastId }) => id >= firstId && id <= lastId);
    const gap = spans.find(({ found, sealed }) => found < sealed) ?? spans[0];
    if (gap) {
      gap.found += 1;
      return;
    }
    unsealed += 1;
    if (timestamp < sealedBefore) note(waiting, id, 1);
  }

  /** What was cut off together with its checkpoints: the anchor knows how many entries there were. */
  function missingFromAnchor(): AuditVerification['missing'] {
    if (!cutAnchor || fromId > 1 || toId < cutAnchor.lastId) return [];
    const known = missing
      .filter(({ afterId }) => (afterId ?? 0) < cutAnchor.lastId)
      .reduce((sum, { count }) => sum + count, 0);
    const count = cutAnchor.total - anchored.present - known;
    return count > 0 ? [{ afterId: anchored.lastId, count }] : [];
  }

  function finish(problems: string[]): AuditVerification {
    for (const { afterId, lastId, sealed, found } of chain.gaps) {
      if (lastId < fromId || (afterId ?? 0) >= toId || sealed <= found) continue;
      missing.push({ afterId, count: sealed - found });
    }
    missing.push(...missingFromAnchor(), ...violations.flatMap((carried) => carried.missing));
    missing.sort((left, right) => (left.afterId ?? -1) - (right.afterId ?? -1));
    for (const [keyId, count] of unknownKeys) {
      problems.push(`${entriesAre(count)} signed with the key "${keyId}", which this server does not have.`);
    }
    for (const sequence of wrongCheckpoints) {
      problems.push(`The entries of checkpoint ${sequence} are not those it sealed.`);
    }
    if (waiting.count > 0) {
      problems.push(
        `${entries(waiting.count)} waited for more than a minute and ${waiting.count === 1 ? 'is' : 'are'} not sealed, the first is ${waiting.firstId}.`,
      );
    }
    if (lost.count > 0) {
      problems.push(
        `${lost.count} personal ${lost.count === 1 ? 'value is' : 'values are'} gone without having been erased, the first of entry ${lost.firstId}.`,
      );
    }
    if (lostUnsealed.count > 0) {
      problems.push(
        `${entriesAre(lostUnsealed.count)} gone that had been written, before any checkpoint sealed them, as entry ${lostUnsealed.firstId} tells.`,
      );
    }
    for (const carried of violations) {
      problems.push('The trail of the earlier format did not verify when it was carried over.', ...carried.problems);
    }
    if (invalid > listLimit) problems.push(`${invalid} entries are invalid; the first ${listLimit} are listed.`);
    if (gaps > listLimit) problems.push(`There are ${gaps} gaps; the first ${listLimit} are listed.`);
    return {
      valid: invalid === 0 && missing.length === 0 && problems.length === 0,
      totalChecked: checked,
      invalidIds,
      missing,
      sealedThrough: chain.sealedThrough,
      unsealed,
      problems: problems.slice(0, listLimit),
    };
  }

  return { check, skip, checked: () => checked, finish };
}

const entries = (count: number): string => counted(count, 'entry', 'entries');
const entriesAre = (count: number): string => `${entries(count)} ${count === 1 ? 'is' : 'are'}`;

function note(finding: { count: number; firstId: number }, id: number, count: number): void {
  if (finding.count === 0) finding.firstId = id;
  finding.count += count;
}
