import { and, eq, gt, sql } from 'drizzle-orm';
import type { Branches } from '../../../contract/socket.ts';
import type { Executor, Transaction } from '../../db/client.ts';
import { messages } from '../../db/schema/index.ts';
import { queuedPositions } from './find-conversation.ts';

// A conversation is a tree of messages of which one path is shown: what is said, answered, searched and counted goes by that
// path alone. Along it positions grow. All that changes it is called under the conversation's lock, while nothing is answered.

export interface BranchPoint {
  id: string;
  position: number;
  parentId: string;
  attachmentsOf: string | null;
  content: string;
}

/** What a change did to what is shown. */
export interface BranchChange {
  hidden: number;
  shown: number;
}

/** Stores what the order of the messages told until now, before that order branches. */
export async function prepareBranching(tx: Transaction, conversationId: string): Promise<void> {
  await tx.execute(sql`
    update messages set parent_id = chain.parent
    from (
      select id, coalesce(lag(id) over (order by position), conversation_id) as parent from messages
      where conversation_id = ${conversationId} and not hidden and position < ${queuedPositions}
    ) as chain
    where messages.id = chain.id and messages.parent_id is null`);
  await tx.execute(sql`
    insert into branch_summaries (conversation_id, through, summary)
    select id, summary_through, summary from conversations
    where id = ${conversationId} and summary is not null and summary_through is not null
    on conflict do nothing`);
}

/** A message of the person that is shown; its parent is known once branching is prepared. */
export async function findShownQuestion(
  tx: Transaction,
  conversationId: string,
  messageId: string,
): Promise<BranchPoint | undefined> {
  const [found] = await tx
    .select({
      id: messages.id,
      position: messages.position,
      parentId: messages.parentId,
      attachmentsOf: messages.attachmentsOf,
      content: messages.content,
    })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        eq(messages.id, messageId),
        eq(messages.role, 'user'),
        eq(messages.hidden, false),
      ),
    );
  return found && { ...found, parentId: found.parentId ?? conversationId };
}

/** Takes what is shown after a position out of sight. */
export async function hideAfter(tx: Transaction, conversationId: string, position: number): Promise<number> {
  const hidden = await tx
    .update(messages)
    .set({ hidden: true })
    .where(
      and(eq(messages.conversationId, conversationId), eq(messages.hidden, false), gt(messages.position, position)),
    );
  return hidden.rowCount ?? 0;
}

/**
 * Shows the branch with this message, down to the newest message behind it. Undefined when the message is not of this
 * conversation, and nothing is changed where it is shown already.
 */
export async function showBranch(
  tx: Transaction,
  conversationId: string,
  messageId: string,
): Promise<BranchChange | undefined> {
  const found = await tx.execute<{ id: string; position: string; hidden: boolean }>(sql`
    with recursive up as (
      select id, parent_id, position, hidden from messages
      where id = ${messageId} and conversation_id = ${conversationId}
      union all
      select parent.id, parent.parent_id, parent.position, parent.hidden
      from up join messages as parent on parent.id = up.parent_id and parent.conversation_id = ${conversationId}
    )
    select id, position, hidden from up order by position desc`);
  const [wanted] = found.rows;
  if (!wanted) return undefined;
  if (!wanted.hidden) return { hidden: 0, shown: 0 };
  const fork = found.rows.find((row) => !row.hidden);
  const hidden = await hideAfter(tx, conversationId, Number(fork?.position ?? 0));
  const path = found.rows.filter((row) => row.hidden).map((row) => row.id);
  const shown = await tx.execute(sql`
    with recursive down as (
      select id from messages where id = ${messageId}
      union all
      select next.id from down cross join lateral (
        select child.id from messages as child where child.parent_id = down.id order by child.position desc limit 1
      ) as next
    )
    update messages set hidden = false
    where id in (select id from down) or id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(path)}::jsonb))`);
  await tx.execute(sql`
    update messages as question set run_id = answer.run_id from messages as answer
    where question.conversation_id = ${conversationId} and question.role = 'user' and not question.hidden
      and answer.parent_id = question.id and answer.role = 'assistant' and not answer.hidden
      and question.run_id is distinct from answer.run_id`);
  return { hidden, shown: shown.rowCount ?? 0 };
}

/** Another branch is shown now: the summary is the newest one of what is shown, from before a position if one is given. */
export async function noteBranched(tx: Transaction, conversationId: string, before?: number): Promise<void> {
  await tx.execute(sql`
    update conversations set branch = branch + 1, updated_at = now(), (summary, summary_through) = (
      select kept.summary, kept.through from branch_summaries as kept
      join messages on messages.conversation_id = kept.conversation_id and messages.position = kept.through
      where kept.conversation_id = ${conversationId} and not messages.hidden
        and kept.through < ${before ?? queuedPositions}::bigint
      order by kept.through desc limit 1)
    where id = ${conversationId}`);
}

/** Which branches part before these messages; only of those before which some do. */
export async function findBranches(db: Executor, ids: string[]): Promise<Map<string, Branches>> {
  const found = await db.execute<{ id: string; siblings: string[] }>(sql`
    select page.id, siblings.ids as siblings
    from (
      select messages.id, messages.position, coalesce(messages.parent_id, (
        select before.id from messages as before
        where before.conversation_id = messages.conversation_id and not before.hidden
          and before.position < messages.position
        order by before.position desc limit 1), messages.conversation_id) as parent_id
      from messages where messages.id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    ) as page
    cross join lateral (
      select array_agg(sibling.id::text order by sibling.position) as ids from (
        select id, position from messages where messages.parent_id = page.parent_id
        union select page.id, page.position
      ) as sibling
    ) as siblings
    where cardinality(siblings.ids) > 1`);
  return new Map(found.rows.map(({ id, siblings }) => [id, branchesOf(id, siblings)]));
}

function branchesOf(id: string, siblings: string[]): Branches {
  const index = siblings.indexOf(id);
  const previous = siblings[index - 1];
  const next = siblings[index + 1];
  return {
    number: index + 1,
    count: siblings.length,
    ...(previous !== undefined && { previous }),
    ...(next !== undefined && { next }),
  };
}
