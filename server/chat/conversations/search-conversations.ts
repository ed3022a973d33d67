import { and, desc, eq, gte, ilike, inArray, lt, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { containsPattern } from '../../db/contains-pattern.ts';
import { conversations, conversationSizes, messages } from '../../db/schema/index.ts';
import { createFairQueue, type FairQueue, type TurnRequest } from '../../platform/fair-queue.ts';
import { conversationColumns, newestFirst, type ConversationRow } from './conversation.queries.ts';

/** More conversations than this are found by further words. */
const maxFound = 100;
/** Text that is looked through in one turn: a few hundredths of a second of the database's work. */
const pieceBytes = 4 * 1024 * 1024;
const pieceRows = 5_000;
/** Characters that are read on either side of what was found. */
const excerptMargin = 300;

export interface Hit {
  messageId: string;
  excerpt: string;
}

export interface Found {
  conversation: ConversationRow;
  /** The newest message that has the words, as far as it stands around them; undefined when only the title has. */
  hit: Hit | undefined;
}

/** Searches are work for the database alone: one of each person at a time, and never both of its processors for them. */
export const createSearchQueue = (): FairQueue =>
  createFairQueue({
    name: 'searches',
    running: 2,
    runningPerKey: 1,
    waitingPerKey: 500,
    waiting: 5_000,
    refusal: 'Many searches of yours are under way already. Wait a moment, then try again.',
  });

/**
 * Conversations whose title or text has the words as they stand, those with the newest activity first. Looks through the
 * person's own text piece by piece, each in its turn, so that a long search holds up neither the others nor a connection,
 * and ends when nobody waits for it any more.
 */
export async function searchConversations(
  { db, searching }: { db: Database; searching: FairQueue },
  whose: Whose,
  { words, turn }: { words: string; turn: TurnRequest },
): Promise<Found[]> {
  const pattern = containsPattern(words);
  const inTurn = <Value>(work: () => Promise<Value>) => searching.run(turn, work);
  const own = await inTurn(() => listOwn(db, whose, pattern));
  const hits = new Map<string, Hit>();
  for (const batch of batchesOf(own)) {
    if (hits.size >= maxFound) break;
    const [first] = batch;
    if (first && batch.length === 1 && first.bytes > pieceBytes) {
      const hit = await searchLong(db, first.id, { words, pattern, inTurn });
      if (hit) hits.set(first.id, hit);
      continue;
    }
    const ids = batch.map(({ id }) => id);
    const found = await inTurn(() => findNewest(db, inArray(messages.conversationId, ids), { words, pattern }));
    for (const { id, ...hit } of found) hits.set(id, hit);
  }
  const ids = own.filter(({ id, titled }) => titled || hits.has(id)).slice(0, maxFound);
  if (ids.length === 0) return [];
  const rows = await db
    .select(conversationColumns)
    .from(conversations)
    .where(
      and(
        isOf(whose),
        inArray(
          conversations.id,
          ids.map(({ id }) => id),
        ),
      ),
    )
    .orderBy(...newestFirst);
  return rows.map((conversation) => ({ conversation, hit: hits.get(conversation.id) }));
}

/** A person's conversations with these agents. */
export interface Whose {
  userId: string;
  agentIds: string[];
}

const isOf = ({ userId, agentIds }: Whose) =>
  and(eq(conversations.userId, userId), inArray(conversations.agentId, agentIds), eq(conversations.temporary, false));

interface OwnConversation {
  id: string;
  bytes: number;
  /** Whether the words are in its title. */
  titled: boolean;
}

async function listOwn(db: Database, whose: Whose, pattern: string): Promise<OwnConversation[]> {
  return db
    .select({
      id: conversations.id,
      bytes: sql<number>`coalesce(${conversationSizes.bytes}, 0)::float8`,
      titled: sql<boolean>`coalesce(${conversations.title} ilike ${pattern}, false)`,
    })
    .from(conversations)
    .leftJoin(conversationSizes, eq(conversationSizes.conversationId, conversations.id))
    .where(isOf(whose))
    .orderBy(...newestFirst);
}

/** Conversations in their order, as many together as make a piece; one that is larger than that is by itself. */
function* batchesOf(own: OwnConversation[]): Generator<OwnConversation[]> {
  let batch: OwnConversation[] = [];
  let bytes = 0;
  for (const conversation of own) {
    if (batch.length > 0 && (bytes + conversation.bytes > pieceBytes || batch.length >= pieceRows)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(conversation);
    bytes += conversation.bytes;
  }
  if (batch.length > 0) yield batch;
}

interface Wanted {
  words: string;
  pattern: string;
}

/** A long conversation from its end, in parts. */
async function searchLong(
  db: Database,
  conversationId: string,
  { inTurn, ...wanted }: Wanted & { inTurn: <Value>(work: () => Promise<Value>) => Promise<Value> },
): Promise<Hit | undefined> {
  for (let before = Number.MAX_SAFE_INTEGER; before > 0;) {
    const bound = before;
    const part = await inTurn(async () => {
      const from = await findPartStart(db, conversationId, bound);
      const within = and(
        eq(messages.conversationId, conversationId),
        lt(messages.position, bound),
        gte(messages.position, from),
      );
      return { from, found: await findNewest(db, within, wanted) };
    });
    const [found] = part.found;
    if (found) return { messageId: found.messageId, excerpt: found.excerpt };
    before = part.from;
  }
  return undefined;
}

/** Where a part that ends before a position begins; 0 for the first of the conversation. */
async function findPartStart(db: Database, conversationId: string, before: number): Promise<number> {
  const rows = await db
    .select({ position: messages.position, bytes: messages.shownBytes })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), lt(messages.position, before)))
    .orderBy(desc(messages.position))
    .limit(pieceRows);
  let bytes = 0;
  for (const row of rows) {
    bytes += row.bytes;
    if (bytes >= pieceBytes) return row.position;
  }
  return rows.length < pieceRows ? 0 : (rows.at(-1)?.position ?? 0);
}

/** The newest message with the words in each conversation, as far as it stands around them. */
async function findNewest(db: Database, within: SQL | undefined, { words, pattern }: Wanted) {
  const newest = db
    .selectDistinctOn([messages.conversationId], {
      id: messages.conversationId,
      messageId: messages.id,
      content: messages.content,
    })
    .from(messages)
    .where(and(within, eq(messages.hidden, false), ilike(messages.content, pattern)))
    .orderBy(messages.conversationId, desc(messages.position))
    .as('newest');
  const start = sql`greatest(1, strpos(lower(${newest.content}), lower(${words}::text)) - ${excerptMargin}::int)`;
  const excerpt = sql<string>`substr(${newest.content}, ${start}, ${2 * excerptMargin + words.length}::int)`;
  return db.select({ id: newest.id, messageId: newest.messageId, excerpt }).from(newest);
}
