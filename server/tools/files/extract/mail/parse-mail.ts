import { isAscii, isUtf8 } from 'node:buffer';
import PostalMime, { type Email } from 'postal-mime';
import { decodeMarkup, decodeText } from '../text/decode-text.ts';
import { UnreadableDocument } from '../document.ts';
import { encodingOfStart } from '../text/encoding-scan.ts';
import { decodeBytes } from '../text/text-decoder.ts';

const maxHeadBytes = 2 * 1024 * 1024;
/** In it every byte has a letter of its own, U+F780 and above for those beyond ASCII. */
const bytewise = 'x-user-defined';

/** Parses a message whose texts may be in any encoding, also an undeclared or a wrongly declared one. */
export async function parseMail(bytes: Buffer): Promise<Email> {
  const message = await withReadableHead(messageIn(bytes));
  const email = await parse(message);
  if (!isGarbled(email)) return email;
  // What the letters are is told by the letters.
  const raw = await parse(withCharset(message, bytewise));
  return {
    ...email,
    ...(raw.text !== undefined && { text: await decodeText(bytesOf(raw.text)).catch(() => email.text ?? '') }),
    ...(raw.html !== undefined && { html: await decodeMarkup(bytesOf(raw.html)).catch(() => email.html ?? '') }),
  };
}

async function parse(message: Buffer): Promise<Email> {
  try {
    return await PostalMime.parse(message, { forceRfc822Attachments: true, maxNestingDepth: 100 });
  } catch (error) {
    throw new UnreadableDocument('is no valid mail: it is nested too deeply or its head is too long', { cause: error });
  }
}

function isGarbled({ text = '', html = '' }: Email): boolean {
  return text.includes('\ufffd') || html.includes('\ufffd') || looksDoublyEncoded(text) || looksDoublyEncoded(html);
}

/** UTF-8 that was declared as a Western encoding, or as ASCII. */
function looksDoublyEncoded(text: string): boolean {
  const codes = Array.from(text.slice(0, maxHeadBytes), (letter) => westernBytes.get(letter) ?? letter.charCodeAt(0));
  const bytes = Buffer.from(codes);
  return codes.every((code) => code < 0x100) && !isAscii(bytes) && isUtf8(bytes);
}

/** Letters of windows-1252 that stand elsewhere in Unicode. */
const westernBytes = new Map(
  Array.from({ length: 0x20 }, (_, index) => [
    new TextDecoder('windows-1252').decode(Buffer.from([0x80 + index])),
    0x80 + index,
  ]),
);

/** The message without what programs put around it: a mark, blank lines, the length that Apple Mail writes above it. */
function messageIn(bytes: Buffer): Buffer {
  const start = encodingOfStart(bytes);
  const utf8 = start ? Buffer.from(decodeBytes(bytes.subarray(start.markBytes), start.label)) : bytes;
  const { 0: around = '', 1: length } = /^\s*(?:(\d+)[ \t]*\r?\n)?/.exec(utf8.toString('latin1', 0, 200)) ?? [''];
  return utf8.subarray(around.length, length === undefined ? utf8.length : around.length + Number(length));
}

/** Letters beyond ASCII stand encoded in a head, or else in UTF-8; old programs wrote them as they were. */
async function withReadableHead(bytes: Buffer): Promise<Buffer> {
  const start = bytes.subarray(0, maxHeadBytes);
  const end = /\r?\n\r?\n/.exec(start.toString('latin1'))?.index ?? start.length;
  const head = bytes.subarray(0, end);
  if (isUtf8(head)) return bytes;
  const text = await decodeText(head).catch(() => head.toString('latin1'));
  return Buffer.concat([Buffer.from(text), bytes.subarray(end)]);
}

/** Every text of the message in this encoding, whatever was declared. */
function withCharset(message: Buffer, charset: string): Buffer {
  const text = message.toString('latin1');
  const head = text.slice(0, /\r?\n\r?\n/.exec(text)?.index ?? text.length);
  const declared = /^content-type:/im.test(head) ? text : `Content-Type: text/plain; charset=${charset}\r\n${text}`;
  const changed = declared.replace(textTypes, (_, type: string, parameters: string) => {
    const others = parameters.replace(/;\s*charset\s*=\s*("[^"]*"|[^;\s]*)/gi, '');
    return `${type}; charset=${charset}${others}`;
  });
  return Buffer.from(changed, 'latin1');
}

const textTypes = /^(content-type:[ \t]*text\/(?:plain|html))((?:[^\r\n]|\r?\n[ \t])*)/gim;

function bytesOf(text: string): Buffer {
  return Buffer.from(Array.from(text, (letter) => letter.charCodeAt(0) & 0xff));
}
