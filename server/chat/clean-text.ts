/** PostgreSQL refuses NUL in text and lone surrogates in JSON: neither may reach it. */
export function cleanText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '') : wellFormed;
}

/** The same for every string, also keys, in a JSON value; what JSON cannot say is left out. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [cleanText(key), cleanJson(entry)]));
  }
  return value === undefined ? null : value;
}

export interface DeltaCleaner {
  /** Clean text that is safe to send now. Half a surrogate pair at the end waits for its other half. */
  push(delta: string): string;
  /** What still waited when the text ended. */
  end(): string;
}

export function createDeltaCleaner(): DeltaCleaner {
  let held = '';
  return {
    push(delta) {
      let text = held + delta;
      held = '';
      const last = text.charCodeAt(text.length - 1);
      if (last >= 0xd800 && last <= 0xdbff) {
        held = text.slice(-1);
        text = text.slice(0, -1);
      }
      return cleanText(text);
    },
    end() {
      const rest = cleanText(held);
      held = '';
      return rest;
    },
  };
}
