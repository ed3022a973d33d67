import type { UploadPreview } from '../../../contract/conversations.ts';
import type { DocumentText } from '../../tools/files/document-text.ts';

/** What is sent of a long file. */
const maxLines = 1_600;
const maxCharacters = 400_000;

/** The beginning of a file's text. */
export function presentPreview({ kind, lines, isCut }: DocumentText): UploadPreview {
  const sent: string[] = [];
  let room = maxCharacters;
  for (const line of lines.slice(0, maxLines)) {
    room -= line.length + 1;
    if (room < 0) break;
    sent.push(line);
  }
  return { kind, totalLines: isCut ? null : lines.length, lines: sent };
}
