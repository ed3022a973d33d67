import { errorOf, type EventReader } from './event-reader.ts';
import { argumentsOf, countOf, isLoose, type Loose, looseListOf, looseOf, textOf } from './loose.ts';

// https://ai.google.dev/api/generate-content

export function createGoogleReader(): EventReader {
  return {
    read(event) {
      const error = errorOf(event);
      if (error) {
        const { code, status } = looseOf(event.error);
        return [
          { error: { code: countOf(code) ?? null, message: error.message, status: textOf(status) || 'UNKNOWN' } },
        ];
      }
      const [candidate] = looseListOf(event.candidates);
      const blockReason = textOf(looseOf(event.promptFeedback).blockReason);
      return [
        {
          ...(textOf(event.responseId) && { responseId: textOf(event.responseId) }),
          ...(candidate && { candidates: [tidyCandidate(candidate)] }),
          ...(isLoose(event.usageMetadata) && { usageMetadata: tidyUsage(event.usageMetadata) }),
          ...(blockReason && { promptFeedback: { blockReason } }),
        },
      ];
    },
    join(before, next) {
      const [one, other] = [growthOf(before), growthOf(next)];
      if (!one || !other || one.thought !== other.thought) return undefined;
      const parts = [{ ...other, text: textOf(one.text) + textOf(other.text) }];
      // The counts of the later event are those of the whole so far.
      return { ...before, ...next, candidates: [{ content: { role: 'model', parts } }] };
    },
    end: () => [],
    whole(answer) {
      return this.read(answer);
    },
  };
}

function tidyCandidate({ content, finishReason, finishMessage }: Loose): Loose {
  const parts = looseListOf(looseOf(content).parts).flatMap(tidyPart);
  return {
    content: { role: 'model', parts },
    ...(textOf(finishReason) && { finishReason: reasonOf(textOf(finishReason).toUpperCase()) }),
    ...(textOf(finishMessage) && { finishMessage: textOf(finishMessage) }),
  };
}

/** The text of an event in our form that has nothing else but counts. */
function growthOf({ candidates, promptFeedback }: Loose): Loose | undefined {
  const [{ content, finishReason, finishMessage } = {}] = looseListOf(candidates);
  const parts = looseListOf(looseOf(content).parts);
  const [part] = parts;
  const hasMore = promptFeedback ?? finishReason ?? finishMessage ?? part?.thoughtSignature;
  return parts.length === 1 && typeof part?.text === 'string' && hasMore === undefined ? part : undefined;
}

/** Reasons that the adapter would take for those of a whole answer. */
function reasonOf(reason: string): string {
  if (/^(LANGUAGE|MODEL_ARMOR|IMAGE_RECITATION|IMAGE_PROHIBITED_CONTENT)$/.test(reason)) return 'PROHIBITED_CONTENT';
  if (
    /^(OTHER|IMAGE_OTHER|UNEXPECTED_TOOL_CALL|TOO_MANY_TOOL_CALLS|MALFORMED_RESPONSE|MISSING_THOUGHT_SIGNATURE)$/.test(
      reason,
    )
  )
    return 'MALFORMED_FUNCTION_CALL';
  return reason;
}

function tidyPart({ text, thought, thoughtSignature, functionCall }: Loose): Loose[] {
  const signature = textOf(thoughtSignature) ? { thoughtSignature: textOf(thoughtSignature) } : {};
  if (isLoose(functionCall)) {
    const { id, name, args } = functionCall;
    const call = { ...(textOf(id) && { id: textOf(id) }), name: textOf(name), args: argumentsOf(args) };
    return [{ functionCall: call, ...signature }];
  }
  if (text === undefined) return [];
  const isThought = thought === true || thought === 'true';
  return [{ text: textOf(text), ...(isThought && { thought: true }), ...signature }];
}

const counts = [
  'promptTokenCount',
  'candidatesTokenCount',
  'totalTokenCount',
  'thoughtsTokenCount',
  'cachedContentTokenCount',
];

function tidyUsage(usage: Loose): Loose {
  return Object.fromEntries(
    counts.flatMap((key) => {
      const count = countOf(usage[key]);
      return count === undefined ? [] : [[key, count]];
    }),
  );
}
