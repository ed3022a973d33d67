import type { HistoryMessage } from '../../../contract/socket.ts';
import type { SharedMessage, SharedWithMe } from '../../../contract/sharing.ts';

/** Without what is the owner's alone: costs, failures of providers, branches, and what waits for their decision. */
export function presentSharedMessage(message: HistoryMessage, mayRead: (path: string) => boolean): SharedMessage {
  const { id, role, content, createdAt, attachments, toolCalls, finishReason, sources } = message;
  return {
    ...{ id, role, content, createdAt },
    ...(attachments && { attachments }),
    ...(toolCalls && { toolCalls: toolCalls.map(withoutApproval) }),
    ...(finishReason && { finishReason }),
    ...(sources && {
      sources: sources.map((source) =>
        mayRead(source.path) ? source : { number: source.number, withheld: true as const },
      ),
    }),
  };
}

function withoutApproval({
  toolCallId,
  name,
  state,
  input,
  summary,
}: NonNullable<HistoryMessage['toolCalls']>[number]) {
  return { toolCallId, name, state, input, ...(summary !== undefined && { summary }) };
}

export function presentSharedWithMe(
  { id, title, owner, sharedAt }: { id: string; title: string | null; owner: string; sharedAt: Date },
  agent: SharedWithMe['agent'],
): SharedWithMe {
  return { id, title, owner, agent, sharedAt: sharedAt.toISOString() };
}

interface Person {
  id: string;
  name: string;
  email: string;
}

/** Of namesakes the address as well. */
export function presentReaders(found: readonly Person[]) {
  return found.map(({ id, name, email }) => {
    const hasNamesake = found.some((other) => other.id !== id && other.name === name);
    return { id, name, email: hasNamesake ? email : null };
  });
}
