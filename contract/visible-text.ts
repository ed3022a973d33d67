/**
 * Characters that nobody sees, or that turn others around: controls, formats, fillers, tags, selectors. Not tabs, line
 * feeds and the joiners that emoji and some scripts need.
 */
const unseen =
  /(?![\t\n\u200C\u200D])(?:[\p{Cc}\p{Cf}\u2028\u2029\u115F\u1160\u2800\u3164\uFFA0]|\u034F|[\u{E0100}-\u{E01EF}])/gu;

/** The text with what cannot be seen written out, as `⟨U+202E⟩`: for what a person decides about by what it looks like. */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
