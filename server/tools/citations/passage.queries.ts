import { type SQL, sql } from 'drizzle-orm';
import type { Transaction } from '../../db/client.ts';

/** One that has its place in the order of a tool's result. */
export interface NewPassage {
  digest: string;
  path: string;
  place: string;
  text: string;
}

/**
 * Whether a passage of the conversation was returned on the branch that is shown, or by this run: what hidden branches were
 * given is unknown there. The runs of that branch are not looked up for each passage.
 */
export function isOnShownBranch({ conversationId, runId }: { conversationId: string; runId: string }): SQL {
  const shownRuns = sql`select run_id from messages
    where messages.conversation_id = ${conversationId}::uuid and not messages.hidden and run_id is not null`;
  return sql`(
    conversation_passages.run_id = ${runId}::uuid or ${runId}::uuid = any(conversation_passages.later_run_ids)
    or conversation_passages.run_id in (${shownRuns}) or conversation_passages.later_run_ids && array(${shownRuns}))`;
}

/**
 * Gives each passage its number in the conversation, in their order after those that there are; one that is known keeps its
 * own. Called inside a transaction. Returns the numbers by digest; undefined when the conversation is gone.
 */
export async function numberPassages(
  tx: Transaction,
  call: { conversationId: string; runId: string; toolCallId: string },
  passages: NewPassage[],
): Promise<Map<string, number> | undefined> {
  const { conversationId, runId, toolCallId } = call;
  // Calls that end at once, also on other replicas, take their numbers one after the other.
  const held = await tx.execute(sql`select from conversations where id = ${conversationId} for no key update`);
  if (held.rowCount === 0) return undefined;
  const given = passages.map((passage, ordinal) => ({ ...passage, ordinal }));
  const { rows } = await tx.execute<{ digest: string; number: number }>(sql`
    with given as (
      select distinct on (digest) * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
        as g(ordinal int, digest text, path text, place text, text text)
      order by digest, ordinal
    ), known as (
      select digest, number from conversation_passages
      where conversation_id = ${conversationId} and digest in (select digest from given)
    ), returned_again as (
      update conversation_passages set later_run_ids = array_append(later_run_ids, ${runId}::uuid)
      where conversation_id = ${conversationId} and number in (select number from known) and not ${isOnShownBranch(call)}
    ), added as (
      insert into conversation_passages (conversation_id, number, run_id, tool_call_id, path, place, text, digest)
      select ${conversationId}::uuid,
        (select coalesce(max(number), 0) from conversation_passages where conversation_id = ${conversationId})
          + row_number() over (order by ordinal),
        ${runId}::uuid, ${toolCallId}, path, place, text, digest
      from given where digest not in (select digest from known)
      returning digest, number
    )
    select digest, number from known union all select digest, number from added`);
  return new Map(rows.map(({ digest, number }) => [digest, number]));
}
