import { Reader } from '@kenjiuno/msgreader/lib/Reader.js';
import { type ExtractedText, UnreadableDocument } from './document.ts';
import type { PartReader } from './read-parts.ts';

/** A file of files within itself: an Outlook message, or a document of Office before 2007. (Format: MS-CFB.) */
export async function extractCompound(bytes: Buffer, readPart: PartReader): Promise<ExtractedText> {
  const reader = new Reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  reader.parse();
  if (reader.rootFolder().fileNames().includes('__properties_version1.0')) {
    const { extractMsg } = await import('./mail/extract-msg.ts');
    return extractMsg(bytes, readPart);
  }
  throw new UnreadableDocument(
    'is in an old Office format (.doc, .xls, .ppt). Ask for it saved as .docx, .xlsx, .pptx or PDF',
  );
}
