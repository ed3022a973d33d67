/** Lines and spaces that push what follows out of sight are counted instead. */
export const foldBlank = (text: string): string =>
  text
    .replace(/\n(?:[^\S\n]*\n){3,}/g, (blank) => `\n⟨${blank.split('\n').length - 2} × ↵⟩\n`)
    .replace(/[^\S\n]{9,}/g, (blank) => ` ⟨${blank.length} × ␣⟩ `);
