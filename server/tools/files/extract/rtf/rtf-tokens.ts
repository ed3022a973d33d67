export type RtfToken =
  | { kind: 'open' | 'close' }
  | { kind: 'word'; name: string; value: number | undefined }
  | { kind: 'text'; bytes: Uint8Array }
  /** A character by its code in the current code page. */
  | { kind: 'byte'; byte: number };

const [backslash, brace, closingBrace, apostrophe, space, minus] = [0x5c, 0x7b, 0x7d, 0x27, 0x20, 0x2d];

/** The tokens of an RTF file. (Rich Text Format 1.9.1, "Conventions of an RTF Reader".) */
export function* rtfTokens(bytes: Uint8Array): Generator<RtfToken> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === brace || byte === closingBrace) {
      at += 1;
      yield { kind: byte === brace ? 'open' : 'close' };
    } else if (byte === backslash) {
      const next = bytes[at + 1] ?? 0;
      if (next === apostrophe) {
        const code = Number.parseInt(String.fromCharCode(bytes[at + 2] ?? 0, bytes[at + 3] ?? 0), 16);
        at += 4;
        if (!Number.isNaN(code)) yield { kind: 'byte', byte: code };
      } else if (isLetter(next)) {
        const word = controlWord(bytes, at + 1);
        at = word.end;
        // What follows \bin is as many bytes of anything.
        if (word.name === 'bin') at += Math.max(0, word.value ?? 0);
        else yield { kind: 'word', name: word.name, value: word.value };
      } else {
        at += 2;
        yield { kind: 'word', name: String.fromCharCode(next), value: undefined };
      }
    } else {
      const start = at;
      while (at < bytes.length && !isSpecial(bytes[at] ?? 0)) at += 1;
      yield { kind: 'text', bytes: bytes.subarray(start, at) };
    }
  }
}

function controlWord(bytes: Uint8Array, start: number): { name: string; value: number | undefined; end: number } {
  let at = start;
  while (at < bytes.length && at - start < 40 && isLetter(bytes[at] ?? 0)) at += 1;
  const name = String.fromCharCode(...bytes.subarray(start, at));
  const digits = at;
  if (bytes[at] === minus) at += 1;
  while (at < bytes.length && at - digits < 12 && isDigit(bytes[at] ?? 0)) at += 1;
  const value = at > digits ? Number(String.fromCharCode(...bytes.subarray(digits, at))) : undefined;
  if (bytes[at] === space) at += 1;
  return { name, value: Number.isNaN(value) ? undefined : value, end: at };
}

function isSpecial(byte: number): boolean {
  return byte === backslash || byte === brace || byte === closingBrace;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a);
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
