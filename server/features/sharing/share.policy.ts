/** How a person stands to a share: whose conversation it is, and how they are named in it. */
interface ReaderFacts {
  isOwner: boolean;
  named: 'self' | 'group' | 'no';
  licensed: boolean;
}

/** Whether it is theirs to read; whether they may use its agent is asked besides. Groups count under a licence only. */
export function canReadShare({ isOwner, named, licensed }: ReaderFacts): boolean {
  if (isOwner || named === 'self') return true;
  return named === 'group' && licensed;
}

/** Steps of one answer become one message: the calls of tools that lay between them are left out. */
export function messagesOfCopy(said: readonly SaidMessage[]): SaidMessage[] {
  const copies: SaidMessage[] = [];
  for (const { role, content } of said) {
    const last = copies.at(-1);
    if (last?.role === role) last.content += `\n\n${content}`;
    else copies.push({ role, content });
  }
  // A question that nobody answered is left out, so that going on begins with the reader's own.
  return copies.at(-1)?.role === 'user' ? copies.slice(0, -1) : copies;
}

export interface SaidMessage {
  role: 'user' | 'assistant';
  content: string;
}
