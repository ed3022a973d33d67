import { encodingOfStart } from './extract/text/encoding-scan.ts';

/** How a text is read, and what is to be said of it. */
export interface TextEncoding {
  label: string;
  /** Bytes of the byte order mark, which is no text. */
  markBytes: number;
  /** Bytes that are none of this encoding; each stands as U+FFFD. */
  badBytes: number;
  /** Told by its letters, as it is none of Unicode. */
  isGuessed: boolean;
  /** Another encoding would make nearly as much sense. */
  isUncertain: boolean;
}

/** Whether the first bytes of a file are text in any encoding. */
export function looksLikeText(sample: Buffer): boolean {
  return encodingOfStart(sample) !== undefined || !isBinary(sample);
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

/** What a reader is told of an encoding that could not simply be known; empty for sound Unicode. */
export function encodingNote({ label, badBytes, isGuessed, isUncertain }: TextEncoding): string {
  const bad =
    badBytes === 0
      ? ''
      : `; ${badBytes} ${badBytes === 1 ? 'byte is' : 'bytes are'} no ${label.toUpperCase()} and shown as \ufffd`;
  if (!isGuessed) return bad;
  return isUncertain ? `; probably ${label}, told by few letters: they may be wrong${bad}` : `; in ${label}${bad}`;
}
