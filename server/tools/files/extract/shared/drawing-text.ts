import { childOf, childrenOf, elementsOf, textOf, type XmlElement } from '../xml-tree.ts';
import { mathText } from './math-text.ts';
import { createNumbering } from './list-label.ts';
import { textOfRuns, type TextRun } from './text-runs.ts';

/** The address that a link's id stands for. */
export type LinkTarget = (id: string | undefined) => string | undefined;

/** The paragraphs of a shape of a drawing or a slide, one line each. (ECMA-376 part 1, 21.1.2.) */
export function drawingText(shape: XmlElement, linkTarget: LinkTarget = () => undefined): string {
  const body = childOf(shape, 'txBody');
  const numbering = createNumbering();
  const lines = childrenOf(body, 'p').map((paragraph) => {
    const properties = childOf(paragraph, 'pPr');
    const text = paragraphText(paragraph, linkTarget);
    const level = Number(properties?.attributes.lvl ?? 0);
    const automatic = childOf(properties, 'buAutoNum');
    if (text.trim() === '') return '';
    const label = automatic ? numbering.next(level, automatic.attributes) : numbering.skip(level, bulletOf(properties));
    return '  '.repeat(Math.min(level, 8)) + label + text;
  });
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function bulletOf(properties: XmlElement | undefined): string {
  return childOf(properties, 'buChar') ? '- ' : '';
}

function paragraphText(paragraph: XmlElement, linkTarget: LinkTarget): string {
  const runs = elementsOf(paragraph).flatMap((child): TextRun[] => {
    if (child.name === 'br') return [{ text: '\n' }];
    if (child.name === 'r' || child.name === 'fld') return [runOf(child, linkTarget)];
    if (child.name === 'AlternateContent') return [{ text: mathText(childOf(child, 'Choice') ?? child) }];
    return child.name === 'm' ? [{ text: mathText(child) }] : [];
  });
  return textOfRuns(runs);
}

function runOf(run: XmlElement, linkTarget: LinkTarget): TextRun {
  const properties = childOf(run, 'rPr');
  const { strike = 'noStrike', baseline = '0' } = properties?.attributes ?? {};
  const height = Number.parseInt(baseline, 10);
  return {
    text: textOf(childOf(run, 't')),
    isStruck: strike !== 'noStrike',
    vertical: height > 0 ? 'superscript' : height < 0 ? 'subscript' : undefined,
    link: linkTarget(childOf(properties, 'hlinkClick')?.attributes[':id']),
  };
}
