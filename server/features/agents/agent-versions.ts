import { isDeepStrictEqual } from 'node:util';
import type { AgentVersion } from '../../../contract/agents.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import type { AgentState } from '../../db/schema/index.ts';
import { idsIn, presentVersion } from './version.presenter.ts';
import { findNames, findNewestVersion, insertVersion, listVersionRows, readState } from './version.queries.ts';
import { findModelTitles, modelsIn } from '../../audit/model-titles.ts';

export interface VersionAuthor {
  agentId: string;
  /** Null where Pinchy itself changes it. */
  authorId: string | null;
  restoredFrom?: number;
}

/**
 * Does a change of an agent and keeps what it then is as a new version, unless nothing differs. What changed since the last
 * version by itself, such as a group that was deleted, becomes a version of nobody's first. Called inside a transaction that
 * holds the agent's row; says whether there is a new one.
 */
export async function keepVersion(
  tx: Transaction,
  author: VersionAuthor,
  change: () => Promise<void>,
): Promise<boolean> {
  const { agentId } = author;
  const [before, newest] = [await readState(tx, agentId), await findNewestVersion(tx, agentId)];
  const hasDrifted = before !== undefined && !isDeepStrictEqual(newest?.state, before);
  const number = (newest?.number ?? 0) + (hasDrifted ? 1 : 0);
  if (hasDrifted) await insertVersion(tx, { agentId, number, authorId: null, state: before });
  await change();
  return recordNext(tx, author, { number, state: before });
}

/** The first version of an agent that was just made. */
export async function recordFirstVersion(tx: Transaction, author: VersionAuthor): Promise<void> {
  await recordNext(tx, author, { number: 0, state: undefined });
}

async function recordNext(
  tx: Transaction,
  { agentId, authorId, restoredFrom }: VersionAuthor,
  before: { number: number; state: AgentState | undefined },
): Promise<boolean> {
  const state = await readState(tx, agentId);
  if (state === undefined || isDeepStrictEqual(before.state, state)) return false;
  const number = before.number + 1;
  await insertVersion(tx, { agentId, number, authorId, restoredFrom: restoredFrom ?? null, state });
  return true;
}

/** Newest first, each with what differs from the one before. */
export async function listVersions(
  executor: Executor,
  agentId: string,
  { page, limit }: { page: number; limit: number },
): Promise<{ versions: AgentVersion[]; total: number }> {
  const newest = await findNewestVersion(executor, agentId);
  // One more, to compare the oldest of the page with.
  const rows = await listVersionRows(executor, agentId, { limit: limit + 1, offset: (page - 1) * limit });
  const states = rows.map(({ version }) => version.state);
  const names = new Map([
    ...(await findNames(executor, [...new Set(states.flatMap(idsIn))])),
    ...(await findModelTitles(executor, modelsIn(states.map((state) => state.connections)))),
  ]);
  const versions = rows.slice(0, limit).map((row, index) => presentVersion(row, rows[index + 1]?.version.state, names));
  return { versions, total: newest?.number ?? 0 };
}
