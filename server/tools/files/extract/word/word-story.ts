import type { Tally } from '../shared/tally.ts';
import type { XmlElement } from '../xml-tree.ts';
import type { WordNumbering } from './word-numbering.ts';
import type { WordStyles } from './word-styles.ts';

/** What the parts of a document share while they are read. */
export interface WordDocument {
  styles: WordStyles;
  numbering: WordNumbering;
  /** Texts of comments, footnotes and endnotes by their ids. */
  comments: Map<string, string>;
  footnotes: Map<string, XmlElement>;
  endnotes: Map<string, XmlElement>;
  tally: Tally;
  /** Changes that nobody has accepted or rejected yet. */
  changes: { inserted: number; deleted: number };
  /** The paragraphs and tables of a text box, a cell or a note, as texts. */
  readBlocks(element: XmlElement, story: WordStory): string[];
  /** How many notes were referred to so far. */
  counts: { footnotes: number; endnotes: number };
}

/** A field whose end has not come yet; it may span paragraphs. */
export interface OpenField {
  instruction: string;
  isResult: boolean;
  hasResult: boolean;
  /** Whether its result, which may be empty, shows anything. */
  hasText: boolean;
  link: string | undefined;
  /** Of a form field. */
  formData: XmlElement | undefined;
}

/** A flow of paragraphs: the body, a header, a note. Links and pictures are named by the relationships of its own part. */
export interface WordStory {
  document: WordDocument;
  /** Addresses outside, by the relationship's id. */
  links: Map<string, string>;
  /** Charts and diagrams as lines, by the relationship's id. */
  drawings: Map<string, string[]>;
  fields: OpenField[];
  /** What is to follow the paragraph at hand: text boxes, charts, notes. */
  after: string[];
  /** Whether there was any text, not only pictures. */
  hasText: boolean;
  /** Cells are often in bold without being headings. */
  isCell: boolean;
}

export function storyOf(story: Pick<WordStory, 'document' | 'links' | 'drawings'>): WordStory {
  return { ...story, fields: [], after: [], hasText: false, isCell: false };
}
