import { expect, test } from 'vitest';
import { countProcesses } from './process-count.ts';

test.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 3],
  [64, 4],
])('a machine with %i cores serves by itself with %i processes', (cores, processes) => {
  expect(countProcesses('auto', { platform: 'linux', cores })).toBe(processes);
});

test('elsewhere than on Linux it is one, and more are refused in words', () => {
  expect(countProcesses('auto', { platform: 'darwin', cores: 8 })).toBe(1);
  expect(countProcesses(1, { platform: 'darwin', cores: 8 })).toBe(1);
  expect(() => countProcesses(2, { platform: 'darwin', cores: 8 })).toThrow('needs Linux');
  expect(countProcesses(6, { platform: 'linux', cores: 2 })).toBe(6);
});
