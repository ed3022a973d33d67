import { letterOf } from './extract-mail.ts';
import { picturesNotShown } from '../web/extract-html.ts';
import { type ExtractedText, extractLimits, UnreadableDocument } from '../document.ts';
import { letterText } from './letter.ts';
import { markdownDocument } from '../markdown-document.ts';
import { parseMail } from './parse-mail.ts';
import type { PartReader } from '../read-parts.ts';

const newline = 0x0a;
const fromLine = /^From \S.*\d\d:\d\d/;

/** The messages of a mailbox, one after the other. (Format: RFC 4155, appendix A.) */
export async function extractMailbox(bytes: Buffer, readPart: PartReader): Promise<ExtractedText> {
  const end = performance.now() + extractLimits.softTime;
  const messages = messagesOf(bytes);
  const texts: string[] = [];
  let pictures = 0;
  let characters = 0;
  let unread = 0;
  for (const message of messages) {
    if (characters > extractLimits.characters || performance.now() > end) break;
    const text = await textOf(message).catch((error: unknown) => {
      if (!(error instanceof UnreadableDocument)) throw error;
      unread += 1;
      return `# (a message that ${error.message})`;
    });
    characters += text.length;
    texts.push(text);
  }
  const left = messages.length - texts.length;
  const notShown = [...picturesNotShown(pictures), ...(unread > 0 ? [`${unread} damaged messages`] : [])];
  const document = markdownDocument('mailbox', texts.join('\n\n'), { isCut: left > 0, notShown });
  if (left > 0) document.leftOut = `the last ${left} of ${messages.length} messages`;
  return document;

  async function textOf(message: Buffer): Promise<string> {
    const letter = letterOf(await parseMail(message));
    pictures += letter.pictures;
    return letterText(letter, readPart);
  }
}

function messagesOf(bytes: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let index = 0; index >= 0 && index < bytes.length; index = bytes.indexOf('\nFrom ', index) + 1 || -1) {
    const isAfterGap =
      index === 0 || bytes[index - 2] === newline || bytes.toString('latin1', index - 3, index) === '\n\r\n';
    if (isAfterGap && fromLine.test(bytes.toString('latin1', index, index + 200).split('\n', 1)[0] ?? ''))
      starts.push(index);
  }
  return starts.map((start, index) => {
    const head = bytes.indexOf(newline, start) + 1;
    return unquoted(bytes.subarray(head === 0 ? bytes.length : head, starts[index + 1] ?? bytes.length));
  });
}

/** Lines that begin with "From " stand quoted in a mailbox. */
function unquoted(message: Buffer): Buffer {
  if (!message.includes('\n>')) return message;
  return Buffer.from(message.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}
