import { ApiError } from '../api/api-error.ts';
import { translate } from '../texts/language.ts';

export interface Notice {
  title?: string;
  message?: string;
  kind: 'done' | 'error';
  /** What can be done about it, while it shows. */
  action?: NoticeAction;
}

interface NoticeAction {
  label: string;
  run: () => void;
}

let told: readonly Notice[] = [];
const listeners = new Set<() => void>();

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : translate('common.somethingWrong');
}

export const notifyDone = (message: string, action?: NoticeAction): void =>
  tell({ message, kind: 'done', ...(action && { action }) });

export const notifyProblem = (title: string): void => tell({ title, kind: 'error' });

export function notifyError(error: unknown): void {
  const requestId = error instanceof ApiError ? error.requestId : undefined;
  tell({
    title: messageOf(error),
    ...(requestId ? { message: translate('common.requestId', { id: requestId }) } : {}),
    kind: 'error',
  });
}

/** What was told and not shown yet: the list that shows it is loaded beside the page. */
export const untold = (): readonly Notice[] => told;

export function takeUntold(): readonly Notice[] {
  const taken = told;
  told = [];
  return taken;
}

export function subscribeToNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell(notice: Notice): void {
  told = [...told, notice];
  for (const listener of listeners) listener();
}
