import type { ReactNode } from 'react';

export interface Question {
  title: string;
  /** What will happen, so that nobody is surprised. */
  body: ReactNode;
  confirm: string;
  danger?: boolean;
  /** Runs when confirmed; what it throws is shown. */
  action: () => Promise<void>;
}

let question: Question | null = null;
const listeners = new Set<() => void>();

function setQuestion(next: Question | null): void {
  question = next;
  for (const listener of listeners) listener();
}

/** Asks before something that cannot be undone, or that others will notice. */
export const askToConfirm = (next: Question): void => setQuestion(next);
export const closeQuestion = (): void => setQuestion(null);

export const currentQuestion = (): Question | null => question;
export function subscribeToQuestion(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
