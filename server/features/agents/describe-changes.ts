import { isDeepStrictEqual } from 'node:util';

export type Changes = Record<string, { from: unknown; to: unknown }>;

/** `{ field: { from, to } }` for each field of `after` whose value differs; empty when nothing does. */
export function describeChanges(before: object, after: object): Changes {
  const known = before as Record<string, unknown>;
  const differing = Object.entries(after).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(known[field] ?? null, value ?? null),
  );
  return Object.fromEntries(differing.map(([field, value]) => [field, { from: known[field] ?? null, to: value }]));
}
