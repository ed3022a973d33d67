import type { Readable } from 'node:stream';
import { AppError, invalidField } from '../platform/errors.ts';

/** The form's reader fails with plain errors where the client's form is not well formed or breaks off. */
export function explainFormFault(error: unknown): never {
  if (error instanceof Error && ('statusCode' in error || error instanceof AppError)) throw error;
  throw invalidField('file', 'The upload is not a complete form with files. Try again.');
}

/** Whoever stops reading decides what becomes of the rest. */
export async function* explainFormFaults(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    explainFormFault(error);
  }
}
