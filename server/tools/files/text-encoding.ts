export interface TextEncoding {
  label: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  /** Bytes of the byte order mark, which is no text. */
  markBytes: number;
}

/**
 * The encoding of a text by its first bytes, or undefined when they are not text. What is not valid UTF-8 is taken for
 * windows-1252, the superset of Latin-1 that old office software writes.
 *
 * @param isWhole whether `sample` is the whole file; otherwise its last character may be cut.
 */
export function detectEncoding(sample: Uint8Array, isWhole: boolean): TextEncoding | undefined {
  const [first, second, third] = sample;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { label: 'utf-8', markBytes: 3 };
  if (first === 0xff && second === 0xfe) return { label: 'utf-16le', markBytes: 2 };
  if (first === 0xfe && second === 0xff) return { label: 'utf-16be', markBytes: 2 };
  if (isBinary(sample)) return undefined;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !isWhole });
    return { label: 'utf-8', markBytes: 0 };
  } catch {
    return { label: 'windows-1252', markBytes: 0 };
  }
}

/** Text has no NUL, and hardly any control characters but tab, line ends, form feed and the escapes of coloured logs. */
function isBinary(sample: Uint8Array): boolean {
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) return true;
    if (byte < 32 && !(byte >= 8 && byte <= 13) && byte !== 27) controls += 1;
  }
  return controls > sample.length * 0.02;
}
