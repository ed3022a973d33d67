import type { PersonAuthority } from '../../db/authority.ts';
import type { Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { AppError } from '../../platform/errors.ts';
import type { ChatAudit } from '../ports.ts';
import { conversationSignal } from './conversation-reference.ts';
import { type ConversationRow, updatePlace } from './conversation.queries.ts';

/** Where a conversation stands in its person's list. */
export interface Place {
  pinned?: boolean | undefined;
  archived?: boolean | undefined;
}

/**
 * Pins or archives a conversation that the transaction has locked; one undoes the other. What it returns is the conversation
 * as it is then. @throws AppError 409 for a temporary one, which is in no list
 */
export async function placeConversation(
  tx: Transaction,
  { signals, audit }: { signals: Signals; audit: ChatAudit },
  { userId }: PersonAuthority,
  row: ConversationRow,
  wanted: Place,
): Promise<ConversationRow> {
  const before = { pinned: row.pinnedAt !== null, archived: row.archivedAt !== null };
  const after = {
    pinned: wanted.pinned ?? (before.pinned && wanted.archived !== true),
    archived: wanted.archived ?? (before.archived && wanted.pinned !== true),
  };
  const fields = (['pinned', 'archived'] as const).filter((field) => before[field] !== after[field]);
  if (fields.length === 0) return row;
  requireKept(row);
  const placed = await updatePlace(tx, row, after);
  const changes = Object.fromEntries(fields.map((field) => [field, { from: before[field], to: after[field] }]));
  await audit.record(tx, {
    eventType: 'conversation.updated',
    actor: { type: 'user', id: userId },
    resource: `conversation:${row.id}`,
    detail: { agentId: row.agentId, changes },
  });
  signals.signal(tx, conversationSignal(row, 'updated'));
  return placed ?? row;
}

/** @throws AppError 409 for a temporary conversation */
export function requireKept(row: ConversationRow): void {
  if (row.temporary)
    throw new AppError('conflict', 'A temporary conversation is not kept, so it has no place in a list.');
}
