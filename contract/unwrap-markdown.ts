/**
 * Joins the lines that Markdown in our sources is wrapped to, so that an editor shows each paragraph and list item as the
 * one line it is. For plain paragraphs, headings and lists; not for code or tables.
 */
export function unwrapMarkdown(text: string): string {
  return text.replaceAll(/(?<=[^\n])\n(?!\n|$|#|[ ]*(?:[-*]|\d+\.) )[ ]*/g, (_break, at: number) =>
    /(?:^|\n)#[^\n]*$/.test(text.slice(0, at)) ? '\n' : ' ',
  );
}
