/** Characters of fonts that hold pictures in place of letters, as people see them. */
const wingdings: Record<string, string> = {
  '6C': '●',
  '6E': '■',
  '6F': '□',
  '71': '❑',
  '72': '❒',
  '76': '❖',
  '9F': '•',
  A1: '○',
  A7: '▪',
  A8: '☐',
  D8: '➢',
  E0: '→',
  DF: '←',
  E8: '➔',
  F0: '⇨',
  FB: '✗',
  FC: '✓',
  FD: '☒',
  FE: '☑',
  '4A': '☺',
  '28': '☎',
  '2A': '✉',
};
const wingdings2: Record<string, string> = {
  '4F': '✗',
  '50': '✓',
  '51': '☒',
  '52': '☑',
  '53': '☒',
  '54': '☒',
  A3: '☐',
  '30': '☐',
};
const greek = 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ';
const greekCapitals = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ';
const symbol: Record<string, string> = {
  B0: '°',
  B1: '±',
  B3: '≥',
  A3: '≤',
  B4: '×',
  B7: '•',
  B8: '÷',
  B9: '≠',
  BA: '≡',
  BB: '≈',
  A5: '∞',
  A9: '♥',
  AC: '←',
  AD: '↑',
  AE: '→',
  AF: '↓',
  AB: '↔',
  D2: '®',
  D3: '©',
  D4: '™',
  D6: '√',
  E5: '∑',
  F2: '∫',
  DE: '⇒',
  DB: '⇔',
  D0: '∠',
  B6: '∂',
  CE: '∈',
  A2: '′',
};

/** @param code hexadecimal, in the private area of Unicode (`F0FE`) or not */
export function symbolCharacter(font: string, code: string): string {
  const point = Number.parseInt(code, 16);
  if (!(point > 0 && point <= 0x10ffff)) return '';
  const key = (point & 0xff).toString(16).toUpperCase().padStart(2, '0');
  if (/^wingdings 2$/i.test(font)) return wingdings2[key] ?? '▪';
  if (/^wingdings/i.test(font)) return wingdings[key] ?? '▪';
  if (/^symbol$/i.test(font)) {
    const low = point & 0xff;
    if (low >= 0x61 && low <= 0x7a) return [...greek][low - 0x61] ?? '';
    if (low >= 0x41 && low <= 0x5a) return [...greekCapitals][low - 0x41] ?? '';
    return symbol[key] ?? (low >= 0x20 && low < 0x7f ? String.fromCodePoint(low) : '▪');
  }
  return point >= 0xe000 && point <= 0xf8ff ? '▪' : String.fromCodePoint(point);
}
