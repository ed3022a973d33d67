import { type ExtractedText, extractLimits, type Section } from '../document.ts';

export interface MarkdownBlock {
  text: string;
  /** Of a heading, from 1. */
  headingLevel?: number | undefined;
  isListEntry?: boolean;
}

interface MarkdownEnd {
  format: ExtractedText['format'];
  above: string[];
  notShown: string[];
}

/** Says that a document is not merely empty to its reader. */
export function withoutText(notShown: string[]): string {
  return `(no text in this document${notShown.length > 0 ? `, only ${notShown.join(', ')}` : ''})`;
}

/** Puts blocks together to one text and notes where its headings are. */
export function createMarkdown(maxCharacters: number) {
  const pieces: string[] = [];
  const sections: Section[] = [];
  let length = 0;
  let last: MarkdownBlock | undefined;
  const softEnd = performance.now() + extractLimits.softTime;
  let isFull = false;

  function push(piece: string) {
    pieces.push(piece);
    length += piece.length;
  }

  return {
    /** Whether the limits on characters or time leave out what is still to come. */
    get isFull() {
      return isFull;
    },
    add(block: MarkdownBlock) {
      isFull ||= length >= maxCharacters || performance.now() > softEnd;
      if (isFull) return;
      if (last) push(last.isListEntry && block.isListEntry ? '\n' : '\n\n');
      if (block.headingLevel) {
        const level = block.headingLevel;
        sections.push({ kind: 'heading', name: block.text, level, start: length });
        push(`${'#'.repeat(level)} `);
      }
      push(block.text.slice(0, maxCharacters));
      isFull = block.text.length > maxCharacters;
      last = block;
    },
    /** @param above lines that go before everything: headers, remarks */
    end({ format, above, notShown }: MarkdownEnd): ExtractedText {
      const head = above.length > 0 ? `${above.join('\n')}${pieces.length > 0 ? '\n\n' : ''}` : '';
      return {
        format,
        pages: [head + pieces.join('') || withoutText(notShown)],
        firstPage: 1,
        totalPages: 1,
        isCut: isFull,
        sections: sections.map((section) => ({ ...section, start: section.start + head.length })),
        notShown,
        ...(isFull && { leftOut: 'the end of the document' }),
      };
    },
  };
}
