import { CFB } from '@e965/xlsx';
import { type ExtractedText, UnreadableDocument } from '../document.ts';
import type { PartReader } from '../read-parts.ts';

/** The streams of an OLE compound file by their names, without the name of its root. (MS-CFB.) */
export interface CompoundFile {
  names: string[];
  stream(name: string): Uint8Array | undefined;
}

/** Files of this kind that are no documents that can be read, by a stream that only they have. */
const unreadable: { stream: RegExp; problem: string }[] = [
  {
    stream: /DRM(Encrypted|Transform)|DRMContent/i,
    problem: 'is protected by rights management. Ask for a copy without it',
  },
  {
    stream: /^(EncryptedPackage|EncryptionInfo|EncryptedSummary)$/,
    problem: 'is protected with a password. Ask for a copy without one',
  },
  { stream: /^VisioDocument$/, problem: 'is a Visio drawing (.vsd). Ask for it saved as PDF' },
  { stream: /^Quill(\/|$)/, problem: 'is a Publisher document (.pub). Ask for it saved as PDF' },
  { stream: /HwpSummaryInformation$/, problem: 'is a Hangul document (.hwp). Ask for it saved as .docx or PDF' },
  { stream: /^MatOST$/, problem: 'is a Works document (.wps). Ask for it saved as .docx or PDF' },
];

/** Reads Outlook messages and the formats of Office before 2007, and says what else such a file is. */
export async function extractCompound(bytes: Uint8Array<ArrayBuffer>, readPart: PartReader): Promise<ExtractedText> {
  const file = openCompound(bytes);
  if (file.names.includes('__properties_version1.0')) {
    const { extractMsg } = await import('../mail/extract-msg.ts');
    return extractMsg(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), readPart);
  }
  for (const { stream, problem } of unreadable) {
    if (file.names.some((name) => stream.test(name))) throw new UnreadableDocument(problem);
  }
  const document = file.stream('WordDocument');
  if (document) {
    const { extractDoc } = await import('./extract-doc.ts');
    return extractDoc(bytes, document);
  }
  if (file.stream('Workbook') ?? file.stream('Book')) {
    const { extractOldWorkbook } = await import('../excel/extract-old-workbook.ts');
    return extractOldWorkbook(bytes);
  }
  const presentation = file.stream('PowerPoint Document');
  if (presentation) {
    const { extractPpt } = await import('./extract-ppt.ts');
    return extractPpt(presentation);
  }
  throw new UnreadableDocument('is a file of a program that cannot be read here. Ask for it saved as PDF');
}

function openCompound(bytes: Uint8Array<ArrayBuffer>): CompoundFile {
  let container: { FullPaths: string[]; FileIndex: { content?: ArrayLike<number> }[] };
  try {
    container = CFB.read(bytes, { type: 'array' });
  } catch {
    throw new UnreadableDocument('is damaged and cannot be read');
  }
  const names = container.FullPaths.map((path) => path.slice(path.indexOf('/') + 1).replace(/\/$/, ''));
  return {
    names,
    stream(name) {
      const content = container.FileIndex[names.indexOf(name)]?.content;
      return content && Uint8Array.from(content);
    },
  };
}
