import { Parser } from 'htmlparser2';
import { createPageWriter, type PageWriter } from './page-writer.ts';

export interface ReadPage {
  title: string;
  /** Markdown. */
  text: string;
  /** What `<main>`, `<article>` or `role="main"` hold of it; empty when there is none. */
  mainText: string;
  pictures: number;
  /** True when the page is too deeply nested or too long to be read to its end. */
  isCut: boolean;
}

export interface PageOptions {
  /** Elements that are left out with all that is in them, beside scripts, styles and menus. */
  leftOut?: ReadonlySet<string>;
  /** The address that a link is shown with; undefined for its text alone. */
  addressOf(href: string): string | undefined;
  maxCharacters: number;
}

/** Real pages stay below a hundred. */
const maxDepth = 2_000;

const neverShown = new Set(
  'script style noscript template svg iframe object embed canvas audio video map nav button datalist head xml rp'.split(
    ' ',
  ),
);
const neverClosed = new Set('br hr img input meta link area base col embed source track wbr'.split(' '));
const menuRole = /^(navigation|menu|menubar|search|dialog|alertdialog)$/;
const menuName =
  /(^|[\s_-])(nav|navbar|navigation|menu|breadcrumbs?|cookies?|sidebar|toc|skip-?links?|footer|pagination|share|social)([\s_-]|$)/i;

/**
 * Turns HTML into what a person sees of it, as Markdown: without scripts, styles, menus and hidden parts. Reads from beginning to
 * end in one pass, so that a hostile page costs no more than its size.
 */
export function createPageReader(options: PageOptions) {
  const writer = createPageWriter();
  let title = '';
  let inTitle = false;
  let depth = 0;
  let skipDepth: number | undefined;
  let mainDepth: number | undefined;
  const menuDepths: number[] = [];
  let isCut = false;

  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (name === 'title' && title === '') inTitle = true;
      if (skipDepth !== undefined) return;
      if (!neverClosed.has(name)) {
        if (isHidden(name, attributes) || neverShown.has(name) || options.leftOut?.has(name)) {
          skipDepth = depth;
          return;
        }
        if (mainDepth === undefined && isMain(name, attributes)) {
          mainDepth = depth;
          writer.beginMain();
        } else if (isMenuLike(name, attributes)) {
          menuDepths.push(depth);
          writer.beginMenu();
        }
      }
      openElement(writer, name, attributes, options);
    },
    ontext(text) {
      if (inTitle) title += text;
      else if (skipDepth === undefined) writer.text(text);
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
      if (skipDepth === undefined) {
        writer.close(name);
        if (mainDepth === depth) {
          mainDepth = undefined;
          writer.endMain();
        } else if (menuDepths.at(-1) === depth) {
          menuDepths.pop();
          writer.endMenu();
        }
      }
      if (skipDepth === depth) skipDepth = undefined;
      depth -= 1;
    },
  });

  return {
    /** Whether there is any use in reading on. */
    write(html: string): boolean {
      if (isCut) return false;
      parser.write(html);
      isCut = depth > maxDepth || writer.characters > options.maxCharacters;
      return !isCut;
    },
    end(): ReadPage {
      // What was still open in a page that is cut does not matter any more.
      if (!isCut) parser.end();
      const { text, mainText, pictures } = writer.end();
      return { title: title.replace(/\s+/g, ' ').trim().slice(0, 300), text, mainText, pictures, isCut };
    },
  };
}

type Attributes = Record<string, string | undefined>;

function isHidden(name: string, attributes: Attributes): boolean {
  const style = attributes['style'] ?? '';
  return (
    (attributes['hidden'] !== undefined && attributes['hidden'] !== 'until-found') ||
    (attributes['aria-hidden'] === 'true' && name !== 'table') ||
    /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all/i.test(style) ||
    menuRole.test(attributes['role'] ?? '')
  );
}

function isMain(name: string, attributes: Attributes): boolean {
  return name === 'main' || name === 'article' || attributes['role'] === 'main';
}

/** Where a menu may be: it is one if it is nothing but links. */
function isMenuLike(name: string, attributes: Attributes): boolean {
  if (name === 'header' || name === 'footer' || name === 'aside') return true;
  if (name !== 'div' && name !== 'ul' && name !== 'section' && name !== 'td') return false;
  return menuName.test(`${attributes['class'] ?? ''} ${attributes['id'] ?? ''}`);
}

function openElement(writer: PageWriter, name: string, attributes: Attributes, options: PageOptions): void {
  switch (name) {
    case 'a': {
      const href = attributes['href'];
      writer.openLink(href === undefined ? undefined : options.addressOf(href));
      break;
    }
    case 'ol':
    case 'ul':
      writer.openList(
        name === 'ol' ? { start: numberOf(attributes['start']) ?? 1, type: attributes['type'] ?? '1' } : null,
      );
      break;
    case 'li':
      writer.openItem(numberOf(attributes['value']));
      break;
    case 'table':
      writer.openTable(/^(presentation|none)$/.test(attributes['role'] ?? ''));
      break;
    case 'td':
    case 'th':
      writer.openCell({
        columns: Math.min(256, Math.max(1, numberOf(attributes['colspan']) ?? 1)),
        rows: Math.min(65_534, Math.max(1, numberOf(attributes['rowspan']) ?? 1)),
      });
      break;
    case 'img':
      if (attributes['width'] !== '1' && attributes['height'] !== '1') writer.picture(attributes['alt'] ?? '');
      break;
    case 'input':
      writer.text(shownInput(attributes));
      break;
    case 'option':
      writer.openOption('selected' in attributes);
      break;
    default:
      writer.open(name);
  }
}

function shownInput({ type = 'text', value = '', checked }: Attributes): string {
  if (type === 'checkbox' || type === 'radio') return checked === undefined ? '[ ] ' : '[x] ';
  return /^(text|number|date|email|tel|url|time|month|week|datetime-local)$/i.test(type) ? `${value} ` : '';
}

function numberOf(text: string | undefined): number | undefined {
  const number = Number.parseInt(text ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
}
