import { type CutOff, cutOffOf } from './ended-answer.ts';
import { continuesCalls } from './fold-calls.ts';
import type { ConversationState, Notice, OutgoingMessage, TranscriptMessage } from './conversation-types.ts';

export type TranscriptRow =
  | { kind: 'day'; key: string; day: string }
  | {
      kind: 'message';
      key: string;
      message: TranscriptMessage;
      /** The message, and those behind it that only go on calling tools. */
      steps: readonly TranscriptMessage[];
      /** First and last of the messages that together are one answer, or one message of the person. */
      first: boolean;
      last: boolean;
    }
  | { kind: 'thinking'; key: string; first: boolean }
  | { kind: 'outgoing'; key: string; message: OutgoingMessage }
  | { kind: 'notice'; key: string; notice: Notice }
  /** What came last is not whole, or nothing came, and nothing will. */
  | { kind: 'ended'; key: string; message: TranscriptMessage; reason: CutOff | undefined };

/** What the transcript shows, top to bottom. What waits its turn stands below the answer that is being written. */
export function transcriptRows(state: ConversationState): TranscriptRow[] {
  const rows: TranscriptRow[] = [];
  const waiting = state.messages.filter((message) => message.awaiting && state.run !== undefined);
  const said = waiting.length > 0 ? state.messages.filter((message) => !waiting.includes(message)) : state.messages;
  let day: string | undefined;
  for (const [index, message] of said.entries()) {
    if (continuesCalls(message, said[index - 1])) continue;
    const messageDay = localDay(message.createdAt);
    if (messageDay !== day) rows.push({ kind: 'day', key: `day-${messageDay}-${message.id}`, day: message.createdAt });
    day = messageDay;
    rows.push(messageRow(said, index, message));
  }
  if (state.run && showsThinking(state)) {
    rows.push({ kind: 'thinking', key: 'thinking', first: said.at(-1)?.role !== 'assistant' });
  }
  for (const message of waiting)
    rows.push({ kind: 'message', key: keyOf(message), message, steps: [message], ...alone });
  for (const message of state.outgoing) rows.push({ kind: 'outgoing', key: message.clientMessageId, message });
  if (state.notice) rows.push({ kind: 'notice', key: 'notice', notice: state.notice });
  else rows.push(...endedRow(state));
  return rows;
}

const alone = { first: true, last: true };

/** The same before and after the server has named it, so that it does not jump. */
const keyOf = (message: TranscriptMessage) => message.clientMessageId ?? message.id;

function messageRow(messages: readonly TranscriptMessage[], index: number, message: TranscriptMessage): TranscriptRow {
  let end = index + 1;
  while (messages[end] && continuesCalls(messages[end]!, messages[end - 1])) end += 1;
  const base = { kind: 'message' as const, key: keyOf(message), message, steps: messages.slice(index, end) };
  if (message.role === 'user') return { ...base, ...alone };
  const first = messages[index - 1]?.role !== 'assistant';
  const last = messages[end]?.role !== 'assistant';
  return { ...base, first, last };
}

function showsThinking({ run, messages }: ConversationState): boolean {
  if (!run?.thinking) return false;
  const current = messages.find((message) => message.id === run.messageId);
  // A person who has to decide is waited for; nobody thinks.
  return !current?.toolCalls.some((call) => call.state === 'approval');
}

/** Only once it is certain: not before the history has come that would show the answer or its run. */
function endedRow({ run, outgoing, messages, stale, requested }: ConversationState): TranscriptRow[] {
  const message = messages.at(-1);
  if (!message || message.awaiting || run || stale || requested || outgoing.length > 0) return [];
  const { failure } = message;
  if (failure) return [{ kind: 'notice', key: 'notice', notice: { ...failure, ofRun: true } }];
  const reason = cutOffOf(message);
  return reason || message.role === 'user' ? [{ kind: 'ended', key: 'ended', message, reason }] : [];
}

function localDay(time: string): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
