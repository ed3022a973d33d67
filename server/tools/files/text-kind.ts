import type { TextKind } from './extract/document.ts';
import { encodingOfStart } from './extract/text/encoding-scan.ts';
import { decodeBytes } from './extract/text/text-decoder.ts';

const sampleBytes = 16 * 1024;

/** Of mail, and of nothing that people type at the beginning of a note. */
const mailHeaders =
  /^(received|return-path|delivered-to|message-id|mime-version|x-mailer|dkim-signature|content-type|content-transfer-encoding|x-[\w-]+|authentication-results):/i;
const plainHeaders = /^(from|to|cc|subject|date|sender|reply-to):/i;

/**
 * Which format a text is written in when it is one that people do not read as it stands: mail, web pages, calendars. By its first
 * bytes, and by its name where they leave it open.
 */
export function textKindOf(bytes: Buffer, path: string): TextKind | undefined {
  const sample = bytes.subarray(0, sampleBytes);
  const start = encodingOfStart(sample);
  const text = start
    ? decodeBytes(sample.subarray(start.markBytes, sample.length - (sample.length % 4)), start.label)
    : sample.toString('latin1');
  const beginning = text.trimStart();
  if (/^BEGIN:VCALENDAR\s/i.test(beginning)) return 'calendar';
  if (/^BEGIN:VCARD\s/i.test(beginning)) return 'contacts';
  if (/^From \S.*\d\d:\d\d.*\r?\n>?[\w-]+:/.test(text)) return 'mailbox';
  return mailKind(beginning, path) ?? (isHtml(beginning, path) ? 'html' : undefined);
}

function mailKind(text: string, path: string): 'mail' | 'mhtml' | undefined {
  // Apple Mail writes the length of the message above it.
  const head = (/\.emlx$/i.test(path) ? text.replace(/^\d+\s*\n/, '') : text).split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = head.split(/\r?\n/).filter((line) => !/^[ \t]/.test(line));
  // The sample's last line may be cut.
  const isHead = lines.length > 0 && lines.slice(0, -1).every((line) => /^[!-9;-~]+[ \t]*:/.test(line));
  if (!isHead || !/^[!-9;-~]+[ \t]*:/.test(lines[0] ?? '')) return undefined;
  const machine = lines.filter((line) => mailHeaders.test(line)).length;
  const plain = lines.filter((line) => plainHeaders.test(line)).length;
  if (/^content-type:\s*multipart\/related/im.test(head) && !/^(to|received|delivered-to):/im.test(head))
    return 'mhtml';
  if (/\.mht(ml)?$/i.test(path) && machine > 0) return 'mhtml';
  if (/\.emlx?$/i.test(path)) return machine + plain > 0 ? 'mail' : undefined;
  return machine >= 1 && plain >= 2 ? 'mail' : undefined;
}

function isHtml(text: string, path: string): boolean {
  const begun = text.replace(/^(<\?xml[^>]*\?>|<!--[\s\S]*?-->|\s)+/, '');
  if (/^<(!doctype\s+html|html[\s>])/i.test(begun)) return true;
  return /\.(x?html?|xht)$/i.test(path) && /<\/?[a-z][^<>]*>/i.test(begun);
}
