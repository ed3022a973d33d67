import { and, eq, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../db/client.ts';
import { conversations, runs } from '../../db/schema/index.ts';
import type { BrokenRun, BusySession } from '../../runtime/openclaw/orphan-watch.ts';

/**
 * The last answers of these conversations that ended within a day, and not by themselves. One that ended just now is left out: it
 * was stopped, and its gateway may still be about to hear of it.
 */
export async function findBrokenRuns(db: Database, sessions: BusySession[]): Promise<BrokenRun[]> {
  const { rows } = await db.execute<{ sessionKey: string; runId: string; steps: number }>(sql`
    select asked.key as "sessionKey", latest.id as "runId", latest.steps
    from json_to_recordset(${JSON.stringify(sessions)}::json)
      as asked(key text, "agentId" uuid, "userId" uuid, "conversationId" uuid)
    join conversations on conversations.agent_id = asked."agentId" and conversations.user_id = asked."userId"
      and case when asked."conversationId" is null then conversations.is_default
        else conversations.id = asked."conversationId" end
    join lateral (
      select id, steps from runs
      where runs.conversation_id = conversations.id and runs.state in ('interrupted', 'aborted', 'failed')
        and runs.finished_at between now() - interval '1 day' and now() - interval '2 seconds'
      order by runs.finished_at desc limit 3
    ) latest on true`);
  return rows;
}

/** A run that is running, with the conversation that it is part of. */
export async function findRunningRun(executor: Executor, id: string) {
  const [run] = await executor
    .select({
      runId: runs.id,
      agentId: runs.agentId,
      userId: runs.userId,
      conversationId: conversations.id,
      isDefault: conversations.isDefault,
      steps: runs.steps,
    })
    .from(runs)
    .innerJoin(conversations, eq(conversations.id, runs.conversationId))
    .where(and(eq(runs.id, id), eq(runs.state, 'running')));
  return run;
}
