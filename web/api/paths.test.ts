import { expect, test } from 'vitest';
import { endpoints } from '../../contract/endpoints.ts';
import { paths } from './paths.ts';

test('the web app calls every endpoint with the method and at the path that the contract declares', () => {
  const declared = Object.fromEntries(
    Object.entries(endpoints).map(([name, { method, path }]) => [name, [method, path]]),
  );
  expect(paths).toEqual(declared);
});
