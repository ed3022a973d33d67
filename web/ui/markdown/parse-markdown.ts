import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

const syntax = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

/** GitHub's Markdown as a tree. Every text is valid Markdown, so this never throws. */
export const parseMarkdown = (text: string): Root => fromMarkdown(text, syntax);
