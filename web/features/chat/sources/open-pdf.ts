import {
  getDocument,
  GlobalWorkerOptions,
  type PDFDocumentLoadingTask,
  TextLayer,
} from 'pdfjs-dist/legacy/build/pdf.mjs';

export { TextLayer };

/** Its worker, and fonts and character maps that a PDF names and does not bring along, by their files' names. */
const files: Record<string, string> = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>(
      [
        '/../node_modules/pdfjs-dist/legacy/build/pdf.worker.min.mjs',
        '/../node_modules/pdfjs-dist/cmaps/*.bcmap',
        '/../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}',
      ],
      { query: '?url&no-inline', import: 'default', eager: true },
    ),
  ).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]),
);

GlobalWorkerOptions.workerSrc = files['pdf.worker.min.mjs'] ?? '';

/** What pdf.js asks for by directory and name. */
class BuiltFiles {
  async fetch({ filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const url = files[filename];
    if (url === undefined) throw new Error(`There is no file ${filename}.`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The file ${filename} could not be loaded.`);
    return new Uint8Array(await response.arrayBuffer());
  }
}

/** The page's rules let no script be made from text, and no WebAssembly; pictures that need it stay empty. */
export const openPdf = (url: string): PDFDocumentLoadingTask =>
  getDocument({
    url,
    BinaryDataFactory: BuiltFiles,
    // Only whether there are some is asked: where they are, the factory knows.
    cMapUrl: '/',
    standardFontDataUrl: '/',
    // It would ask the server for those that the factory has, by their names.
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    enableXfa: false,
    disableAutoFetch: true,
    disableStream: true,
    disableRange: true,
  });
