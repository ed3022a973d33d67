/** Nothing that people or their tools send has nearly as many; a million take the main thread half a second. */
const maxValues = 20_000;
const deepest = 200;

const [quote, backslash] = [0x22, 0x5c];
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);
const between = new Set([0x2c, 0x3a]);

/**
 * Whether reading this JSON, checking it against a schema and saying what is wrong with it would hold up everybody else:
 * it has very many values or is nested very deeply. Looks at each byte once, and does not mind whether it is JSON at all.
 */
export function isCostlyJson(bytes: Buffer): boolean {
  let values = 0;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      at = endOfString(bytes, at);
      continue;
    }
    if (closing.has(byte)) depth -= 1;
    else if (opening.has(byte)) depth += 1;
    else if (!between.has(byte)) continue;
    values += 1;
    if (values > maxValues || depth > deepest) return true;
  }
  return false;
}

/** Where the string that begins here ends, or the last byte. */
function endOfString(bytes: Buffer, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    if (bytes[at] === backslash) at += 1;
    else if (bytes[at] === quote) return at;
  }
  return bytes.length;
}
