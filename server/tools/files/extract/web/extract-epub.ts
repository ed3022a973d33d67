import { posix } from 'node:path';
import { Parser } from 'htmlparser2';
import { decodeMarkup } from '../text/decode-text.ts';
import { type ExtractedText, extractLimits, UnreadableDocument } from '../document.ts';
import { pageOfHtml, picturesNotShown } from './extract-html.ts';
import { belowHeading, markdownDocument } from '../markdown-document.ts';
import type { Archive } from '../read-archive.ts';
import { readXml } from '../read-xml.ts';

interface Book {
  title: string;
  authors: string[];
  /** Parts in the order in which they are read. */
  chapters: string[];
  contents: string | undefined;
}

/** A book, chapter by chapter in the order of its spine. (Format: EPUB 3.3.) */
export async function extractEpub(archive: Archive): Promise<ExtractedText> {
  const book = await readPackage(archive);
  await refuseProtected(archive, book);
  const titles = await readContents(archive, book.contents);
  const blocks = [
    [`# ${book.title || '(no title)'}`, ...(book.authors.length > 0 ? [`By: ${book.authors.join(', ')}`] : [])].join(
      '\n',
    ),
  ];
  let characters = 0;
  let pictures = 0;
  let isCut = false;
  for (const name of book.chapters) {
    if (!archive.has(name)) continue;
    const page = pageOfHtml(await decodeMarkup(await archive.read(name)));
    pictures += page.pictures;
    const title = titles.get(name);
    const heading = title !== undefined && !/^#{1,6} /m.test(page.text) && page.text !== '' ? `# ${title}\n\n` : '';
    if (page.text !== '') blocks.push(belowHeading(heading + page.text, 1));
    characters += page.text.length;
    isCut = characters > extractLimits.characters;
    if (isCut) break;
  }
  return markdownDocument('EPUB', blocks.join('\n\n'), { isCut, notShown: picturesNotShown(pictures) });
}

async function readPackage(archive: Archive): Promise<Book> {
  let root: string | undefined;
  await readXml(archive.stream('META-INF/container.xml'), {
    open(name, attributes) {
      if (name === 'rootfile') root ??= attributes['full-path'];
    },
  });
  if (root === undefined || !archive.has(root)) throw new UnreadableDocument('is damaged: its package file is missing');
  const folder = posix.dirname(root);
  const items = new Map<string, { name: string; properties: string; type: string }>();
  const spine: string[] = [];
  const texts: Record<string, string[]> = { title: [], creator: [] };
  let element = '';
  let contents: string | undefined;
  await readXml(archive.stream(root), {
    open(name, { id, href, properties = '', idref, toc, 'media-type': type = '' }) {
      element = name;
      if (name in texts) texts[name]?.push('');
      if (name === 'item' && id !== undefined && href !== undefined)
        items.set(id, { name: resolve(folder, href), properties, type });
      if (name === 'itemref' && idref !== undefined) spine.push(idref);
      if (name === 'spine') contents = toc;
    },
    text(part) {
      const list = texts[element];
      if (list && list.length > 0) list[list.length - 1] += part;
    },
    close: () => void (element = ''),
  });
  const navigation = [...items.values()].find(({ properties }) => properties.split(' ').includes('nav'));
  return {
    title: texts.title?.[0]?.trim() ?? '',
    authors: (texts.creator ?? []).map((author) => author.trim()).filter((author) => author !== ''),
    chapters: spine.map((id) => items.get(id)?.name ?? '').filter((name) => name !== '' && name !== navigation?.name),
    contents: navigation?.name ?? items.get(contents ?? '')?.name,
  };
}

/** Fonts may be disguised; chapters are only encrypted where a shop wants a key. */
async function refuseProtected(archive: Archive, { chapters }: Book): Promise<void> {
  if (!archive.has('META-INF/encryption.xml')) return;
  const encrypted = new Set<string>();
  await readXml(archive.stream('META-INF/encryption.xml'), {
    open(name, { URI }) {
      if (name === 'CipherReference' && URI !== undefined) encrypted.add(resolve('.', URI));
    },
  });
  if (chapters.some((name) => encrypted.has(name)))
    throw new UnreadableDocument('is a book that is protected against copying (DRM), so its text cannot be read');
}

/** Titles of the table of contents by the part that they lead to. */
async function readContents(archive: Archive, name: string | undefined): Promise<Map<string, string>> {
  const titles = new Map<string, string>();
  if (name === undefined || !archive.has(name)) return titles;
  const folder = posix.dirname(name);
  let text = '';
  let target: string | undefined;
  const add = (address: string | undefined) => {
    const part = address === undefined ? '' : resolve(folder, address.split('#')[0] ?? '');
    const title = text.replace(/\s+/g, ' ').trim();
    if (title !== '' && !titles.has(part)) titles.set(part, title);
    text = '';
  };
  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        if (tag === 'a') {
          target = attributes['href'];
          text = '';
        } else if (tag === 'navLabel') text = '';
        else if (tag === 'content') add(attributes['src']);
      },
      ontext: (part) => void (text += part),
      onclosetag: (tag) => void (tag === 'a' && add(target)),
    },
    { xmlMode: true },
  );
  parser.end(await decodeMarkup(await archive.read(name)));
  return titles;
}

function resolve(folder: string, address: string): string {
  try {
    return posix.normalize(posix.join(folder, decodeURIComponent(address)));
  } catch {
    return posix.normalize(posix.join(folder, address));
  }
}
