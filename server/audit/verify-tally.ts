import type { AuditVerification } from '../../contract/audit.ts';
import { canonicalJson, contentHmac, rowHmac } from './canonical.ts';
import { addEntry } from './checkpoint.ts';
import type { Coverage, OpenCheckpoint } from './coverage.ts';
import type { ChainVerification } from './verify-chain.ts';

export interface EntryRow extends Record<string, unknown> {
  id: string;
  milliseconds: string;
  actor_type: string;
  actor_id: string | null;
  event_type: string;
  resource: string | null;
  outcome: string;
  error: string | null;
  detail: unknown;
  key_id: string;
  row_hmac: Buffer;
  /** It stands in the part of the trail that is sealed already. */
  behind: boolean;
}

/** How many broken entries, gaps or problems an answer lists. */
const listLimit = 10_000;

export interface Tally {
  /** The next entry in the order of ids. */
  check(row: EntryRow, coverage: Coverage): void;
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
    secretOf: (keyId: string) => string | undefined;
  },
): Tally {
  const { fromId, toId, secretOf } = scope;
  const { cutAnchor } = chain;
  const invalidIds: number[] = [];
  const missing: AuditVerification['missing'] = [];
  const wrongCheckpoints: number[] = [];
  const unknownKeys = new Map<string, number>();
  const added = { count: 0, firstId: 0 };
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

  function check(row: EntryRow, coverage: Coverage): void {
    const id = Number(row.id);
    const { skipped, checkpoint } = coverage.take(id);
    skip(skipped);
    const secret = secretOf(row.key_id);
    const holds = secret !== undefined && entryHolds(row, id, secret);
    // Without the key nobody can say; that is reported apart, and the entry is there.
    const genuine = holds || secret === undefined;
    if (secret === undefined) unknownKeys.set(row.key_id, (unknownKeys.get(row.key_id) ?? 0) + 1);
    else if (!holds && (invalid += 1) <= listLimit) invalidIds.push(id);
    if (checkpoint) checkCovered(checkpoint, { id, hmac: row.row_hmac, holds });
    else checkUncovered({ id, behind: row.behind, genuine });
    if (cutAnchor && id <= cutAnchor.lastId && (checkpoint || genuine)) {
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

  function checkUncovered({ id, behind, genuine }: { id: number; behind: boolean; genuine: boolean }): void {
    if (!behind) unsealed += 1;
    if (!genuine) return;
    const spans = chain.gaps.filter(({ firstId, lastId }) => id >= firstId && id <= lastId);
    const gap = spans.find(({ found, sealed }) => found < sealed) ?? spans[0];
    if (gap) gap.found += 1;
    else if (behind && (added.count += 1) === 1) added.firstId = id;
  }

  /** What was cut off together with its checkpoints: the anchor knows how many entries there were. */
  function missingFromAnchor(): AuditVerification['missing'] {
    if (!cutAnchor || fromId > 0 || toId < cutAnchor.lastId) return [];
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
    missing.push(...missingFromAnchor());
    missing.sort((left, right) => (left.afterId ?? -1) - (right.afterId ?? -1));
    for (const [keyId, count] of unknownKeys) {
      problems.push(`${entriesAre(count)} signed with the key "${keyId}", which this server does not have.`);
    }
    for (const sequence of wrongCheckpoints) {
      problems.push(`The entries of checkpoint ${sequence} are not those it sealed.`);
    }
    if (added.count > 0) {
      problems.push(
        `${entriesAre(added.count)} in the sealed part without a checkpoint, the first is ${added.firstId}.`,
      );
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

const entriesAre = (count: number): string => (count === 1 ? '1 entry is' : `${count} entries are`);

function entryHolds(row: EntryRow, id: number, secret: string): boolean {
  const content = contentHmac(secret, {
    timestamp: Number(row.milliseconds),
    actorType: row.actor_type,
    actorId: row.actor_id,
    eventType: row.event_type,
    resource: row.resource,
    outcome: row.outcome,
    error: row.error,
    detail: canonicalJson(row.detail),
    keyId: row.key_id,
  });
  return rowHmac(content, id).equals(row.row_hmac);
}
