import katex from 'katex';
import 'katex/dist/katex.min.css';

interface TexFormula {
  tex: string;
  display: boolean;
}

/** Macros may expand and boxes grow only so far, and nothing in it leads elsewhere. */
const optionsOf = ({ display }: TexFormula) =>
  ({ displayMode: display, trust: false, strict: 'ignore', maxExpand: 500, maxSize: 20 }) as const;

/** Whether it is TeX that can be drawn. */
export function canDraw(formula: TexFormula): boolean {
  try {
    katex.renderToString(formula.tex, optionsOf(formula));
    return true;
  } catch {
    return false;
  }
}

/** Draws TeX into an element, with MathML for those who hear it. @throws when it is not TeX */
export function drawFormula(element: HTMLElement, formula: TexFormula): void {
  katex.render(formula.tex, element, optionsOf(formula));
}
