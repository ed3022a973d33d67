import { numberText } from '../shared/list-label.ts';
import type { TextRun } from '../shared/text-runs.ts';
import type { XmlElement } from '../xml-tree.ts';
import { storyOf, type WordStory } from './word-story.ts';

/** A comment stands where it refers to; a footnote or endnote follows the paragraph. (ECMA-376 part 1, 17.11, 17.13.4.) */
export function noteRuns({ name, attributes }: XmlElement, story: WordStory): TextRun[] {
  const id = attributes.id ?? '';
  const { document } = story;
  if (name === 'commentReference') {
    const comment = document.comments.get(id);
    return comment ? [{ text: ` ${comment}` }] : [];
  }
  const isFootnote = name === 'footnoteReference';
  const note = (isFootnote ? document.footnotes : document.endnotes).get(id);
  if (!note) return [];
  const kind = isFootnote ? 'footnotes' : 'endnotes';
  document.counts[kind] += 1;
  const mark = `[^${numberText(isFootnote ? 'decimal' : 'lowerRoman', document.counts[kind])}]`;
  const blocks = document.readBlocks(note, storyOf(story));
  story.after.push(`${mark}: ${blocks.join(' ').trim()}`);
  return [{ text: mark }];
}
