import { lowered, raised } from './raised-text.ts';

/** A piece of a paragraph in one form. */
export interface TextRun {
  text: string;
  isStruck?: boolean | undefined;
  isBold?: boolean | undefined;
  vertical?: 'superscript' | 'subscript' | undefined;
  link?: string | undefined;
}

/** Joins the pieces of a paragraph: what is crossed out, raised, lowered or a link keeps its meaning without its look. */
export function textOfRuns(runs: TextRun[]): string {
  const merged: TextRun[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    if (last && isAlike(last, run)) last.text += run.text;
    else if (run.text !== '') merged.push({ ...run });
  }
  return merged.map(written).join('');
}

function isAlike(one: TextRun, other: TextRun): boolean {
  return (
    (one.isStruck ?? false) === (other.isStruck ?? false) && one.vertical === other.vertical && one.link === other.link
  );
}

function written({ text, isStruck, vertical, link }: TextRun): string {
  let shown = text;
  if (vertical === 'superscript') shown = raised(shown);
  if (vertical === 'subscript') shown = lowered(shown);
  if (link && shown.trim() !== '') shown = linked(shown, link);
  return isStruck && shown.trim() !== '' ? around(shown, '~~') : shown;
}

/** Spaces stay outside, so that the marks touch the words. */
function around(text: string, mark: string): string {
  const core = text.trim();
  return text.replace(core, () => mark + core + mark);
}

function linked(text: string, link: string): string {
  const core = text.trim();
  if (link.replace(/^mailto:|\/$/g, '') === core.replace(/\/$/, '')) return text;
  return text.replace(core, () => `[${core}](${link})`);
}
