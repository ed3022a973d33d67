import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { isCostlyMarkdown } from '../../../contract/markdown-cost.ts';

const syntax = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

/** GitHub's Markdown as a tree; text that would hold up the page is a paragraph as it stands. Never throws. */
export function parseMarkdown(text: string): Root {
  if (isCostlyMarkdown(text)) return plain(text);
  try {
    return fromMarkdown(text, syntax);
  } catch {
    return plain(text);
  }
}

const plain = (text: string): Root => ({
  type: 'root',
  children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }],
});
