import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getDocument, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { UnreadableDocument } from '../document.ts';
import { assetDirectory } from '../reader-assets.ts';

export type Pdf = PDFDocumentProxy;
export type PdfPage = PDFPageProxy;

/** Character maps for fonts that are not embedded, and decoders for pictures. Nothing is fetched from anywhere else. */
class ReaderAssets {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const directory = kind === 'cMapUrl' ? 'cmaps' : 'wasm';
    // Names come from the document.
    if (!/^[\w-]+(?:\.\w+)?$/.test(filename)) throw new Error('There is no such file.');
    return new Uint8Array(await readFile(join(assetDirectory(directory), filename)));
  }
}

/** @throws UnreadableDocument */
export async function openPdf(bytes: Uint8Array): Promise<Pdf> {
  try {
    return await getDocument({
      data: bytes,
      verbosity: 0,
      disableFontFace: true,
      useSystemFonts: false,
      stopAtErrors: false,
      enableXfa: true,
      cMapPacked: true,
      // Larger pictures are no pages of a scanner, and cost memory: 64 million pixels.
      maxImageSize: 64 * 1024 * 1024,
      BinaryDataFactory: ReaderAssets,
    }).promise;
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new UnreadableDocument(
      isLocked
        ? 'is protected with a password. Ask for it saved without one'
        : 'is damaged or no valid PDF; if it opens elsewhere, ask for it saved anew',
    );
  }
}
