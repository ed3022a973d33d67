import { childOf, childrenOf, elementsOf, textOf, type XmlElement, valueOf } from '../xml-tree.ts';
import { lowered, raised } from './raised-text.ts';

type Write = (element: XmlElement) => string;

/** Equations in one line, as they are read aloud: `(a+b)/c`, `√(x)`, `∑_(i=1)^(n) x`. (ECMA-376 part 1, 22.1.) */
const writers: Record<string, Write> = {
  r: (run) => childrenOf(run, 't').map(textOf).join(''),
  f: (fraction) => `${grouped(part(fraction, 'num'))}/${grouped(part(fraction, 'den'))}`,
  sSup: (element) => part(element, 'e') + raised(part(element, 'sup')),
  sSub: (element) => part(element, 'e') + lowered(part(element, 'sub')),
  sSubSup: (element) => part(element, 'e') + lowered(part(element, 'sub')) + raised(part(element, 'sup')),
  sPre: (element) => lowered(part(element, 'sub')) + raised(part(element, 'sup')) + part(element, 'e'),
  rad(element) {
    const degree = part(element, 'deg');
    return `${degree === '' ? '' : raised(degree)}√(${part(element, 'e')})`;
  },
  nary(element) {
    const sign = valueOf(element, 'naryPr', 'chr') ?? '∫';
    return `${sign}${bound('_', part(element, 'sub'))}${bound('^', part(element, 'sup'))} ${part(element, 'e')}`;
  },
  d(element) {
    const [begin, end] = [valueOf(element, 'dPr', 'begChr') ?? '(', valueOf(element, 'dPr', 'endChr') ?? ')'];
    return (
      begin +
      childrenOf(element, 'e')
        .map(mathText)
        .join(valueOf(element, 'dPr', 'sepChr') ?? '|') +
      end
    );
  },
  func: (element) => `${part(element, 'fName')} ${part(element, 'e')}`,
  limLow: (element) => `${part(element, 'e')}${bound('_', part(element, 'lim'))}`,
  limUpp: (element) => `${part(element, 'e')}${bound('^', part(element, 'lim'))}`,
  m: (matrix) =>
    `[${childrenOf(matrix, 'mr')
      .map((row) => childrenOf(row, 'e').map(mathText).join(', '))
      .join('; ')}]`,
  eqArr: (element) => childrenOf(element, 'e').map(mathText).join('; '),
  acc: (element) => `${part(element, 'e')}${valueOf(element, 'accPr', 'chr') ?? '\u0302'}`,
};

export function mathText(element: XmlElement): string {
  return elementsOf(element)
    .map((child) => {
      if (child.name.endsWith('Pr')) return '';
      return (writers[child.name] ?? mathText)(child);
    })
    .join('');
}

function part(element: XmlElement, name: string): string {
  const found = childOf(element, name);
  return found ? mathText(found).trim() : '';
}

function grouped(text: string): string {
  return /^[\p{L}\p{N}.,]*$/u.test(text) ? text : `(${text})`;
}

function bound(mark: string, text: string): string {
  return text === '' ? '' : `${mark}(${text})`;
}
