import { expect, test } from 'vitest';
import { parseAddresses } from './parse-addresses.ts';

test('commas, semicolons, spaces and lines separate addresses, and names beside them are left out', () => {
  expect(parseAddresses('a@x.com, b@x.com;c@x.com\r\nd@x.com  e@x.com\n"Fay, F." <f@x.com>, Gus G <g@x.com>')).toEqual(
    expect.arrayContaining(['a@x.com', 'b@x.com', 'c@x.com', 'd@x.com', 'e@x.com', 'f@x.com', 'g@x.com']),
  );
  expect(parseAddresses('Ada Lovelace <ada@x.com>')).toEqual(['ada@x.com']);
});

test('an address counts once, whatever its case, and nothing is nothing', () => {
  expect(parseAddresses('a@x.com A@X.com\na@x.com')).toEqual(['a@x.com']);
  expect(parseAddresses(' \n , ;')).toEqual([]);
});

test('what is no address is not dropped silently', () => {
  expect(parseAddresses('a@x.com, nobody')).toEqual(['a@x.com', 'nobody']);
});
