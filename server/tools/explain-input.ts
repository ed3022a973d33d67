import '../../contract/plain-issues.ts';
import type * as z from 'zod';

const maxIssues = 5;
const limit = 1_000;

/** What is wrong with a tool's input, short and exact, for the model to mend. */
export function explainInput(error: z.ZodError, input: unknown): string {
  if (typeof input === 'string') return 'The input must be one JSON object, but it was not valid JSON.';
  const lines = error.issues.slice(0, maxIssues).map(({ path, message }) => {
    const place = path.length > 0 ? path.map(String).join('.') : 'input';
    return `${place}: ${message}`;
  });
  const more = error.issues.length - lines.length;
  const text = [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
  const reason = text.length > limit ? `${text.slice(0, limit)}…` : text;
  const sentence = `The input is not valid. ${reason}`;
  return sentence.toWellFormed();
}
