import { describe, expect, test } from 'vitest';
import { formulaOf, markFormulas } from './mark-formulas.ts';

/** The formulas of a text, and what is left of it. */
function read(text: string, growing = false) {
  const formulas: string[] = [];
  const rest = markFormulas(text, growing)
    .replaceAll(/```math\n([\s\S]*?)\n?[ \t>]*(?:```|$)/g, (_all, tex: string) => {
      formulas.push(`block: ${tex}`);
      return '▢';
    })
    .replaceAll(/`([\uE000\uE001][^`]*)`/g, (_all, code: string) => {
      const formula = formulaOf(code)!;
      formulas.push(`${formula.display ? 'display' : 'inline'}: ${formula.tex}`);
      return '▢';
    });
  return { formulas, rest };
}

describe('formulas', () => {
  test.each([
    ['so $a_1 + b_2$ holds', ['inline: a_1 + b_2'], 'so ▢ holds'],
    ['so \\(a*b*c\\), then', ['inline: a*b*c'], 'so ▢, then'],
    ['so $$x^2$$ holds', ['display: x^2'], 'so ▢ holds'],
    ['\\[ E = mc^2 \\]', ['display: E = mc^2'], '▢'],
    ['Then:\n$$\na &= b \\\\[4pt]\n- c\n$$\nnext', ['block: a &= b \\\\[4pt]\n- c'], 'Then:\n▢\nnext'],
    ['\\[\nx\n\\].\n', ['block: x.'], '▢\n'],
    ['- one\n  \\[\n  y = 1\n  \\]', ['block:   y = 1'], '- one\n  ▢'],
    ['> $$\n> z\n> $$', ['block: > z'], '> ▢'],
    ['| $|x|$ | b |', ['inline: |x|'], '| ▢ | b |'],
    ['$n$-th and $-1$.', ['inline: n', 'inline: -1'], '▢-th and ▢.'],
    ['costs \\$5, so $y=2$', ['inline: y=2'], 'costs \\$5, so ▢'],
    ['$2x + 3$', ['inline: 2x + 3'], '▢'],
    ['before $x$, `$y$` after', ['inline: x'], 'before ▢, `$y$` after'],
  ])('%j', (text, formulas, rest) => {
    expect(read(text)).toEqual({ formulas, rest });
  });

  test.each([
    'It costs $5 and $10.',
    'From $5-$10, or 5$ and 10$.',
    'Between $100k and US$200k a month',
    'between $5 and 10$ altogether',
    '$HOME/$USER and $PATH',
    '$ 5 $',
    'a$b$c',
    '`$x$`',
    '``a ` $x$``',
    '```sh\necho $A $B\n\necho "$C$"\n```',
    '~~~\n\\[ x \\]\n~~~',
    'a $x\n\ny$ b',
    'not closed \\( x',
    '\\\\(not\\\\)',
    '\\[a link\\](https://example.com)',
    '$$$$',
  ])('none: %j', (text) => {
    expect(markFormulas(text)).toBe(text);
  });

  test('while it grows, a formula of its own lines goes to the end; afterwards it needs one', () => {
    expect(read('So:\n\\[\nx + ', true)).toEqual({ formulas: ['block: x + '], rest: 'So:\n▢' });
    expect(read('So:\n\\[\nx + ').formulas).toEqual([]);
    expect(read('so $x', true).formulas).toEqual([]);
  });

  test('takes time in proportion to the text', () => {
    for (const piece of ['$', '\\(', '\\[', '$$', '$x ', '`', '``` ', '$$x\n', '\\[ \\( ']) {
      const time = (count: number) => {
        const text = piece.repeat(count);
        const before = process.cpuUsage();
        markFormulas(text, true);
        const { user } = process.cpuUsage(before);
        return user / 1_000;
      };
      time(1_000);
      expect(time(100_000), JSON.stringify(piece)).toBeLessThan(1_500);
    }
  });
});
