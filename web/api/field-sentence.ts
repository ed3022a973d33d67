import type { ErrorAnswer } from '../../contract/common.ts';

/**
 * Of a refusal that begins with the name of a field (“allowedTools: At most 200 entries.”), the sentence with the field's
 * label instead, or without one that is not known; undefined for any other. `said` are the sentences of fields in the
 * person's language.
 */
export function fieldSentence(
  { error, details }: Pick<ErrorAnswer, 'error' | 'details'>,
  said: Readonly<Record<string, string[]>>,
  labelOf: (field: string) => string | undefined,
): string | undefined {
  const [field, sentences] = Object.entries(details?.fieldErrors ?? {})[0] ?? [];
  if (field === undefined || error !== `${field}: ${sentences?.[0]}`) return undefined;
  const sentence = said[field]?.[0];
  // Of a path such as `icon.emoji` or `starters.3` the last name says most.
  const name = field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? field;
  const label = labelOf(name);
  return label === undefined ? sentence : `${label.charAt(0).toLocaleUpperCase()}${label.slice(1)}: ${sentence}`;
}
