import { decodeMarkup } from '../text/decode-text.ts';
import { type ExtractedText, extractLimits, UnreadableDocument } from '../document.ts';
import { markdownDocument } from '../markdown-document.ts';
import { createPageReader, type ReadPage } from './page-reader.ts';

const chunkSize = 64 * 1024;
/** Longer addresses are for machines: of trackers, or a picture within the page. */
const maxAddress = 500;

export async function extractHtml(bytes: Buffer): Promise<ExtractedText> {
  const { title, text, pictures, isCut } = pageOfHtml(await decodeMarkup(bytes));
  const shown = withTitle(title, text);
  if (shown === '') throw new UnreadableDocument('has no text; a browser may fill it by a script');
  return markdownDocument('HTML', shown, { isCut, notShown: picturesNotShown(pictures) });
}

/** A page, or the HTML of a mail, as Markdown. */
export function pageOfHtml(html: string): ReadPage {
  const reader = createPageReader({ addressOf, maxCharacters: extractLimits.characters });
  for (let start = 0; start < html.length; start += chunkSize) {
    if (!reader.write(html.slice(start, start + chunkSize))) break;
  }
  return reader.end();
}

export function picturesNotShown(count: number): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? 'picture' : 'pictures'}`];
}

/** What a person could follow; also relative addresses, which name files beside this one. */
function addressOf(href: string): string | undefined {
  const address = href.trim();
  const isUseful = /^(https?:|mailto:|tel:|ftp:|[^:#?]+([?#/]|$))/i.test(address) && !/[\s()<>]/.test(address);
  return isUseful && address.length <= maxAddress ? address : undefined;
}

/** The page's title above its text, unless the page shows it itself. */
export function withTitle(title: string, text: string): string {
  const isShown = title === '' || `\n${text}\n`.includes(`\n# ${title}\n`);
  return isShown ? text : `Title: ${title}\n\n${text}`.trim();
}
