/** JSON of which nothing is taken for granted: proxies leave out, add, and write numbers as text. */
export type Loose = Record<string, unknown>;

export function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function looseOf(value: unknown): Loose {
  return isLoose(value) ? value : {};
}

export function looseListOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.filter(isLoose) : [];
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Also of a count that came as text; undefined for what is none. */
export function countOf(value: unknown): number | undefined {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? Math.round(count) : undefined;
}

/** A call's arguments as the text that adapters join and parse, whichever way they came. */
export function argumentsTextOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A call's arguments as an object where they are one, also when they came as its text. */
export function argumentsOf(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? {};
  if (value.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isLoose(parsed) ? parsed : value;
  } catch {
    return value;
  }
}
