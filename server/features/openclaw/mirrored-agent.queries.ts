import { asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { agents, users } from '../../db/schema/index.ts';

/** Every agent with what its workspace holds; `ownContext` is its owner's for a personal agent, null for a shared one. */
export function listAgents(db: Database) {
  return db
    .select({
      id: agents.id,
      name: agents.name,
      model: agents.model,
      personality: agents.personality,
      instructions: agents.instructions,
      ownContext: sql<string | null>`case when ${agents.isPersonal} then coalesce(${users.context}, '') end`,
    })
    .from(agents)
    .leftJoin(users, eq(users.id, agents.ownerId))
    .where(isNull(agents.deletedAt))
    .orderBy(asc(agents.createdAt), asc(agents.id));
}
