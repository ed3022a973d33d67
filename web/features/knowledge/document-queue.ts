import { maxDocumentBytes } from '../../../contract/limits.ts';
import { ApiError } from '../../api/api-error.ts';

export interface ChosenDocument {
  /** Where it goes to, such as `/data/hr`. */
  directory: string;
  /** Below it, with the directories of a dropped folder. */
  path: string;
  file: File;
}

/** What a document waits for: a decision, or another try. */
export interface DocumentProblem {
  document: ChosenDocument;
  kind: 'exists' | 'too-large' | 'refused';
  /** The server's sentence. */
  reason: string;
}

export interface QueueState {
  isSending: boolean;
  /** Documents and bytes of all that was added since it was last empty. */
  total: number;
  done: number;
  bytes: number;
  sentBytes: number;
  problems: readonly DocumentProblem[];
  /** Hidden files and the like, which nobody means to share. */
  leftOut: number;
}

export type SendDocuments = (
  documents: readonly ChosenDocument[],
  options: { replace: boolean; onProgress: (share: number) => void; signal: AbortSignal },
) => Promise<void>;

/** Sends documents form by form, however long it takes and wherever the person is in the app. */
export interface DocumentQueue {
  state(): QueueState;
  subscribe(listener: () => void): () => void;
  add(documents: readonly ChosenDocument[]): void;
  /** Sends documents with a problem once more, those that exist in the place of what is there. */
  resolve(problems: readonly DocumentProblem[]): void;
  dismiss(problems: readonly DocumentProblem[]): void;
  /** Drops what was not sent yet. */
  stop(): void;
}

/** Small documents travel together, so that a thousand of them are not a thousand requests. */
const maxTogether = 20;
const maxTogetherBytes = 8 * 1024 * 1024;
const maxTries = 6;

interface Waiting {
  document: ChosenDocument;
  replace: boolean;
  /** Goes by itself, to find out which one of a form was refused. */
  isAlone: boolean;
}

const empty: QueueState = {
  isSending: false,
  total: 0,
  done: 0,
  bytes: 0,
  sentBytes: 0,
  problems: [],
  leftOut: 0,
};

/** What systems and programs leave beside documents. */
const isLeftOut = (path: string): boolean =>
  path.split('/').some((name) => /^(\.|~\$|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i.test(name));

export function createDocumentQueue(options: {
  send: SendDocuments;
  /** Called after every form that was stored. */
  onStored: () => void;
  wait: (seconds: number) => Promise<void>;
}): DocumentQueue {
  const listeners = new Set<() => void>();
  let current = empty;
  let waiting: Waiting[] = [];
  let abort: AbortController | undefined;

  function change(changes: Partial<QueueState>): void {
    current = { ...current, ...changes };
    for (const listener of listeners) listener();
  }

  function enqueue(added: Waiting[]): void {
    if (added.length === 0) return;
    const before = current.isSending ? current : { ...empty, problems: current.problems, leftOut: current.leftOut };
    waiting.push(...added);
    change({
      ...before,
      isSending: true,
      total: before.total + added.length,
      bytes: before.bytes + bytesOf(added),
    });
    if (!abort) void run();
  }

  async function run(): Promise<void> {
    abort = new AbortController();
    const { signal } = abort;
    for (let form = nextForm(waiting); form.length > 0 && !signal.aborted; form = nextForm(waiting)) {
      waiting = waiting.slice(form.length);
      await sendForm(form, signal);
    }
    abort = undefined;
    if (waiting.length > 0) void run();
    else change({ isSending: false });
  }

  async function sendForm(form: Waiting[], signal: AbortSignal): Promise<void> {
    const before = current.sentBytes;
    const size = bytesOf(form);
    const onProgress = (share: number) => change({ sentBytes: before + size * share });
    try {
      await persistently(() =>
        options.send(
          form.map(({ document }) => document),
          { replace: form[0]?.replace ?? false, onProgress, signal },
        ),
      );
      change({ done: current.done + form.length, sentBytes: before + size });
      options.onStored();
    } catch (error) {
      change({ sentBytes: before });
      if (signal.aborted) return;
      if (form.length > 1 && !endsAll(error)) {
        waiting = [...form.map((each) => ({ ...each, isAlone: true })), ...waiting];
        return;
      }
      const refused = endsAll(error) ? [...form, ...waiting] : form;
      if (endsAll(error)) waiting = [];
      const problems = refused.map(({ document }) => problemOf(document, error));
      change({ sentBytes: before + bytesOf(refused), problems: [...current.problems, ...problems] });
    }
  }

  /** A busy server says when to come again. */
  async function persistently(send: () => Promise<void>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await send();
      } catch (error) {
        const isBusy = error instanceof ApiError && (error.status === 429 || error.status === 503);
        if (!isBusy || tries === maxTries) throw error;
        await options.wait(error.retryAfter ?? 2);
      }
    }
  }

  const without = (gone: readonly DocumentProblem[]) => current.problems.filter((problem) => !gone.includes(problem));

  return {
    state: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(documents) {
      const meant = documents.filter(({ path }) => !isLeftOut(path));
      const tooLarge = meant.filter(({ file }) => file.size > maxDocumentBytes);
      change({
        leftOut: (current.isSending ? current.leftOut : 0) + documents.length - meant.length,
        problems: [
          ...current.problems,
          ...tooLarge.map((document): DocumentProblem => ({ document, kind: 'too-large', reason: '' })),
        ],
      });
      const fitting = meant.filter(({ file }) => file.size <= maxDocumentBytes);
      enqueue(fitting.map((document) => ({ document, replace: false, isAlone: false })));
    },
    resolve(problems) {
      change({ problems: without(problems) });
      enqueue(problems.map(({ document, kind }) => ({ document, replace: kind === 'exists', isAlone: false })));
    },
    dismiss: (problems) => change({ problems: without(problems) }),
    stop() {
      waiting = [];
      abort?.abort();
    },
  };
}

/** The documents at the head that travel together: into one directory, and with one decision about what is there. */
function nextForm(waiting: readonly Waiting[]): Waiting[] {
  const [first] = waiting;
  if (!first) return [];
  const form = [first];
  let bytes = first.document.file.size;
  for (const next of waiting.slice(1, maxTogether)) {
    bytes += next.document.file.size;
    const goesAlong =
      !first.isAlone &&
      !next.isAlone &&
      next.replace === first.replace &&
      next.document.directory === first.document.directory;
    if (!goesAlong || bytes > maxTogetherBytes) break;
    form.push(next);
  }
  return form;
}

const bytesOf = (entries: readonly Waiting[]) => entries.reduce((sum, { document }) => sum + document.file.size, 0);

/** What one document was refused for may not hold for the next; the rest holds for all. */
const endsAll = (error: unknown): boolean => !(error instanceof ApiError) || ![400, 409, 413].includes(error.status);

function problemOf(document: ChosenDocument, error: unknown): DocumentProblem {
  if (!(error instanceof ApiError)) return { document, kind: 'refused', reason: '' };
  return { document, kind: error.code === 'already_exists' ? 'exists' : 'refused', reason: error.message };
}
