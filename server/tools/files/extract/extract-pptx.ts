import { type ExtractedText, extractLimits } from './document.ts';
import type { Archive } from './read-archive.ts';
import { readXml } from './read-xml.ts';

const slideName = /^ppt\/slides\/slide(\d+)\.xml$/;

/** The text of a presentation, `[Slide N]` before each slide. (Format: ECMA-376 part 1, 21.1.2.) */
export async function extractPptx(archive: Archive): Promise<ExtractedText> {
  const slides = archive.names
    .map((name) => ({ name, number: Number(slideName.exec(name)?.[1]) }))
    .filter(({ number }) => number > 0)
    .sort((a, b) => a.number - b.number);
  let text = '';
  for (const { name, number } of slides) {
    let isText = false;
    text += `${text === '' ? '' : '\n\n'}[Slide ${number}]`;
    await readXml(archive.stream(name), {
      open(tag) {
        isText = tag === 't';
        if (tag === 'p' || tag === 'br') text += '\n';
      },
      text: (part) => void (isText && (text += part)),
      close: () => void (isText = false),
    });
    if (text.length > extractLimits.characters) break;
  }
  const isCut = text.length > extractLimits.characters;
  const plain = text.slice(0, extractLimits.characters).replace(/\n{3,}/g, '\n\n');
  return { format: 'PowerPoint', pages: [plain], firstPage: 1, totalPages: 1, isCut };
}
