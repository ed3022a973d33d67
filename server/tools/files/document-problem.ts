import type { UnreadableCode } from '../../../contract/unreadable-codes.ts';

interface DocumentProblem {
  code: UnreadableCode;
  /** What to do about it; empty where the problem says it. */
  advice: string;
}

/** By what readers say. */
const problems: [RegExp, UnreadableCode, string][] = [
  [/password/, 'password', 'Save it without a password.'],
  [/DRM|PGP/, 'protected', ''],
  [/MB; documents can be read/, 'too_large', 'Divide it into smaller documents.'],
  [
    /too much memory|could not be read within|takes too long|too many parts|too large when unpacked|too deeply/,
    'too_heavy',
    'Divide it into smaller documents, or save it as another format.',
  ],
  [/is a (\w+ )?program/, 'program', ''],
  [/archive/, 'archive', 'Unpack it, and put its files here.'],
  [/encoding/, 'encoding', 'Save it as UTF-8.'],
  [/picture/, 'picture', 'Save it as PNG, JPEG or PDF.'],
  [/damaged|no valid/, 'damaged', 'Open it in the program it was made with and save it again.'],
  [/has no text|holds no text/, 'no_text', 'Put a version with text beside it.'],
  [/saved as PDF|exported/, 'needs_export', ''],
];

/** Why a document cannot be read, by the sentence of its reader; undefined for one of another kind. */
export function findProblem(sentence: string): DocumentProblem | undefined {
  const [, code, advice] = problems.find(([pattern]) => pattern.test(sentence)) ?? [];
  return code && { code, advice: advice ?? '' };
}

export const codeOfProblem = (sentence: string): UnreadableCode | undefined => findProblem(sentence)?.code;
