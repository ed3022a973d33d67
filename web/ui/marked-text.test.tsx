import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { MarkedText } from './marked-text.tsx';

const draw = (text: string, words: string, lead?: number) =>
  renderToStaticMarkup(<MarkedText text={text} words={words} {...(lead !== undefined && { lead })} />);

test('marks what was looked for, in upper or lower case, each time', () => {
  expect(draw('Mast and mast', 'MAST')).toBe('<mark>Mast</mark> and <mark>mast</mark>');
  expect(draw('Nothing of it', 'mast')).toBe('Nothing of it');
  expect(draw('Nothing looked for', ' ')).toBe('Nothing looked for');
});

test('brings what was looked for to the beginning of a line, from a word on', () => {
  const text = 'Answer number 2: it depends on the size of the mast.';
  expect(draw(text, 'mast', 12)).toBe('…it depends on the size of the <mark>mast</mark>.');
  expect(draw(`${text} And of the rig, too, says the yard.`, 'mast', 12)).toBe(
    '…of the <mark>mast</mark>. And of the rig, too, says the yard.',
  );
  expect(draw('The mast costs 4,800 euros.', 'mast', 12)).toBe('The <mark>mast</mark> costs 4,800 euros.');
  expect(draw(`${'x'.repeat(60)}mast`, 'mast', 4)).toBe(`…${'x'.repeat(8)}<mark>mast</mark>`);
});
