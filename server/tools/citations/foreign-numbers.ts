import { escapeMarks } from '../../../contract/citations.ts';

/** How tools write the number of a passage: alone on a line, before a path, or at the end of a line of theirs. */
const forms = [
  /^(\s*)(?=\[\d{1,6}\]\s*(?:$|\/|https?:))/,
  /^(\s*\[Page \d+[^\]]*\].*)(?=\[\d{1,6}\]\s*$)/,
  /^(\s*File: \/.*)(?=\[\d{1,6}\]\s*$)/,
];

/** Brackets are part of the language there, and answers show it as code, where nothing is cited. */
const code =
  /\.(?:[cm]?[jt]sx?|vue|svelte|py|ipynb|java|kts?|kotlin|scala|c|h|cc|cpp|hpp|cs|go|rs|rb|php|swift|lua|pl|r|sql|sh|bash|ps1|jsonc?|ya?ml|toml|ini|xml|css|scss)$/i;

/**
 * A line of a document for the model: its own numbers in brackets have a backslash, so that a quote of it cites nothing, and a
 * document cannot pass its words off as another's. In code, only what stands where tools write theirs.
 */
export function withoutForeignNumbers(line: string, path: string): string {
  if (!code.test(path)) return escapeMarks(line);
  return forms.reduce((text, form) => text.replace(form, '$1\\'), line);
}
