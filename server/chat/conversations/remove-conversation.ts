import type { AuditActor } from '../../../contract/audit-events.ts';
import type { PersonAuthority } from '../../db/authority.ts';
import type { Transaction } from '../../db/client.ts';
import type { Signals } from '../../db/signals.ts';
import { ChatError } from '../chat-error.ts';
import type { ChatAudit } from '../ports.ts';
import { conversationSignal, type ConversationReference } from './conversation-reference.ts';
import { deleteConversation, findConversationForUpdate } from './conversation.queries.ts';
import { countMessages } from './message-pages.ts';
import { listOpenRuns } from './open-runs.ts';

/** Files that were attached to what was said. */
export interface SaidUploads {
  /** Forgets those of a conversation; what it returns removes the files, once that is certain. */
  forgetSaid(tx: Transaction, conversationId: string): Promise<() => Promise<void>>;
}

export interface RemovalParts {
  signals: Signals;
  audit: ChatAudit;
  uploads: SaidUploads;
}

/**
 * Takes away everything said in a conversation and stops what is being answered in it. Called inside a transaction that has
 * locked it; what it returns removes its files, and is called after the commit.
 */
export async function removeConversation(
  tx: Transaction,
  { signals, audit, uploads }: RemovalParts,
  conversation: ConversationReference,
  actor: AuditActor,
): Promise<() => Promise<void>> {
  const { id, agentId } = conversation;
  const [running] = (await listOpenRuns(tx, id)).filter((run) => run.state !== 'queued');
  const messages = await countMessages(tx, id);
  const removeFiles = await uploads.forgetSaid(tx, id);
  await deleteConversation(tx, id);
  await audit.record(tx, {
    eventType: 'conversation.deleted',
    actor,
    resource: `conversation:${id}`,
    detail: { agentId, messages },
  });
  if (running) signals.signal(tx, { kind: 'run-abort', conversationId: id, runId: running.id });
  signals.signal(tx, conversationSignal(conversation, 'deleted'));
  return removeFiles;
}

/** A person leaves a temporary conversation. @throws ChatError not_found, also for one that is kept */
export async function leaveTemporary(
  parts: RemovalParts,
  person: PersonAuthority,
  { agentId, chatId }: { agentId: string; chatId: string },
): Promise<void> {
  const { userId } = person;
  const removeFiles = await parts.signals.transaction(person, async (tx) => {
    const row = await findConversationForUpdate(tx, { userId, agentId }, chatId);
    if (!row?.temporary) throw new ChatError('not_found', 'There is no such temporary conversation.');
    return removeConversation(tx, parts, row, { type: 'user', id: userId });
  });
  await removeFiles();
}
