/**
 * A validated input as it can be stored and shown: no NUL and no lone surrogate, which PostgreSQL refuses in JSON, and
 * no member without a value. What is stored is what the tool is given later, so nothing is changed after it was shown.
 */
export function storableInput(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map((entry) => storableInput(entry ?? null));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [storableText(key), storableInput(member)]));
}

export const storableText = (text: string) => text.replaceAll('\0', '').toWellFormed();
