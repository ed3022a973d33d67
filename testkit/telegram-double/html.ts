/**
 * Telegram's HTML style as the Bot API parses it (https://core.telegram.org/bots/api#html-style): which tags there
 * are, and the words with which it refuses the rest.
 */
export interface ParsedHtml {
  /** What the reader sees. */
  text: string;
}

export class HtmlRefused extends Error {
  override name = 'HtmlRefused';
}

const plainTags = new Set(['b', 'strong', 'i', 'em', 'u', 'ins', 's', 'strike', 'del', 'tg-spoiler', 'blockquote']);
const otherTags = new Set(['a', 'code', 'pre', 'span', 'tg-emoji']);
const namedEntities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** @throws HtmlRefused with the part of Telegram's description after "can't parse entities: " */
export function parseTelegramHtml(html: string): ParsedHtml {
  const open: { tag: string; offset: number }[] = [];
  let text = '';
  let index = 0;
  const offsetAt = (position: number) => Buffer.byteLength(html.slice(0, position));

  while (index < html.length) {
    const character = html[index] ?? '';
    if (character === '&') {
      const entity = /^&(#x[0-9a-f]+|#\d+|[a-z]+);/i.exec(html.slice(index, index + 12));
      const decoded = entity && decodeEntity(entity[1] ?? '');
      text += decoded ?? '&';
      index += decoded === undefined || decoded === null ? 1 : (entity?.[0].length ?? 1);
      continue;
    }
    if (character !== '<') {
      text += character;
      index += 1;
      continue;
    }
    const end = html.indexOf('>', index);
    const start = offsetAt(index);
    if (end === -1) throw new HtmlRefused(`Unclosed start tag at byte offset ${start}`);
    const inside = html.slice(index + 1, end);
    index = end + 1;
    if (inside.startsWith('/')) {
      const tag = inside.slice(1).trim().toLowerCase();
      const last = open.pop();
      if (!last) throw new HtmlRefused(`Unexpected end tag at byte offset ${start}`);
      if (tag !== '' && tag !== last.tag) {
        throw new HtmlRefused(
          `Unmatched end tag at byte offset ${start}, expected "</${last.tag}>", found "</${tag}>"`,
        );
      }
      continue;
    }
    const tag = /^[a-z0-9-]*/i.exec(inside)?.[0].toLowerCase() ?? '';
    if (!plainTags.has(tag) && !otherTags.has(tag)) {
      throw new HtmlRefused(`Unsupported start tag "${tag}" at byte offset ${start}`);
    }
    checkAttributes(tag, inside.slice(tag.length), start);
    open.push({ tag, offset: start });
  }
  const unclosed = open.at(-1);
  if (unclosed) throw new HtmlRefused(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  if (!text.isWellFormed()) throw new HtmlRefused('Text must be encoded in UTF-8');
  return { text };
}

function checkAttributes(tag: string, attributes: string, offset: number): void {
  const rest = attributes.replaceAll(/\s+[a-z-]+="[^"<>]*"/gi, '').trim();
  if (rest !== '' && !(tag === 'blockquote' && rest === 'expandable')) {
    throw new HtmlRefused(`Empty attribute name in the tag "${tag}" at byte offset ${offset}`);
  }
  if (tag === 'span' && !/class="tg-spoiler"/.test(attributes)) {
    throw new HtmlRefused(`Tag "span" must have class "tg-spoiler" at byte offset ${offset}`);
  }
}

function decodeEntity(name: string): string | undefined {
  if (name.startsWith('#')) {
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
  }
  return namedEntities[name.toLowerCase()];
}
