import { LRUCache } from 'lru-cache';
import type { Stats } from 'node:fs';
import { type LinedSection, linesWithSections } from './document-sections.ts';
import type { ExtractedText } from './extract/document.ts';
import { linesOf } from './text-lines.ts';

/** Extracted text, by pages and lines. */
export interface CachedDocument extends Omit<ExtractedText, 'pages' | 'sections'> {
  pages: string[][];
  sections: LinedSection[];
}

const maxCharacters = 32 * 1024 * 1024;

/**
 * Keeps extracted text by the identity of the opened file (device, inode, size, times), so that paging is fast and a changed file
 * is read anew. Who may read it is decided on every call, before the cache is asked.
 */
export function createDocumentCache() {
  const cache = new LRUCache<string, CachedDocument>({
    maxSize: maxCharacters,
    sizeCalculation: (document) => 1 + document.pages.reduce((sum, page) => sum + pageCharacters(page), 0),
  });

  return {
    /** The extraction of this file that holds `page`: the latest extraction from its segment's start, or from the page itself. */
    find(stats: Stats, firstPages: number[], page: number): CachedDocument | undefined {
      return firstPages
        .map((firstPage) => cache.get(keyOf(stats, firstPage)))
        .find(
          (document) => document && (page < document.firstPage + document.pages.length || page > document.totalPages),
        );
    },
    add(stats: Stats, extracted: ExtractedText): CachedDocument {
      const document = { ...extracted, ...linedPages(extracted) };
      cache.set(keyOf(stats, extracted.firstPage), document);
      return document;
    },
    /** Puts pages in place of those that were read before without recognising their pictures. */
    addRecognised(stats: Stats, document: CachedDocument, extracted: ExtractedText): CachedDocument {
      const { firstPage, pages, recognised = [] } = extracted;
      const isNew = (page: number) => page >= firstPage && page < firstPage + pages.length;
      const lines = linedPages(extracted).pages;
      const merged = {
        ...document,
        pages: document.pages.map((page, index) => lines[document.firstPage + index - firstPage] ?? page),
        scannedPages: document.scannedPages?.filter((page) => !isNew(page)) ?? [],
        recognised: [...(document.recognised ?? []).filter(({ page }) => !isNew(page)), ...recognised],
      };
      cache.set(keyOf(stats, document.firstPage), merged);
      return merged;
    },
  };
}

function linedPages({ pages, sections }: ExtractedText): Pick<CachedDocument, 'pages' | 'sections'> {
  const [page] = pages;
  if (page === undefined || !sections || sections.length === 0) return { pages: pages.map(linesOf), sections: [] };
  const lined = linesWithSections(page, sections);
  return { pages: [lined.lines], sections: lined.sections };
}

export type DocumentCache = ReturnType<typeof createDocumentCache>;

function keyOf(stats: Stats, firstPage: number): string {
  return [stats.dev, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs, firstPage].join(':');
}

function pageCharacters(page: string[]): number {
  return page.reduce((sum, line) => sum + line.length + 8, 0);
}
