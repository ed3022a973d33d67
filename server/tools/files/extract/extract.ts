import type { ExtractedText, ExtractRequest } from './document.ts';

/** Turns a document into text with the reader of its kind: only that one is loaded, as each document has a thread of its own. */
export async function extract(request: ExtractRequest): Promise<ExtractedText> {
  if (request.kind === 'pdf') {
    const { extractPdf } = await import('./extract-pdf.ts');
    return extractPdf(request);
  }
  if (request.kind === 'archive') {
    const { extractArchive } = await import('./extract-archive.ts');
    return extractArchive(request.bytes);
  }
  if (request.kind === 'compound') {
    const { extractCompound } = await import('./compound/extract-compound.ts');
    return extractCompound(request.bytes);
  }
  const { extractRtf } = await import('./rtf/extract-rtf.ts');
  return extractRtf(request.bytes);
}
