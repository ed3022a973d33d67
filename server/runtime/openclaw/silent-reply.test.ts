import { expect, test } from 'vitest';
import { createSilentReplyFilter } from './silent-reply.ts';

/** What is shown of a text that comes in pieces of this size. */
function shown(text: string, size: number): { text: string; isSilent: boolean } {
  const filter = createSilentReplyFilter();
  let result = '';
  for (let from = 0; from < text.length; from += size) result += filter.push(text.slice(from, from + size));
  result += filter.flush();
  return { text: result, isSilent: filter.isSilent };
}

const sizes = [1, 2, 3, 5, 100];

test.each([
  ['NO_REPLY', ''],
  ['  \n NO_REPLY \n', ''],
  ['no_reply', ''],
  ['**NO_REPLY**', ''],
  ['`NO_REPLY`.', ''],
  ['NO_REPLY NO_REPLY', ''],
  ['NO_REPLY\n\nNO_REPLY\n', ''],
  ['NO_REPLYThe user said thanks.', 'The user said thanks.'],
  ['NO_REPLY\n\nBut here it is.', 'But here it is.'],
  ['Sent it to Ada.\n\nNO_REPLY', 'Sent it to Ada.'],
  ['Sent it. NO_REPLY\n', 'Sent it.'],
  ['Sent it.\n**NO_REPLY**', 'Sent it.'],
])('%j is silence where it says so', (text, expected) => {
  for (const size of sizes)
    expect(shown(text, size), `in pieces of ${size}`).toEqual({ text: expected, isSilent: true });
});

test.each([
  ['No, nothing.'],
  ['N'],
  ['NO'],
  ['NO_'],
  ['Nothing to report'],
  ['NO_REPLY is a word of OpenClaw.'],
  ['`NO_REPLY` means silence.'],
  ['The word is NO_REPLY, in capitals.'],
  ['MY_NO_REPLY'],
  ['NO_REPLACEMENT found'],
  ['  leading space, and a list:\n\n* no\n* NO\n'],
  ['**Bold** at the start, spaces at the end  \n'],
  ['…'],
  [''],
])('%j is text', (text) => {
  for (const size of sizes) expect(shown(text, size), `in pieces of ${size}`).toEqual({ text, isSilent: false });
});

test('blanks alone are neither text nor silence', () => {
  for (const size of sizes) expect(shown(' \n\n ', size)).toEqual({ text: '', isSilent: false });
});

test('a text of blanks and dots without an end costs no time of its square', () => {
  const filter = createSilentReplyFilter();
  const before = process.cpuUsage();
  for (let piece = 0; piece < 20_000; piece += 1) filter.push(piece % 2 ? '      ' : 'NO_REPLY ');
  expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
});

test('nothing is held back once it cannot be the word', () => {
  const filter = createSilentReplyFilter();
  expect(filter.push('NO')).toBe('');
  expect(filter.push('T so')).toBe('NOT so');
  expect(filter.push(' fast')).toBe(' fast');
  expect(filter.push(' N')).toBe('');
  expect(filter.push('ow')).toBe(' Now');
});
