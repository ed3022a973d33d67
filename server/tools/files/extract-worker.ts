import { parentPort, workerData } from 'node:worker_threads';
import { giveWay } from '../../platform/give-way.ts';
import { type ExtractAnswer, type ExtractRequest, type ExtractedText, UnreadableDocument } from './extract/document.ts';
import { extractDocx } from './extract/extract-docx.ts';
import { extractPdf } from './extract/extract-pdf.ts';
import { extractPptx } from './extract/extract-pptx.ts';
import { extractXlsx } from './extract/extract-xlsx.ts';
import { openArchive } from './extract/read-archive.ts';

/** The entry of a worker thread that reads one hostile document and is then thrown away. Built as its own file. */
async function extract(request: ExtractRequest): Promise<ExtractedText> {
  if (request.kind === 'pdf') return extractPdf(request);
  const archive = await openArchive(request.bytes);
  if (archive.has('xl/workbook.xml')) return extractXlsx(archive);
  if (archive.has('word/document.xml')) return extractDocx(archive);
  if (archive.has('ppt/presentation.xml')) return extractPptx(archive);
  throw new UnreadableDocument('is an archive; only Word, Excel and PowerPoint documents can be read');
}

function answer(message: ExtractAnswer): void {
  parentPort?.postMessage(message);
}

const request = workerData as ExtractRequest;
if (request.isBackground) giveWay();
try {
  answer({ result: await extract(request) });
} catch (error) {
  answer({ problem: error instanceof UnreadableDocument ? error.message : 'is damaged and cannot be read' });
}
