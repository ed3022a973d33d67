/** Formats that are text at heart: mail and what comes from the web. */
export type TextKind = 'mail' | 'mailbox' | 'html' | 'mhtml' | 'calendar' | 'contacts';

/**
 * Which reader a document needs: `compound` holds the formats of Office before 2007 and Outlook messages; `encoding` only tells
 * how a text is written.
 */
export type DocumentKind = 'pdf' | 'archive' | 'compound' | 'rtf' | 'image' | 'encoding' | TextKind;

/** What a process is asked to turn into text. */
export interface ExtractRequest {
  kind: DocumentKind;
  bytes: Uint8Array<ArrayBuffer>;
  /** PDF and pictures only, counted from 1. */
  firstPage: number;
  /** Whoever waits for something else comes first. */
  isBackground?: boolean;
  /** Scans are read too, page after page, until the time is over: the pages end earlier then. */
  recogniseScans?: boolean;
}

export interface ExtractedText {
  format:
    | 'text'
    | 'PDF'
    | 'Word'
    | 'Excel'
    | 'PowerPoint'
    | 'mail'
    | 'mailbox'
    | 'Outlook message'
    | 'HTML'
    | 'MHTML'
    | 'EPUB'
    | 'calendar'
    | 'contacts'
    | 'OpenDocument text'
    | 'OpenDocument spreadsheet'
    | 'OpenDocument presentation'
    | 'RTF'
    | 'picture';
  /** A PDF's pages from the asked one on; one string for anything else. */
  pages: string[];
  firstPage: number;
  /** How many pages the document has, also those not extracted. */
  totalPages: number;
  /** Text of these pages was left out because the document is too large. */
  isCut: boolean;
  /** The parts of the only page that have names, in their order. */
  sections?: Section[];
  /** What a person sees and the text does not hold: "2 pictures". */
  notShown?: string[];
  /** Of a text. */
  encoding?: { label: string; isUncertain: boolean };
  /** PDF: the labels of the pages, where they differ from their numbers: "iv". */
  pageLabels?: string[];
  /** PDF: the numbers of pages that are pictures and were not recognised. */
  scannedPages?: number[];
  /** The pages whose text was recognised in a picture. */
  recognised?: RecognisedPage[];
  /** What the limits left out: "rows after 250000 of sheet Orders". */
  leftOut?: string;
}

/** A page whose text was recognised in a picture. */
export interface RecognisedPage {
  page: number;
  /** Percent. */
  confidence: number;
  /** By its three letters (ISO 639-2/T): "deu". */
  language: string;
}

/** A part of a document that has a name: a chapter, a sheet, a slide. */
export interface Section {
  kind: 'heading' | 'sheet' | 'slide';
  /** The heading, the sheet's name, or a slide's number and title: "5: Results". */
  name: string;
  /** Where its first line begins in the page's text, in characters. */
  start: number;
  /** Of a heading, from 1. */
  level?: number;
  /** A sheet's header row, as a line of the text. */
  header?: string | undefined;
  /** "hidden sheet" */
  note?: string;
}
/** Stands for a page of a PDF on which there is no text. */
export const pageWithoutText = '(no text on this page; it may be a picture or a scan)';

export type ExtractAnswer =
  | { result: ExtractedText }
  /** Understood is what the reader itself said; anything else went wrong within it. */
  | { problem: string; isUnderstood?: true };

/** A document that cannot be read for a reason its reader can be told: "is protected with a password". */
export class UnreadableDocument extends Error {
  override name = 'UnreadableDocument';
}

export const extractLimits = {
  /** The largest document, in bytes. */
  fileBytes: 50 * 1024 * 1024,
  /** A process is ended after this many milliseconds, whatever it does. */
  hardTime: 20_000,
  /** After this many milliseconds a PDF's remaining pages are left for the next call. */
  softTime: 12_000,
  /** The same as `hardTime` where pictures are recognised, which one page alone may take seconds of. */
  recognitionTime: 40_000,
  /** Of a picture, when it is unpacked. */
  pixels: 40_000_000,
  /** Pages of a PDF per extraction. */
  pages: 200,
  /** Text of one extraction, in characters. */
  characters: 5_000_000,
  /** All parts of an archive together, really inflated, in bytes. */
  inflatedBytes: 128 * 1024 * 1024,
  /** Parts of an archive. */
  entries: 10_000,
  /** Rows of a workbook. */
  rows: 300_000,
  /** Columns of a sheet. */
  columns: 1024,
};
