import { type Address, type Attachment, decodeWords, type Email } from 'postal-mime';
import { pageOfHtml, picturesNotShown } from '../web/extract-html.ts';
import type { ExtractedText } from '../document.ts';
import { type Letter, letterText, plainBody } from './letter.ts';
import { markdownDocument } from '../markdown-document.ts';
import { parseMail } from './parse-mail.ts';
import type { Part, PartReader } from '../read-parts.ts';

/** A message as mail programs save it. (Format: RFC 5322, RFC 2045 to 2047.) */
export async function extractMail(bytes: Buffer, readPart: PartReader): Promise<ExtractedText> {
  const letter = letterOf(await parseMail(bytes));
  return markdownDocument('mail', await letterText(letter, readPart), { notShown: picturesNotShown(letter.pictures) });
}

export function letterOf(email: Email): Letter {
  const page = email.html === undefined ? undefined : pageOfHtml(email.html);
  const body = page?.text || plainBody(email.text ?? '');
  const isInPage = ({ mimeType, related, disposition }: Attachment) =>
    mimeType.startsWith('image/') && (related === true || disposition === 'inline');
  const parts = email.attachments.filter((attachment) => !isInPage(attachment)).map(partOf);
  const header = (key: string) => email.headers.find((candidate) => candidate.key === key)?.value ?? '';
  return {
    subject: email.subject ?? '',
    lines: [
      { name: 'From', value: email.from ? peopleText([email.from]) : '' },
      { name: 'Sender', value: email.sender && header('sender') !== header('from') ? peopleText([email.sender]) : '' },
      { name: 'To', value: peopleText(email.to) },
      { name: 'Cc', value: peopleText(email.cc) },
      { name: 'Bcc', value: peopleText(email.bcc) },
      { name: 'Reply-To', value: peopleText(email.replyTo) },
      { name: 'Date', value: decodeWords(header('date')) },
    ],
    body,
    parts: parts.filter(({ mediaType }) => !signatures.test(mediaType)),
    notices: noticesOf(email, header('content-type')),
    pictures: page?.pictures ?? 0,
  };
}

const signatures = /^application\/(pgp-signature|(x-)?pkcs7-signature|pgp-encrypted)$/;

function noticesOf(email: Email, contentType: string): string[] {
  const types = email.attachments.map(({ mimeType }) => mimeType);
  const hasText = Boolean(email.html ?? email.text);
  if (types.includes('application/pgp-encrypted'))
    return ['(The message is encrypted with PGP: its text cannot be read.)'];
  if (hasText || !types.some((type) => /^application\/(x-)?pkcs7-mime$/.test(type))) return [];
  return /smime-type="?signed/i.test(contentType)
    ? ['(The message is signed with S/MIME in a way that hides its text. Ask for it as plain mail.)']
    : ['(The message is encrypted with S/MIME: its text cannot be read.)'];
}

function peopleText(people: Address[] = []): string {
  return people
    .map((person) => {
      if (person.group) return `${person.name}: ${peopleText(person.group)};`;
      return person.name === '' || person.name === person.address
        ? person.address
        : `${person.name} <${person.address}>`;
    })
    .join(', ');
}

const endings: Record<string, string> = {
  'text/plain': '.txt',
  'text/html': '.html',
  'text/calendar': '.ics',
  'message/rfc822': '.eml',
  'application/pdf': '.pdf',
};

function partOf({ filename, mimeType, content }: Attachment, index: number): Part {
  const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
  return { name: filename ?? `part ${index + 1}${endings[mimeType] ?? ''}`, mediaType: mimeType, bytes };
}
