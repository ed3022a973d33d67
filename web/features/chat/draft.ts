import type { Attachment } from '../../../contract/socket.ts';

export interface Draft {
  text: string;
  attachments: Attachment[];
}

export const emptyDraft: Draft = { text: '', attachments: [] };

/** What was written and not sent, per person and conversation. Without one, or where the browser refuses it, nothing is kept. */
export function readDraft(userId: string, conversation: string | undefined): Draft {
  if (conversation === undefined) return emptyDraft;
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(nameOf(userId, conversation)) ?? 'null');
    return isDraft(stored) ? stored : emptyDraft;
  } catch {
    return emptyDraft;
  }
}

export function writeDraft(userId: string, conversation: string | undefined, draft: Draft): void {
  if (conversation === undefined) return;
  try {
    const name = nameOf(userId, conversation);
    if (draft.text === '' && draft.attachments.length === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(draft));
  } catch {
    // Full or forbidden: the text is still in the composer.
  }
}

const nameOf = (userId: string, conversation: string) => `pinchy.draft.${userId}.${conversation}`;

function isDraft(value: unknown): value is Draft {
  if (value === null || typeof value !== 'object') return false;
  const { text, attachments } = value as Partial<Draft>;
  return typeof text === 'string' && Array.isArray(attachments);
}
