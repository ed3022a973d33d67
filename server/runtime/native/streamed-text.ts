/**
 * Makes streamed text storable: no NUL, which PostgreSQL refuses, and no emoji torn between two chunks.
 */
export function createTextCleaner(): { push(delta: string): string; flush(): string } {
  let held = '';
  return {
    push(delta) {
      let text = held + delta;
      held = '';
      if (text.includes('\0')) text = text.replaceAll('\0', '');
      const last = text.charCodeAt(text.length - 1);
      if (last >= 0xd800 && last <= 0xdbff) {
        held = text.slice(-1);
        text = text.slice(0, -1);
      }
      return text.isWellFormed() ? text : text.toWellFormed();
    },
    flush() {
      const text = held.toWellFormed();
      held = '';
      return text;
    },
  };
}

export function cleanText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** The same for everything inside a JSON value. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [cleanText(key), cleanJson(member)]));
}

const deepestInput = 100;

/**
 * A tool's input, or a text that says why not: one nested deeper than any tool asks for would overflow the stack of
 * whatever walks it. The tool gate refuses the text, and records that, as it does any input that is no object.
 */
export function flatEnough(input: unknown): unknown {
  let level: unknown[] = [input];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestInput) return '[The input was nested too deeply.]';
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return input;
}
