import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm';
import type { Database } from '../../db/client.ts';
import { conversations, messages, uploads } from '../../db/schema/index.ts';
import type { RunRequest, RuntimeMessage } from '../../runtime/agent-runtime.ts';
import { largestImageBytes } from '../../tools/files/read-image.ts';
import { readableImages } from '../../tools/files/recognise-file.ts';
import { storedNameOf } from '../../tools/files/upload-name.ts';
import { virtualUploadPath } from '../../tools/files/upload-store.ts';
import type { ImageReference } from '../../tools/tool.ts';
import { ChatError } from '../chat-error.ts';
import type { ConversationReference } from '../conversations/conversation-reference.ts';
import type { ChatAgents } from '../ports.ts';
import { queuedPositions } from '../conversations/find-conversation.ts';
import { joinToolCalls, type ToolCallRecord } from './tool-call-record.ts';

/** Compaction keeps conversations far below this; it bounds what one run may load. */
const maxMessages = 2_000;

/**
 * Everything a runtime needs to answer: the agent as it is now and the conversation up to the message to answer.
 * @throws ChatError not_found, no_provider
 */
export async function buildRunRequest(
  { db, agents }: { db: Database; agents: ChatAgents },
  run: { runId: string; conversation: ConversationReference },
): Promise<RunRequest> {
  const { conversation } = run;
  const who = { userId: conversation.userId, agentId: conversation.agentId };
  const [agent, history] = await Promise.all([agents.describeForRun(who), loadMessages(db, conversation.id)]);
  if (!agent) throw new ChatError('not_found', 'You cannot use this agent any more.');
  if (agent.model === null) {
    throw new ChatError('no_provider', 'This agent has no model yet: an admin needs to connect a provider first.');
  }
  return {
    runId: run.runId,
    agentId: conversation.agentId,
    userId: conversation.userId,
    conversationId: conversation.id,
    isDefault: conversation.isDefault,
    model: agent.model,
    system: agent.system,
    messages: await withAttachments(db, history.messages),
    summary: history.summary,
    toolIds: agent.toolIds,
    stepsUsed: 0,
  };
}

type MessageRow = Awaited<ReturnType<typeof loadMessages>>['messages'][number];
type AttachedUpload = typeof uploads.$inferSelect;

async function loadMessages(db: Database, conversationId: string) {
  const [conversation] = await db
    .select({ summary: conversations.summary, through: conversations.summaryThrough })
    .from(conversations)
    .where(eq(conversations.id, conversationId));
  const rows = await db
    .select({
      id: messages.id,
      position: messages.position,
      role: messages.role,
      content: messages.content,
      toolCalls: messages.toolCalls,
      toolOutputs: messages.toolOutputs,
    })
    .from(messages)
    .where(
      and(
        eq(messages.conversationId, conversationId),
        gt(messages.position, conversation?.through ?? 0),
        lt(messages.position, queuedPositions),
      ),
    )
    .orderBy(desc(messages.position))
    .limit(maxMessages);
  return { summary: conversation?.summary ?? null, messages: rows.toReversed() };
}

async function withAttachments(db: Database, rows: MessageRow[]): Promise<RuntimeMessage[]> {
  const ids = rows.filter((row) => row.role === 'user').map((row) => row.id);
  const attached =
    ids.length === 0
      ? []
      : await db.select().from(uploads).where(inArray(uploads.messageId, ids)).orderBy(asc(uploads.createdAt));
  const result: RuntimeMessage[] = [];
  for (const row of rows) {
    if (row.role === 'user') {
      const files = attached.filter((upload) => upload.messageId === row.id);
      const images = files.flatMap(imageOf);
      const text = textWithFiles(row.content, files);
      result.push({ position: row.position, role: 'user', text, ...(images.length > 0 && { images }) });
    } else if (row.content !== '' || row.toolCalls.length > 0) {
      const toolCalls = joinToolCalls(row).map(asRuntimeCall);
      result.push({ position: row.position, role: 'assistant', text: row.content, toolCalls });
    }
  }
  return result;
}

/** Larger ones stay readable as files. */
function imageOf({ id, filename, mediaType, size }: AttachedUpload): ImageReference[] {
  if (!readableImages.has(mediaType) || size > largestImageBytes) return [];
  return [{ mediaType, path: virtualUploadPath({ uploadId: id, filename }), bytes: size }];
}

function textWithFiles(content: string, files: AttachedUpload[]): string {
  if (files.length === 0) return content;
  const list = files.map((file) => `- uploads/${storedNameOf(file.id, file.filename)} (${file.mediaType})`);
  return [content, `Attached files:\n${list.join('\n')}`].filter((part) => part !== '').join('\n\n');
}

function asRuntimeCall(call: ToolCallRecord) {
  return {
    toolCallId: call.toolCallId,
    name: call.name,
    input: call.input,
    output: call.output ?? 'The call never ended; its outcome is not known.',
    failed: call.state !== 'done',
    ...(call.images && { images: call.images }),
  };
}
