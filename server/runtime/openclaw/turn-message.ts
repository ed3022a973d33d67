import type { RunRequest, RuntimeMessage } from '../agent-runtime.ts';

/** How much of an earlier conversation a new session of the gateway is told, in characters; the newest part stays. */
const earlierLimit = 60_000;

type UserMessage = Extract<RuntimeMessage, { role: 'user' }>;

/** What the gateway's session is sent for a run: the person's message, or the outcomes a waiting run goes on with. */
export function turnText(request: RunRequest, isSessionNew: boolean): string {
  const { messages } = request;
  const question = lastUserMessage(messages);
  const isContinuation = request.stepsUsed > 0;
  const text = isContinuation ? outcomesText(messages) : (question?.text ?? '');
  const earlier = isSessionNew ? earlierText(request, isContinuation ? undefined : question) : '';
  return earlier === '' ? notACommand(text) : `${earlier}\n\n${text}`;
}

/** A gateway takes `/reset` and the like for commands, and has given us every right. */
const notACommand = (text: string) => (/^\s*[/!]/.test(text) ? `[The person wrote:]\n${text}` : text);

/** Sent when a run has used up its steps with tools. */
export const lastStepText =
  '[From Pinchy, not from the person: no more tool calls in this answer, their limit is reached. Answer now with what you found.]';

export function lastUserMessage(messages: readonly RuntimeMessage[], before = Infinity): UserMessage | undefined {
  return messages.findLast((message): message is UserMessage => message.role === 'user' && message.position < before);
}

function outcomesText(messages: readonly RuntimeMessage[]): string {
  const last = messages.at(-1);
  const calls = last?.role === 'assistant' ? last.toolCalls : [];
  const outcomes = calls.map(({ name, output, failed }) => `${name}${failed ? ' (not done)' : ''}:\n${output}`);
  return [
    '[From Pinchy, not from the person: tool calls of your last step waited for approval. Their outcomes follow. Go on with your answer; do not make these calls again.]',
    ...outcomes,
  ].join('\n\n');
}

function earlierText({ messages, summary }: RunRequest, question: UserMessage | undefined): string {
  const lines = messages.filter((message) => message !== question).map(lineOf);
  const told = [summary ? `Summary of what came before: ${summary}` : '', ...lines].filter((line) => line !== '');
  if (told.length === 0) return '';
  const text = told.join('\n\n').slice(-earlierLimit);
  return `[From Pinchy: the conversation so far, which this session has not seen.]\n\n${text}\n\n[The conversation goes on.]`;
}

function lineOf(message: RuntimeMessage): string {
  if (message.role === 'user') return `Person: ${message.text}`;
  const calls = message.toolCalls.map(({ name, input, output }) => `${name} ${JSON.stringify(input)} gave: ${output}`);
  return [message.text && `You: ${message.text}`, ...calls].filter(Boolean).join('\n');
}
