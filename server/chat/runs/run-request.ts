import { and, desc, eq, lt, or, sql } from 'drizzle-orm';
import type { Database, Reader } from '../../db/client.ts';
import { prepared } from '../../db/prepared.ts';
import { conversations, messages, runs, uploads } from '../../db/schema/index.ts';
import { inOrderAttached } from '../attachment-order.queries.ts';
import type { RunRequest, RuntimeMessage } from '../../runtime/agent-runtime.ts';
import { maxImageBytes } from '../../tools/files/read-image.ts';
import { readableImages } from '../../tools/files/recognise-file.ts';
import { storedNameOf } from '../../tools/files/upload-name.ts';
import { virtualUploadPath } from '../../tools/files/upload-store.ts';
import type { ImageReference } from '../../tools/tool.ts';
import { fileReadingTool } from '../../../contract/reading-tools.ts';
import { ChatError } from '../chat-error.ts';
import { agentStopped } from '../require-agent.ts';
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
  const [agent, history, [chosen]] = await db.together((reader) =>
    Promise.all([
      agents.describeForRun(who, reader),
      loadHistory(reader, conversation.id),
      selectModel(reader, { runId: run.runId }),
    ]),
  );
  if (!agent) throw new ChatError('not_found', 'You cannot use this agent any more.');
  if (agent.stopped) throw agentStopped();
  const model = chosen?.model ?? agent.model;
  if (model === null) {
    throw new ChatError('no_provider', 'This agent has no model yet: an admin needs to connect a provider first.');
  }
  return {
    runId: run.runId,
    agentId: conversation.agentId,
    userId: conversation.userId,
    conversationId: conversation.id,
    isDefault: conversation.isDefault,
    branch: history.branch,
    model,
    // Whoever asked another model wants to know what that one says.
    fallbackModel: chosen?.model ? null : agent.fallbackModel,
    settings: agent.settings,
    system: agent.system,
    messages: history.messages({ readsFiles: agent.toolIds.includes(fileReadingTool) }),
    summary: history.summary,
    toolIds: agent.toolIds,
    stepsUsed: 0,
  };
}

type AttachedUpload = typeof uploads.$inferSelect;

/** All of it is read at once: what was said after the summary, oldest first, with what people attached. */
async function loadHistory(
  reader: Reader,
  conversationId: string,
): Promise<{ summary: string | null; branch: number; messages(agent: { readsFiles: boolean }): RuntimeMessage[] }> {
  const [summaries, newest, attached] = await Promise.all([
    selectSummary(reader, { conversationId }),
    selectNewest(reader, { conversationId }),
    selectAttached(reader, { conversationId }),
  ]);
  const filesOf = Map.groupBy(attached, ({ messageId }) => messageId);
  const messagesFor = ({ readsFiles }: { readsFiles: boolean }) =>
    newest.toReversed().flatMap((row): RuntimeMessage[] => {
      if (row.role === 'user') {
        const files = filesOf.get(row.id)?.map(({ upload }) => upload) ?? [];
        const images = files.flatMap(imageOf);
        const text = textWithFiles(row.content, files, readsFiles);
        return [{ position: row.position, role: 'user', text, ...(images.length > 0 && { images }) }];
      }
      if (row.content === '' && row.toolCalls.length === 0) return [];
      const toolCalls = joinToolCalls(row).map(asRuntimeCall);
      return [{ position: row.position, role: 'assistant', text: row.content, toolCalls }];
    });
  return { summary: summaries[0]?.summary ?? null, branch: summaries[0]?.branch ?? 0, messages: messagesFor };
}

const named = sql.placeholder('conversationId');
const isUnsummarised = and(
  eq(messages.conversationId, named),
  eq(messages.hidden, false),
  sql`${messages.position} > coalesce(
    (select ${conversations.summaryThrough} from ${conversations} where ${conversations.id} = ${named}), 0)`,
  lt(messages.position, queuedPositions),
);
const selectSummary = prepared('history_summary', (reader: Reader) =>
  reader
    .select({ summary: conversations.summary, branch: conversations.branch })
    .from(conversations)
    .where(eq(conversations.id, named)),
);
const selectNewest = prepared('history_newest', (reader: Reader) =>
  reader
    .select({
      id: messages.id,
      position: messages.position,
      role: messages.role,
      content: messages.content,
      toolCalls: messages.toolCalls,
      toolOutputs: messages.toolOutputs,
    })
    .from(messages)
    .where(isUnsummarised)
    .orderBy(desc(messages.position))
    .limit(maxMessages),
);
const selectAttached = prepared('history_attached', (reader: Reader) =>
  reader
    .select({ messageId: messages.id, upload: uploads })
    .from(messages)
    .innerJoin(uploads, or(eq(uploads.messageId, messages.id), eq(uploads.messageId, messages.attachmentsOf)))
    .where(isUnsummarised)
    .orderBy(...inOrderAttached),
);

const selectModel = prepared('run_model', (reader: Reader) =>
  reader
    .select({ model: runs.model })
    .from(runs)
    .where(eq(runs.id, sql.placeholder('runId'))),
);

const unreadFiles =
  'Attached files, which you have no tool to read: you know their names only, but for pictures that you see. Tell the person that you ' +
  'did not read them:';

/** Larger ones stay readable as files. */
function imageOf({ id, filename, mediaType, size }: AttachedUpload): ImageReference[] {
  if (!readableImages.has(mediaType) || size > maxImageBytes) return [];
  return [{ mediaType, path: virtualUploadPath({ uploadId: id, filename }), bytes: size }];
}

/** What nobody can read is said to be unread, so that the model does not answer as if it had read it. */
function textWithFiles(content: string, files: AttachedUpload[], readsFiles: boolean): string {
  if (files.length === 0) return content;
  const list = files.map((file) => `- uploads/${storedNameOf(file.id, file.filename)} (${file.mediaType})`);
  const head = readsFiles ? 'Attached files:' : unreadFiles;
  return [content, `${head}\n${list.join('\n')}`].filter((part) => part !== '').join('\n\n');
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
