const raisedCharacters: Record<string, string> = {
  ...Object.fromEntries(
    [...'0123456789+-=()n'].map((plain, index) => [plain, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ'][index] ?? plain]),
  ),
  '−': '⁻',
  '–': '⁻',
  i: 'ⁱ',
};
const loweredCharacters: Record<string, string> = {
  ...Object.fromEntries([...'0123456789+-=()'].map((plain, index) => [plain, [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎'][index] ?? plain])),
  '−': '₋',
};
/** The small letters of 1st, 2nd, 3e, n.º mean the same when they are not small. */
const ordinals = /^(?:st|nd|rd|th|er|ère|re|e|è|ème|me|o|a|os|as|º|ª|te|de|®|™|©|\*+|†+|‡+)$/i;

/** Superscript in plain text: `10³`, `x^(max)`. */
export function raised(text: string): string {
  if (ordinals.test(text.trim())) return text;
  return spelled(text, raisedCharacters, '^');
}

/** Subscript in plain text: `H₂O`, `x_(max)`. */
export function lowered(text: string): string {
  return spelled(text, loweredCharacters, '_');
}

function spelled(text: string, characters: Record<string, string>, mark: string): string {
  const core = text.trim();
  if (core === '') return text;
  const mapped = [...core].map((character) => characters[character]);
  const small = mapped.every((character) => character !== undefined) ? mapped.join('') : `${mark}(${core})`;
  return text.replace(core, () => small);
}
