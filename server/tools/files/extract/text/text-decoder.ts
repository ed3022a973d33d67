import iconv from 'iconv-lite';

/** What a text's bytes become, piece by piece; bytes that are none of the encoding become U+FFFD. */
export interface StreamingDecoder {
  write(bytes: Buffer): string;
  end(): string;
}

/** The platform decodes what the web knows; the rest is UTF-32 and the code pages of DOS. */
const byLibrary = new Set(['utf-32le', 'utf-32be', 'cp437', 'cp850', 'cp852']);

export function decoderOf(label: string): StreamingDecoder {
  if (byLibrary.has(label)) {
    const decoder = iconv.getDecoder(label, { stripBOM: false });
    return { write: (bytes) => decoder.write(bytes), end: () => decoder.end() ?? '' };
  }
  const decoder = new TextDecoder(label, { ignoreBOM: true });
  return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
}

export function decodeBytes(bytes: Buffer, label: string): string {
  const decoder = decoderOf(label);
  return decoder.write(bytes) + decoder.end();
}
