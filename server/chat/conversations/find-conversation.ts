import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Executor, Reader, Transaction } from '../../db/client.ts';
import { prepared } from '../../db/prepared.ts';
import { conversations } from '../../db/schema/index.ts';
import type { ConversationReference } from './conversation-reference.ts';

/** Messages whose run is queued come after everything that is said before their turn. */
export const queuedPositions = 2 ** 52;

const reference = {
  id: conversations.id,
  agentId: conversations.agentId,
  userId: conversations.userId,
  isDefault: conversations.isDefault,
  temporary: conversations.temporary,
};

/** Everything that changes a conversation's runs goes through this lock, so they follow one another on all replicas. */
export async function lockConversation(
  tx: Transaction,
  conversationId: string,
): Promise<(ConversationReference & { title: string | null }) | undefined> {
  const [row] = await lockById(tx, { id: conversationId });
  return row;
}

const lockById = prepared('conversation_lock', (tx: Transaction) =>
  tx
    .select({ ...reference, title: conversations.title })
    .from(conversations)
    .where(eq(conversations.id, sql.placeholder('id')))
    .for('update'),
);

export async function findConversation(
  db: Executor,
  who: { userId: string; agentId: string; chatId: string | undefined },
): Promise<ConversationReference | undefined> {
  const { userId, agentId, chatId } = who;
  const [row] =
    chatId === undefined
      ? await findDefault(db, { userId, agentId })
      : await findNamed(db, { userId, agentId, id: chatId });
  return row;
}

const ofBoth = and(
  eq(conversations.userId, sql.placeholder('userId')),
  eq(conversations.agentId, sql.placeholder('agentId')),
);
const findDefault = prepared('conversation_default', (db: Reader) =>
  db
    .select(reference)
    .from(conversations)
    .where(and(ofBoth, eq(conversations.isDefault, true))),
);
const findNamed = prepared('conversation_named', (db: Reader) =>
  db
    .select(reference)
    .from(conversations)
    .where(and(ofBoth, eq(conversations.id, sql.placeholder('id')))),
);

/**
 * The caller's conversation: the one named, or the default one, which may not have begun: its first message stores it. Who
 * follows it before has the id that it will have, on every replica. Undefined when the named one is not the caller's.
 */
export async function expectConversation(
  db: Executor,
  who: { userId: string; agentId: string; chatId: string | undefined },
): Promise<ConversationReference | undefined> {
  const found = await findConversation(db, who);
  return found ?? (who.chatId === undefined ? defaultConversation(who) : undefined);
}

/**
 * The default conversation before it has begun. Its id is a UUID of version 8, so that nobody can have taken it for a
 * conversation of their own: those have version 4.
 */
export function defaultConversation({ userId, agentId }: { userId: string; agentId: string }): ConversationReference {
  const hex = createHash('sha256').update(`${agentId} ${userId}`).digest('hex');
  const id = hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
  return { id, agentId, userId, isDefault: true, temporary: false };
}

export async function findConversationById(db: Executor, id: string): Promise<ConversationReference | undefined> {
  const [row] = await db.select(reference).from(conversations).where(eq(conversations.id, id));
  return row;
}
