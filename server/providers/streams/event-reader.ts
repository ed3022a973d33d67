import type { Loose } from './loose.ts';

/**
 * Puts the events of one answer into exactly the form that the provider's adapter in the AI SDK expects, which gives up a whole
 * answer for one event that it does not know. What nobody here needs is left out. One reader per answer.
 */
export interface EventReader {
  /** The events to hand on in place of this one. */
  read(event: Loose): Loose[];
  /** One event in place of two that follow each other, where both are growth of the same text; undefined for all others. */
  join(before: Loose, next: Loose): Loose | undefined;
  /** What is missing at the end of an answer that is whole; `isDone`: the stream said so. */
  end(isDone: boolean): Loose[];
  /** An answer that came at once although a stream was asked for. */
  whole(answer: Loose): Loose[];
}

/** An error in mid-stream, in whichever of the usual forms; undefined when there is none. */
export function errorOf(event: Loose): { message: string; type?: string; code?: string } | undefined {
  const { error } = event;
  if (typeof error === 'string' && error !== '') return { message: error };
  const isNamed = event.type === 'error';
  const source = typeof error === 'object' && error !== null ? (error as Loose) : isNamed ? event : undefined;
  if (!source) return undefined;
  const { message, type, code } = source;
  return {
    message: typeof message === 'string' && message ? message : JSON.stringify(source).slice(0, 2_000),
    ...(typeof type === 'string' && type !== 'error' && { type }),
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
  };
}
