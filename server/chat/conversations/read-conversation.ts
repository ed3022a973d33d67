import { eq, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../db/client.ts';
import { messages } from '../../db/schema/index.ts';
import type { FairQueue, TurnRequest } from '../../platform/fair-queue.ts';
import { type MessagePage, type PagedMessage, readMessagePage, readMessages } from './message-pages.ts';
import { queuedPositions } from './find-conversation.ts';

/** Which messages a conversation has at one moment. */
export interface Extent {
  /** The last position of what was said. */
  through: number;
  /** Messages that wait for their turn: they get their position when it comes. */
  queued: string[];
}

export async function findExtent(executor: Executor, conversationId: string): Promise<Extent> {
  const isSaid = sql`${messages.position} < ${queuedPositions}`;
  const [found] = await executor
    .select({
      through: sql<string | null>`max(${messages.position}) filter (where ${isSaid})`,
      queued: sql<
        string[] | null
      >`array_agg(${messages.id}::text order by ${messages.position}) filter (where not ${isSaid})`,
    })
    .from(messages)
    .where(eq(messages.conversationId, conversationId));
  return { through: Number(found?.through ?? 0), queued: found?.queued ?? [] };
}

const pageLimit = 200;

/**
 * All messages of a conversation, each once, as many as there were at the moment of `extent`, whatever is said meanwhile;
 * each as it is when it is read, so that an answer that was still growing may have grown. No lock, transaction or
 * connection is held between two pages. `requireStill` is asked before each and throws when it may not be read (on).
 */
export async function* readConversation(
  { db, reading }: { db: Database; reading: FairQueue },
  conversationId: string,
  options: {
    extent: Extent;
    turn: TurnRequest;
    requireStill: () => Promise<void>;
    /** Those that are not shown as well. */
    allBranches: boolean;
  },
): AsyncGenerator<PagedMessage> {
  const { extent, turn, requireStill, allBranches } = options;
  const inTurn = <Value>(read: () => Promise<Value>) =>
    reading.run(turn, async () => {
      await requireStill();
      return read();
    });
  for (let after: number | undefined = 0; after !== undefined;) {
    const range = { after, through: extent.through, limit: pageLimit, allBranches };
    const page: MessagePage = await inTurn(() => readMessagePage(db, conversationId, range));
    yield* page.messages;
    after = page.hasMore ? page.end : undefined;
  }
  if (extent.queued.length > 0) yield* await inTurn(() => readMessages(db, extent.queued));
}
