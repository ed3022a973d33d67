import { createHash } from 'node:crypto';
import { systemAuthority } from '../../db/authority.ts';
import type { Signals } from '../../db/signals.ts';
import { storableText } from '../approval/storable-input.ts';
import type { CitedPassage, Citations } from '../tool.ts';
import { type NewPassage, numberPassages } from './passage.queries.ts';

/** Characters that are kept of a passage: enough to show it and to find it again. */
const keptCharacters = 2_500;

interface Asked {
  passage: NewPassage;
  resolve: (number: number) => void;
  reject: (reason: unknown) => void;
}

/** Numbers what one tool call returns; what is asked for in the same turn of the event loop is stored with one statement. */
export function numberCitations(
  signals: Pick<Signals, 'transaction'>,
  call: { conversationId: string; runId: string; toolCallId: string },
): Citations {
  const { conversationId, runId } = call;
  const toolCallId = storableText(call.toolCallId).slice(0, 500);
  let asked: Asked[] = [];

  async function store(): Promise<void> {
    const batch = asked;
    asked = [];
    try {
      const numbers = await signals.transaction(systemAuthority, (tx) =>
        numberPassages(
          tx,
          { conversationId, runId, toolCallId },
          batch.map(({ passage }) => passage),
        ),
      );
      // Whoever deleted the conversation will not read the answer.
      batch.forEach(({ passage, resolve }, index) => resolve(numbers?.get(passage.digest) ?? index + 1));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    number(passage) {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      if (asked.length === 0) queueMicrotask(() => void store());
      asked.push({ passage: storable(passage), resolve, reject });
      return promise;
    },
  };
}

function storable({ path, place, text }: CitedPassage): NewPassage {
  const kept = {
    path: storableText(path),
    place: storableText(place),
    text: storableText(text).trim().slice(0, keptCharacters).toWellFormed(),
  };
  const digest = createHash('sha256').update(JSON.stringify(kept)).digest('base64url');
  return { ...kept, digest };
}
