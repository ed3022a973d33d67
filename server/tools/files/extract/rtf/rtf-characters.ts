/** Characters that have words of their own. */
export const characters: Record<string, string> = {
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  emspace: ' ',
  enspace: ' ',
  '~': '\u00a0',
  _: '-',
  '-': '',
  '\\': '\\',
  '{': '{',
  '}': '}',
};

/** Code pages of fonts, by their character set. */
const labels: Record<number, string> = {
  0: 'windows-1252',
  77: 'macintosh',
  128: 'shift_jis',
  129: 'euc-kr',
  134: 'gbk',
  136: 'big5',
  161: 'windows-1253',
  162: 'windows-1254',
  163: 'windows-1258',
  177: 'windows-1255',
  178: 'windows-1256',
  186: 'windows-1257',
  204: 'windows-1251',
  222: 'windows-874',
  238: 'windows-1250',
};
const codePages: Record<number, string> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  10000: 'macintosh',
  65001: 'utf-8',
};
const doubleByte = new Set(['shift_jis', 'gbk', 'euc-kr', 'big5']);

/** Turns the bytes of an RTF file into characters, by the code page of the font that they are written in. */
export function createRtfCharacters() {
  const fonts = new Map<number, string>();
  const decoders = new Map<string, TextDecoder>();
  let codePage = 'windows-1252';
  let font = -1;
  let pending: number[] = [];
  /** How many characters after \u stand for readers that do not know it, by group. */
  let skips = [1];
  let toSkip = 0;

  function labelOf(fontNumber: number): string {
    return fonts.get(fontNumber) ?? codePage;
  }

  function decode(bytes: Uint8Array, label: string): string {
    const decoder = decoders.get(label) ?? new TextDecoder(label);
    decoders.set(label, decoder);
    return decoder.decode(bytes);
  }

  function flush(fontNumber: number): string {
    if (pending.length === 0) return '';
    const bytes = Uint8Array.from(pending);
    pending = [];
    return decode(bytes, labelOf(fontNumber));
  }

  return {
    beginFont: (number: number) => void (font = number),
    setCharset(charset: number) {
      const label = labels[charset];
      if (label && charset !== 0) fonts.set(font, label);
    },
    setCodePage: (number: number) =>
      void (codePage = codePages[number] ?? (number >= 1250 && number <= 1258 ? `windows-${number}` : 'windows-1252')),
    setSkipped: (count: number) => void (skips[skips.length - 1] = Math.max(0, Math.min(count, 10))),
    push: () => void skips.push(skips.at(-1) ?? 1),
    pop() {
      if (skips.length > 1) skips = skips.slice(0, -1);
      toSkip = 0;
    },
    unicode(value: number): string {
      toSkip = skips.at(-1) ?? 1;
      return String.fromCharCode(value < 0 ? value + 65_536 : value);
    },
    byte(byte: number, fontNumber: number): string {
      if (toSkip > 0) {
        toSkip -= 1;
        return '';
      }
      pending.push(byte);
      return doubleByte.has(labelOf(fontNumber)) ? '' : flush(fontNumber);
    },
    text(bytes: Uint8Array, fontNumber: number): string {
      let rest = bytes.filter((byte) => byte !== 10 && byte !== 13 && byte !== 0);
      if (toSkip > 0) {
        const skipped = Math.min(toSkip, rest.length);
        toSkip -= skipped;
        rest = rest.subarray(skipped);
      }
      if (pending.length === 0) return decode(rest, labelOf(fontNumber));
      const whole = Uint8Array.from([...pending, ...rest]);
      pending = [];
      return decode(whole, labelOf(fontNumber));
    },
    flush,
  };
}
