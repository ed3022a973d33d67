import { childOf, childrenOf, elementsOf, textOf, type XmlElement } from '../xml-tree.ts';
import { mathText } from './math-text.ts';
import { lowered, raised } from './raised-text.ts';
import { createNumbering } from './list-label.ts';

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
  return elementsOf(paragraph)
    .map((child) => {
      if (child.name === 'br') return '\n';
      if (child.name === 'r' || child.name === 'fld') return runText(child, linkTarget);
      if (child.name === 'AlternateContent') return mathText(childOf(child, 'Choice') ?? child);
      return child.name === 'm' ? mathText(child) : '';
    })
    .join('');
}

function runText(run: XmlElement, linkTarget: LinkTarget): string {
  const properties = childOf(run, 'rPr');
  const { strike = 'noStrike', baseline = '0' } = properties?.attributes ?? {};
  let text = textOf(childOf(run, 't'));
  if (text === '') return '';
  const height = Number.parseInt(baseline, 10);
  if (height > 0) text = raised(text);
  if (height < 0) text = lowered(text);
  if (strike !== 'noStrike') text = `~~${text}~~`;
  const target = linkTarget(childOf(properties, 'hlinkClick')?.attributes[':id']);
  return target && target !== text ? `[${text}](${target})` : text;
}
