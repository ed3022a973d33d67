import { extractLimits, type ExtractedText } from '../document.ts';

/**
 * A document of one page, cut where a text is longer than one may be.
 * @param leftOut what is missing then, or in any case when `isCut`
 */
export function cutPage({
  format,
  text,
  sections,
  notShown,
  leftOut,
  isCut = text.length > extractLimits.characters,
}: Pick<ExtractedText, 'format' | 'sections' | 'notShown'> & {
  text: string;
  leftOut: string;
  isCut?: boolean;
}): ExtractedText {
  return {
    format,
    pages: [text.slice(0, extractLimits.characters)],
    firstPage: 1,
    totalPages: 1,
    isCut,
    ...(sections && { sections: sections.filter(({ start }) => start < extractLimits.characters) }),
    ...(notShown && { notShown }),
    ...(isCut && { leftOut }),
  };
}
