/**
 * A text as a regular expression that fits just that text, with and without the flag `u`, which refuses escapes that it does not need.
 * https://tc39.es/ecma262/#prod-SyntaxCharacter
 */
export const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
