import { imageSize } from 'image-size';
import {
  type ExtractedText,
  extractLimits,
  type ExtractRequest,
  type RecognisedPage,
  UnreadableDocument,
} from '../document.ts';
import { createRecogniser } from './recognise.ts';
import { pagesOfTiff } from './tiff-pages.ts';

const noText = '(no text was recognised in this picture)';
/** Beneath it, percent, what was recognised in a picture is nothing but noise. */
const minConfidence = 35;

/** The text of a photo or a scan that is no PDF: one string for each picture of the file. */
export async function extractPicture({ bytes, firstPage }: ExtractRequest): Promise<ExtractedText> {
  const { orientation } = examine(bytes);
  const softEnd = performance.now() + extractLimits.softTime;
  const pictures = pagesOfTiff(bytes);
  const recognise = createRecogniser();
  const pages: string[] = [];
  const recognised: RecognisedPage[] = [];
  for (let page = firstPage; page <= pictures.length && performance.now() < softEnd; page += 1) {
    const picture = pictures[page - 1]?.() ?? bytes;
    try {
      const { text, confidence, language } = await recognise(picture, orientation);
      const isText = text !== '' && confidence >= minConfidence;
      pages.push(isText ? text : noText);
      if (isText) recognised.push({ page, confidence, language });
    } catch {
      pages.push('(this picture is damaged, or of a kind that cannot be read)');
    }
  }
  return { format: 'picture', pages, firstPage, totalPages: pictures.length, isCut: false, recognised };
}

/** @throws UnreadableDocument before anything is decoded */
function examine(bytes: Uint8Array): { orientation: number } {
  // HEIC and AVIF: the decoders there are have licences that do not fit, or patents.
  if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') === 'ftyp') {
    throw new UnreadableDocument(
      'is a photo in the format HEIC or AVIF, which cannot be read here. Save it as JPEG or PDF and add that',
    );
  }
  const { width, height, orientation } = sizeOf(bytes);
  if (width * height > extractLimits.pixels) {
    const millions = Math.round((width * height) / 1e6);
    throw new UnreadableDocument(
      `has ${millions} million pixels; pictures can be read up to ${extractLimits.pixels / 1e6} million. Make it smaller`,
    );
  }
  return { orientation: orientation !== undefined && orientation >= 1 && orientation <= 8 ? orientation : 1 };
}

function sizeOf(bytes: Uint8Array): ReturnType<typeof imageSize> {
  try {
    return imageSize(bytes);
  } catch (error) {
    throw new UnreadableDocument('is a damaged picture, or of a kind that cannot be read', { cause: error });
  }
}
