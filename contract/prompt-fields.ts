/** `{{customer}}`: a word or a few, on one line. */
const field = /\{\{\s*([\p{L}\p{N}][\p{L}\p{N} _-]{0,39}?)\s*\}\}/gu;

/** The names of what a prompt leaves open, each once, in the order of the text. */
export function promptFields(text: string): string[] {
  return [...new Set([...text.matchAll(field)].map(([, name]) => name!))];
}

/** The text with what was entered in place of its fields. What is entered is never looked at for fields again. */
export function fillPrompt(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(field, (whole, name: string) => (Object.hasOwn(values, name) ? values[name]! : whole));
}
