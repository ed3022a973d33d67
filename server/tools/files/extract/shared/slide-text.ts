import { extractLimits, type ExtractedText, type Section } from '../document.ts';
import { cutPage } from './cut-page.ts';

interface Slide {
  number: number;
  title: string | undefined;
  isHidden: boolean;
  lines: string[];
}

/** What stands for a slide on which there is no text. */
export const noSlideText = '(no text on this slide)';

/** The text of a presentation, `[Slide N]` before each slide. */
export function createSlideText() {
  const sections: Section[] = [];
  let text = '';
  return {
    get isFull() {
      return text.length > extractLimits.characters;
    },
    get count() {
      return sections.length;
    },
    add({ number, title, isHidden, lines }: Slide): void {
      if (text !== '') text += '\n\n';
      const name = title ? `${number}: ${title}` : String(number);
      sections.push({ kind: 'slide', name, start: text.length, ...(isHidden && { note: 'hidden' }) });
      text += [`[Slide ${number}]${isHidden ? ' (hidden)' : ''}`, ...lines].join('\n');
    },
    /** What follows all slides. */
    append(more: string): void {
      text += more;
    },
    end(document: Pick<ExtractedText, 'format' | 'notShown'> & { leftOut: string; isCut?: boolean }): ExtractedText {
      return cutPage({ ...document, text, sections });
    },
  };
}
