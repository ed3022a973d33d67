import { randomUUID } from 'node:crypto';
import { query } from '../test-database.ts';

/**
 * Writes a run that a server elsewhere is at into the database, and returns what the gateway's plugin would send of it. That
 * server lives for an hour, so that no other ends the run.
 */
export async function writeRunElsewhere(
  databaseUrl: string,
  { agentId, userId, state = 'running' }: { agentId: string; userId: string; state?: string },
): Promise<{ agentId: string; sessionKey: string; runId: string }> {
  const insert = async (statement: string, values: unknown[]) =>
    (await query<{ id: string }>(databaseUrl, `${statement} returning id`, values))[0]!.id;
  const replicaId = await insert(`insert into replicas (id, seen_at) values ($1, now() + interval '1 hour')`, [
    randomUUID(),
  ]);
  const conversationId = await insert(
    'insert into conversations (agent_id, user_id, is_default) values ($1, $2, false)',
    [agentId, userId],
  );
  const runId = await insert(
    `insert into runs (conversation_id, agent_id, user_id, message_id, state, replica_id)
     values ($1, $2, $3, gen_random_uuid(), $4, $5)`,
    [conversationId, agentId, userId, state, replicaId],
  );
  return {
    agentId: `pinchy-${agentId}`,
    sessionKey: `agent:pinchy-${agentId}:direct:${userId}:${conversationId}`,
    runId,
  };
}
