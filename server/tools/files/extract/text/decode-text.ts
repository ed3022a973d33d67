import { UnreadableDocument } from '../document.ts';
import { createEncodingScan, encodingOfStart } from './encoding-scan.ts';
import { decodeBytes } from './text-decoder.ts';

export const unknownEncoding = () =>
  new UnreadableDocument(
    'is text in an encoding that could not be recognised, so its letters would come out wrong. Ask for it saved as UTF-8',
  );

const declarationBytes = 4096;

/** A text in memory, without its mark. Throws UnreadableDocument when its encoding cannot be told. */
export async function decodeText(bytes: Buffer): Promise<string> {
  const scan = createEncodingScan();
  scan.add(bytes);
  const found = scan.end();
  if (found.label !== undefined) return decodeBytes(bytes.subarray(found.markBytes), found.label);
  const { guessEncoding } = await import('./guess-encoding.ts');
  const guess = guessEncoding(found.evidence);
  if (!guess) throw unknownEncoding();
  return decodeBytes(bytes, guess.label);
}

/** HTML or XML in memory: its mark, then what it declares and can be true, then what its bytes tell. */
export async function decodeMarkup(bytes: Buffer, declared?: string): Promise<string> {
  const start = encodingOfStart(bytes);
  if (start) return decodeBytes(bytes.subarray(start.markBytes), start.label);
  const head = bytes.toString('latin1', 0, declarationBytes);
  for (const label of [declared, declaredIn(head)]) {
    const text = label === undefined ? undefined : decodeStrictly(bytes, label);
    if (text !== undefined) return text;
  }
  return decodeText(bytes);
}

function declaredIn(head: string): string | undefined {
  return (
    /<meta\s[^>]*charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1] ??
    /^\s*<\?xml\s[^>]*encoding\s*=\s*["']([\w.:-]+)["']/i.exec(head)?.[1]
  );
}

/** Undefined when the declaration cannot be true. */
function decodeStrictly(bytes: Buffer, label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
