import type { DocumentKind, ExtractedText } from '../../tools/files/extract/document.ts';

/** What a pass of indexing looks at: all directories, or these and what lies in new ones below them. */
export type PassScope = 'all' | string[];

export interface PassRequest {
  databaseUrl: string;
  dataRoot: string;
  scope: PassScope;
}

/** Documents are read by the server's process, whose queues see to it that people come first. */
export interface ReadingRequest {
  id: number;
  path: string;
  kind: DocumentKind;
  firstPage: number;
  /** Of the document, where not all of it is needed. */
  bytes?: Uint8Array<ArrayBuffer>;
  /** What is a picture is read too, in its own time. */
  recogniseScans?: boolean;
}

export type ReadingAnswer =
  | { id: number; result: ExtractedText }
  /** Why it cannot be read: `is protected with a password`. */
  | { id: number; problem: string }
  /** Nothing is known of the document; it is tried again later. */
  | { id: number; later: true };

export interface PassSummary {
  /** False when another process indexes at the moment. */
  hadLock: boolean;
  read: number;
  unreadable: number;
  passages: number;
  /** Documents that had to wait for those of people. */
  left: number;
  /** All directories that are known now, to watch them. */
  directories: string[];
}

export type WorkerMessage = { reading: ReadingRequest } | { summary: PassSummary };
