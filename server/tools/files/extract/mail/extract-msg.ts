import { decompressRTF } from '@kenjiuno/decompressrtf';
import msgReader, { type FieldsData } from '@kenjiuno/msgreader';
import iconv from 'iconv-lite';
import { deEncapsulateSync } from 'rtf-stream-parser';
import { decodeMarkup } from '../text/decode-text.ts';
import { type ExtractedText, UnreadableDocument } from '../document.ts';
import { pageOfHtml, picturesNotShown } from '../web/extract-html.ts';
import { type Letter, letterText, plainBody } from './letter.ts';
import { markdownDocument } from '../markdown-document.ts';
import type { Part, PartReader } from '../read-parts.ts';

/** A message, a meeting or a contact as Outlook saves it. (Format: MS-OXMSG.) */
export async function extractMsg(bytes: Buffer, readPart: PartReader): Promise<ExtractedText> {
  const letter = await letterOf(bytes, readPart);
  return markdownDocument('Outlook message', await letterText(letter, readPart), {
    notShown: picturesNotShown(letter.pictures),
  });
}

async function letterOf(bytes: Buffer, readPart: PartReader): Promise<Letter> {
  const { reader, fields } = open(bytes);
  const html = await htmlOf(fields);
  const page = html === undefined ? undefined : pageOfHtml(html);
  const body = page?.text || plainBody(fields.body ?? '') || (await richText(fields, readPart));
  const attachments = (fields.attachments ?? []).filter((attachment) => !isInPage(attachment, html));
  return {
    subject: fields.subject ?? '',
    lines: linesOf(fields),
    body,
    parts: attachments.map((attachment, index) => partOf(reader, attachment, index)),
    notices:
      /\.SMIME$/i.test(fields.messageClass ?? '') && body === ''
        ? ['(The message is encrypted with S/MIME: its text cannot be read.)']
        : [],
    pictures: page?.pictures ?? 0,
  };
}

function open(bytes: Buffer) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = (ansiEncoding?: string) => {
    const reader = new msgReader.default(view);
    if (ansiEncoding !== undefined) reader.parserConfig = { ansiEncoding };
    return { reader, fields: reader.getFileData() };
  };
  const first = read();
  if (first.fields.error !== undefined) throw new UnreadableDocument('is damaged or no valid Outlook message');
  // Texts of old messages are in the code page that the message names.
  const codePage = first.fields.messageCodepage ?? first.fields.internetCodepage;
  const encoding = codePage === undefined ? undefined : encodingOf(codePage);
  return encoding === undefined || encoding === 'utf-8' ? first : read(encoding);
}

function encodingOf(codePage: number): string | undefined {
  if (codePage === 65001) return 'utf-8';
  const label = codePage === 20127 ? 'windows-1252' : `cp${codePage}`;
  return iconv.encodingExists(label) ? label : undefined;
}

const charsets: Record<number, string> = {
  65001: 'utf-8',
  932: 'shift_jis',
  936: 'gbk',
  949: 'euc-kr',
  950: 'big5',
  20866: 'koi8-r',
};

function charsetOf(codePage: number): string {
  if (codePage >= 28591 && codePage <= 28606) return `iso-8859-${codePage - 28590}`;
  return charsets[codePage] ?? `windows-${codePage}`;
}

async function htmlOf(fields: FieldsData): Promise<string | undefined> {
  if (fields.bodyHtml) return fields.bodyHtml;
  if (fields.html && fields.html.length > 0) {
    const codePage = fields.internetCodepage;
    return decodeMarkup(Buffer.from(fields.html), codePage === undefined ? undefined : charsetOf(codePage));
  }
  const rtf = rtfOf(fields);
  if (!rtf) return undefined;
  try {
    const { mode, text } = deEncapsulateSync(rtf, { decode: iconv.decode, mode: 'html' });
    return mode === 'html' ? text.toString() : undefined;
  } catch {
    // It is rich text of its own, and no page in disguise.
    return undefined;
  }
}

function rtfOf({ compressedRtf }: FieldsData): Buffer | undefined {
  if (!compressedRtf || compressedRtf.length === 0) return undefined;
  try {
    return Buffer.from(decompressRTF(Array.from(compressedRtf)));
  } catch {
    return undefined;
  }
}

async function richText(fields: FieldsData, readPart: PartReader): Promise<string> {
  const rtf = rtfOf(fields);
  return rtf ? readPart({ name: 'body.rtf', mediaType: 'application/rtf', bytes: rtf }) : '';
}

function linesOf(fields: FieldsData): Letter['lines'] {
  const people = (type: 'to' | 'cc' | 'bcc') =>
    (fields.recipients ?? [])
      .filter((recipient) => (recipient.recipType ?? 'to') === type)
      .map((recipient) => personText(recipient.name, recipient.smtpAddress ?? recipient.email))
      .join(', ');
  const sent = /^Date:[ \t]*(.+)$/im.exec(fields.headers ?? '')?.[1];
  return [
    { name: 'From', value: personText(fields.senderName, fields.senderSmtpAddress ?? fields.senderEmail) },
    { name: 'To', value: people('to') },
    { name: 'Cc', value: people('cc') },
    { name: 'Bcc', value: people('bcc') },
    { name: 'Date', value: sent ?? fields.clientSubmitTime ?? fields.messageDeliveryTime ?? '' },
    { name: 'Begins', value: fields.apptStartWhole ?? '' },
    { name: 'Ends', value: fields.apptEndWhole ?? '' },
    { name: 'Where', value: fields.apptLocation ?? '' },
    { name: 'Company', value: fields.companyName ?? '' },
    { name: 'Phone', value: fields.businessTelephoneNumber ?? '' },
    { name: 'Mobile', value: fields.mobileTelephoneNumber ?? '' },
  ];
}

/** Addresses within an Exchange server are no addresses to people. */
function personText(name = '', address = ''): string {
  const shown = address.includes('@') ? address : '';
  if (name === '' || name === shown) return shown;
  return shown === '' ? name : `${name} <${shown}>`;
}

function isInPage({ pidContentId, attachmentHidden }: FieldsData, html: string | undefined): boolean {
  return attachmentHidden === true || (pidContentId !== undefined && html?.includes(`cid:${pidContentId}`) === true);
}

type Reader = InstanceType<typeof msgReader.default>;

function partOf(reader: Reader, attachment: FieldsData, index: number): Part {
  const { content, fileName } = reader.getAttachment(attachment);
  const inner = attachment.innerMsgContentFields;
  const name = inner ? `${inner.subject ?? 'message'}.msg` : (attachment.fileName ?? fileName ?? `part ${index + 1}`);
  return { name, mediaType: attachment.attachMimeTag ?? '', bytes: content };
}
