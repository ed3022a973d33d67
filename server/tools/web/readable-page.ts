import { setImmediate as nextTask } from 'node:timers/promises';
import { Parser } from 'htmlparser2';

export interface ReadablePage {
  title: string;
  /** The main content as Markdown. */
  text: string;
  /** True when the page was too deeply nested to be read to its end. */
  isCut: boolean;
}

const chunkSize = 16 * 1024;
/** Milliseconds, after which everybody else is looked after. */
const maxBlockMs = 10;
/** Real pages stay below a hundred. */
const deepest = 2_000;

const skipped = new Set(
  'script style noscript template svg math iframe object embed canvas audio video map nav footer aside form button select textarea dialog head'.split(
    ' ',
  ),
);
const blocks = new Set(
  'p div section article main header h1 h2 h3 h4 h5 h6 ul ol li table tr pre blockquote dl dt dd figure figcaption hr br address details summary'.split(
    ' ',
  ),
);
const neverClosed = new Set('br hr img input meta link area base col embed source track wbr'.split(' '));

/**
 * Turns a page into what a person would read: the main part if it has one, without menus, scripts and hidden parts.
 * Reads from beginning to end in one pass, so that a hostile page costs no more than its size.
 */
export async function readPage(html: string, baseUrl: string): Promise<ReadablePage> {
  const whole = createWriter();
  const main = createWriter();
  let title = '';
  let depth = 0;
  let isCut = false;
  let inTitle = false;
  /** Depths at which a skipped and a main part began. */
  let skipDepth: number | undefined;
  let mainDepth: number | undefined;
  const links: (string | undefined)[] = [];
  const each = (write: (writer: Writer) => void) => {
    if (skipDepth !== undefined) return;
    write(whole);
    if (mainDepth !== undefined) write(main);
  };

  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (name === 'title' && title === '') inTitle = true;
      const isHidden =
        'hidden' in attributes ||
        attributes['aria-hidden'] === 'true' ||
        /display:\s*none/i.test(attributes['style'] ?? '');
      if (skipDepth === undefined && !neverClosed.has(name) && (skipped.has(name) || isHidden)) skipDepth = depth;
      if (
        skipDepth === undefined &&
        mainDepth === undefined &&
        (name === 'main' || name === 'article' || attributes['role'] === 'main')
      )
        mainDepth = depth;
      if (name === 'a') {
        const href = attributes['href'];
        const url = href === undefined || href.startsWith('#') ? null : URL.parse(href, baseUrl);
        links.push(url && /^https?:$/.test(url.protocol) ? url.href : undefined);
      }
      each((writer) => writer.open(name));
    },
    ontext(text) {
      if (inTitle) title += text;
      each((writer) => writer.text(text));
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
      const link = name === 'a' ? links.pop() : undefined;
      each((writer) => writer.close(name, link));
      if (skipDepth === depth) skipDepth = undefined;
      if (mainDepth === depth) mainDepth = undefined;
      depth -= 1;
    },
  });
  let blockBegan = performance.now();
  for (let start = 0; start < html.length; start += chunkSize) {
    parser.write(html.slice(start, start + chunkSize));
    if (depth > deepest) {
      isCut = true;
      break;
    }
    if (performance.now() - blockBegan > maxBlockMs) {
      await nextTask();
      blockBegan = performance.now();
    }
  }
  // What was still open does not matter any more.
  if (!isCut) parser.end();
  await nextTask();
  const all = whole.end();
  await nextTask();
  const best = main.end();
  const text = best.length >= 200 || best.length * 4 >= all.length ? best : all;
  return { title: title.replace(/\s+/g, ' ').trim().slice(0, 300), text: text || all, isCut };
}

type Writer = ReturnType<typeof createWriter>;

/** Writes Markdown that models read well; not meant to be turned back into HTML. */
function createWriter() {
  const lines: string[] = [];
  // Pieces of the current line, joined once: cutting a growing line at each link would cost its square.
  let pieces: string[] = [];
  let prefix = '';
  let pre = 0;
  let cells = 0;
  const linkStarts: number[] = [];

  /** One empty line between others is enough. */
  function add(line: string) {
    if (line !== '' || lines.at(-1) !== '') lines.push(line);
  }

  function flush() {
    const line = pieces.join('');
    const text = pre > 0 ? line.trimEnd() : line.trim();
    if (text !== '') add(prefix + text);
    pieces = [];
    prefix = '';
  }

  return {
    open(name: string) {
      if (blocks.has(name)) flush();
      const heading = /^h([1-6])$/.exec(name)?.[1];
      if (heading) {
        add('');
        prefix = `${'#'.repeat(Number(heading))} `;
      } else if (name === 'p' || name === 'ul' || name === 'ol' || name === 'table' || name === 'blockquote') add('');
      else if (name === 'li') prefix = '- ';
      else if (name === 'pre') {
        add('');
        add('```');
        pre += 1;
      } else if (name === 'tr') cells = 0;
      else if ((name === 'td' || name === 'th') && cells++ > 0) pieces.push(' | ');
      else if (name === 'a') linkStarts.push(pieces.length);
    },
    text(text: string) {
      if (pre === 0) {
        pieces.push(/\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, ' ') : text);
        return;
      }
      const [head = '', ...rest] = text.split('\n');
      pieces.push(head);
      for (const next of rest) {
        add(pieces.join(''));
        pieces = [next];
      }
    },
    close(name: string, link?: string) {
      if (name === 'a') {
        const start = linkStarts.pop() ?? 0;
        // Inside another link, or across blocks, the address is left out.
        if (link !== undefined && linkStarts.length === 0 && start <= pieces.length) {
          const label = pieces.splice(start).join('').trim();
          if (label !== '') pieces.push(`[${label}](${link})`);
        }
      }
      if (blocks.has(name)) flush();
      if (name === 'pre' && pre > 0) {
        pre -= 1;
        add('```');
        add('');
      }
    },
    end(): string {
      flush();
      return lines.join('\n').trim();
    },
  };
}
