import { sql } from 'drizzle-orm';
import type { Database } from '../db/client.ts';
import { users } from '../db/schema/index.ts';
import type { Logger } from '../platform/logger.ts';
import { type Anchor, findAnchor, firstAnchor, writeAnchor } from './anchor.ts';
import { findCarriedOver, findAcknowledgement } from './own-entries.ts';
import type { AuditKeys } from './keys.ts';
import { findHead, findSeal, type Head } from './seal.ts';
import { counted } from '../platform/counted.ts';

/** Missing: a trail is there and its anchor is not. Contradicted: the database does not lead to it. */
export type AnchorState = 'holds' | 'none' | 'missing' | 'contradicted' | 'unreadable';

export interface AnchorReport {
  state: AnchorState;
  /** What the trail must lead to, as far as this process knows. */
  anchor: Anchor | undefined;
  /** In words, unless all is well. */
  problem: string | undefined;
}

/** Looks after the anchor: writes it as the trail grows, and never over one that tells of something else. */
export interface AnchorKeeper {
  /** Called before anything is sealed: an installation that nobody has set up yet gets its first anchor. */
  begin(): Promise<void>;
  inspect(): Promise<AnchorReport>;
  /**
   * Moves the anchor to the newest checkpoint. Leaves one that is missing, or contradicted, as it is, and says so.
   * Returns false where it is contradicted.
   */
  advance(): Promise<boolean>;
  /** Takes the trail as it is now for the true one, whatever was anchored. */
  accept(): Promise<void>;
}

const logIntervalMs = 60_000;
const missing = (head: Head | undefined) =>
  head
    ? `The anchor outside the database is missing, although the trail has ${counted(head.sequence, 'checkpoint', 'checkpoints')}: its end may have been cut off unnoticed.`
    : 'The anchor outside the database is missing, and so is every checkpoint, although people use this installation.';

export function createAnchorKeeper(options: {
  db: Database;
  keys: AuditKeys;
  anchorPath: string;
  logger: Logger;
}): AnchorKeeper {
  const { db, keys, anchorPath, logger } = options;
  /** What this process saw last: an older anchor in its place, or none, is noticed. */
  let remembered: Anchor | undefined;
  /** Only an acknowledgement that came after this process missed the anchor is one of this loss. */
  let missingSince: number | undefined;
  const loggedAt = { head: -Infinity, problem: -Infinity };

  async function inspect(): Promise<AnchorReport> {
    let file: Anchor | undefined;
    try {
      file = await findAnchor(anchorPath);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return { state: 'unreadable', anchor: remembered, problem };
    }
    // Read after the anchor: checkpoints only grow, so they lead to it at least.
    const head = await findHead(db, keys);
    if (!file) {
      if (!head && !remembered && !(await isSetUp(db))) return { state: 'none', anchor: undefined, problem: undefined };
      // Written for the first time, or by another server, just now?
      if (await findAnchor(anchorPath).catch(() => undefined)) return inspect();
      missingSince ??= Date.now();
      return { state: 'missing', anchor: remembered, problem: missing(head) };
    }
    missingSince = undefined;
    if (file.format === undefined) return inspectEarlier(file);
    const anchor = remembered && remembered.sequence > file.sequence ? remembered : file;
    remembered = anchor;
    if (await leadsTo(anchor)) return { state: 'holds', anchor, problem: undefined };
    // Verification says the same in more detail, from the checkpoints.
    return { state: 'contradicted', anchor, problem: undefined };
  }

  async function inspectEarlier(file: Anchor): Promise<AnchorReport> {
    const end = (await findCarriedOver(db, keys))?.checkpoint;
    const agrees = end && (file.sequence < end.sequence || (file.sequence === end.sequence && file.seal === end.seal));
    if (agrees) return { state: 'holds', anchor: undefined, problem: undefined };
    const problem = 'The anchor outside the database does not agree with the trail that was carried over.';
    return { state: 'contradicted', anchor: undefined, problem };
  }

  const leadsTo = async ({ sequence, seal }: Anchor) => sequence === 0 || (await findSeal(db, sequence)) === seal;

  async function store(anchor: Anchor): Promise<void> {
    await writeAnchor(anchorPath, anchor);
    remembered = { ...anchor, format: 2 };
    missingSince = undefined;
  }

  async function anchorHead(): Promise<void> {
    const head = await findHead(db, keys);
    if (!head) return remembered?.sequence === 0 ? undefined : store(firstAnchor());
    const { sequence, total, lastId, seal } = head;
    if (remembered?.sequence === sequence && remembered.seal === seal && (await findAnchor(anchorPath))?.seal === seal)
      return;
    await store(head);
    if (Date.now() - loggedAt.head < logIntervalMs) return;
    loggedAt.head = Date.now();
    logger.info({ sequence, total, lastId, seal }, 'Audit trail sealed');
  }

  return {
    inspect,
    async begin() {
      if ((await inspect()).state === 'none') await store(firstAnchor());
    },
    async advance() {
      const { state, problem, anchor } = await inspect();
      if (state === 'holds') {
        await anchorHead();
        return true;
      }
      if (state === 'none') return true;
      if (state === 'missing' && missingSince !== undefined) {
        if (await findAcknowledgement(db, keys, missingSince)) {
          await accept();
          return true;
        }
      }
      const isAgainst = state === 'contradicted';
      if (Date.now() - loggedAt.problem < logIntervalMs) return !isAgainst;
      loggedAt.problem = Date.now();
      logger.error(
        { anchored: anchor?.sequence ?? null, anchor: state },
        problem ?? 'The audit trail in the database does not lead to the anchored checkpoint: verify the audit trail.',
      );
      return !isAgainst;
    },
    accept,
  };

  async function accept(): Promise<void> {
    remembered = undefined;
    await anchorHead();
  }
}

async function isSetUp(db: Database): Promise<boolean> {
  const rows = await db.select({ id: users.id }).from(users).limit(1);
  if (rows.length > 0) return true;
  const { rows: entries } = await db.execute(
    sql`select 1 from audit_entries where event_type = 'setup.completed' limit 1`,
  );
  return entries.length > 0;
}
