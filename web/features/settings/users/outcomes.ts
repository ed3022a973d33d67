import { ApiError } from '../../../api/api-error.ts';
import { messageOf } from '../../../ui/notify.ts';

/** How one of several went: what came of it, or the reason why nothing did. */
export interface Outcome<Subject, Result> {
  subject: Subject;
  result?: Result;
  problem?: string;
}

interface DoForEachOptions {
  /** Ends it before the next; what was not begun is left out. */
  signal?: AbortSignal;
  onProgress?: (done: number) => void;
}

/** Does one after the other, so that a refusal of one costs only that one. Waits where the server asks for it. */
export async function doForEach<Subject, Result>(
  subjects: readonly Subject[],
  action: (subject: Subject) => Promise<Result>,
  { signal, onProgress }: DoForEachOptions = {},
): Promise<Outcome<Subject, Result>[]> {
  const outcomes: Outcome<Subject, Result>[] = [];
  for (const subject of subjects) {
    if (signal?.aborted) break;
    outcomes.push(await doOne(subject, action, signal));
    onProgress?.(outcomes.length);
  }
  return outcomes;
}

async function doOne<Subject, Result>(
  subject: Subject,
  action: (subject: Subject) => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Outcome<Subject, Result>> {
  for (;;) {
    try {
      return { subject, result: await action(subject) };
    } catch (error) {
      const seconds = error instanceof ApiError && error.status === 429 ? error.retryAfter : undefined;
      if (seconds === undefined || signal?.aborted) return { subject, problem: messageOf(error) };
      await pause(seconds * 1_000, signal);
      if (signal?.aborted) return { subject, problem: messageOf(error) };
    }
  }
}

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
