import { type ExtractedText, UnreadableDocument } from '../document.ts';
import { pageOfHtml, picturesNotShown, withTitle } from './extract-html.ts';
import { plainBody } from '../mail/letter.ts';
import { markdownDocument } from '../markdown-document.ts';
import { parseMail } from '../mail/parse-mail.ts';

/** A page with all that belongs to it, as browsers and Word save it. (Format: RFC 2557.) */
export async function extractMhtml(bytes: Buffer): Promise<ExtractedText> {
  const { html, text, subject = '' } = await parseMail(bytes);
  const page = pageOfHtml(html ?? '');
  const shown = withTitle(page.title || subject, page.text || plainBody(text ?? ''));
  if (shown === '') throw new UnreadableDocument('has no text');
  return markdownDocument('MHTML', shown, { isCut: page.isCut, notShown: picturesNotShown(page.pictures) });
}
