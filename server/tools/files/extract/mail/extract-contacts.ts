import { decodeText } from '../text/decode-text.ts';
import type { ExtractedText } from '../document.ts';
import { markdownDocument } from '../markdown-document.ts';
import { decodeBytes } from '../text/text-decoder.ts';

/** What people look up in a contact, in this order. */
const shown: Record<string, string> = {
  ORG: 'Organization',
  TITLE: 'Title',
  ROLE: 'Role',
  TEL: 'Phone',
  EMAIL: 'Mail',
  ADR: 'Address',
  URL: 'Web',
  BDAY: 'Birthday',
  NOTE: 'Note',
};

interface Line {
  name: string;
  parameters: string;
  value: string;
}

/** Contacts of all versions: 2.1 writes letters in quoted-printable. (Formats: RFC 6350, vCard 2.1.) */
export async function extractContacts(bytes: Buffer): Promise<ExtractedText> {
  const text = (await decodeText(bytes)).replace(/\r\n?/g, '\n');
  const blocks = text
    .split(/^BEGIN:VCARD\s*$/im)
    .slice(1)
    .map((card) => contactText(linesOf(card)));
  return markdownDocument('contacts', blocks.join('\n\n'));
}

function contactText(lines: Line[]): string {
  const valuesOf = (wanted: string) => lines.filter(({ name }) => name === wanted);
  const formatted = valuesOf('FN')[0]?.value ?? '';
  const [family = '', given = ''] = (valuesOf('N')[0]?.value ?? '').split(';');
  const company = partsOf(valuesOf('ORG')[0]?.value ?? '').join(', ');
  const title = plain(formatted) || [given, family].map(plain).join(' ').trim() || company || '(no name)';
  const details = Object.entries(shown).flatMap(([name, label]) =>
    valuesOf(name).map(({ value, parameters }) => {
      const kinds = Array.from(parameters.matchAll(/\b(home|work|cell|mobile|fax|pager)\b/gi), ([kind]) =>
        kind.toLowerCase(),
      );
      return `${label}${kinds.length > 0 ? ` (${kinds.join(', ')})` : ''}: ${partsOf(value).join(', ')}`;
    }),
  );
  return [`# ${title}`, ...details].join('\n');
}

function linesOf(card: string): Line[] {
  // A line that ends with "=" goes on in quoted-printable; one that begins with a blank goes on from the line before.
  const unfolded = card
    .replace(/\n[ \t]/g, '')
    .replace(/^([^:\n]*QUOTED-PRINTABLE[^:\n]*:(?:.*=\n)*.*)$/gim, (line) => line.replace(/=\n/g, ''));
  return unfolded.split('\n').flatMap((line) => {
    const [, head = '', value = ''] = /^(?:[\w-]+\.)?([^:]+):(.*)$/.exec(line) ?? [];
    const [name = '', ...parameters] = head.split(';');
    if (name === '') return [];
    const told = parameters.join(';');
    return [
      {
        name: name.toUpperCase(),
        parameters: told,
        value: /quoted-printable/i.test(told) ? decoded(value, told) : value,
      },
    ];
  });
}

function decoded(value: string, parameters: string): string {
  const bytes = Buffer.from(
    value.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
  const charset = /charset=([\w-]+)/i.exec(parameters)?.[1] ?? 'utf-8';
  try {
    return decodeBytes(bytes, charset.toLowerCase());
  } catch {
    return decodeBytes(bytes, 'utf-8');
  }
}

function partsOf(value: string): string[] {
  return value
    .split(/(?<!\\)[;]/)
    .map(plain)
    .filter((part) => part !== '');
}

function plain(value: string): string {
  return value
    .replace(/\\n/gi, ' ')
    .replace(/\\([,;:\\])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
