import { sizeText } from '../../size-text.ts';
import { belowHeading } from '../markdown-document.ts';
import type { Part, PartReader } from '../read-parts.ts';

/** A mail in whatever format, as far as people see it. */
export interface Letter {
  subject: string;
  /** People as mail programs show them, and everything else above the text: "From", "To", "Date". */
  lines: { name: string; value: string }[];
  /** Markdown. */
  body: string;
  parts: Part[];
  /** What a person would be told: "The message is encrypted (S/MIME), so its text cannot be read." */
  notices: string[];
  pictures: number;
}

/** `# Subject`, who, when, the text, and each attachment with its text. */
export async function letterText(letter: Letter, readPart: PartReader): Promise<string> {
  const { subject, lines, parts, notices, body } = letter;
  const named = parts.map(({ name, bytes }) => `${oneLine(name)} (${sizeText(bytes.byteLength)})`);
  const head = [
    `# ${oneLine(subject) || '(no subject)'}`,
    ...lines.filter(({ value }) => value !== '').map(({ name, value }) => `${name}: ${oneLine(value)}`),
    ...(named.length > 0 ? [`Attachments: ${named.join(', ')}`] : []),
  ];
  const blocks = [head.join('\n'), ...notices, belowHeading(body.trim(), 1)];
  for (const part of parts) {
    blocks.push(`## Attachment: ${oneLine(part.name)}`, belowHeading(await readPart(part), 2));
  }
  return blocks.filter((block) => block !== '').join('\n\n');
}

export function withoutCarriageReturns(text: string): string {
  return text.replace(/\r\n?/g, '\n');
}

/** Plain text in which nothing looks like a heading of ours. */
export function plainBody(text: string): string {
  return withoutCarriageReturns(text)
    .replace(/[ \t]+$/gm, '')
    .replace(/^(?=#{1,6} )/gm, '\\')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
