/** How tools write the number of a passage: alone on a line, before a path, or at the end of a line of theirs. */
const forms = [
  /^(\s*)(?=\[\d{1,6}\]\s*(?:$|\/|https?:))/,
  /^(\s*\[Page \d+[^\]]*\].*)(?=\[\d{1,6}\]\s*$)/,
  /^(\s*File: \/.*)(?=\[\d{1,6}\]\s*$)/,
];

/**
 * A line of a document that looks as if a tool had numbered a passage there is given to the model with a backslash before the
 * number, so that a document cannot pass its words off as another's.
 */
export const withoutForeignNumber = (line: string): string =>
  forms.reduce((text, form) => text.replace(form, '$1\\'), line);
