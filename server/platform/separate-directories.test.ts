import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'pinchy-apart-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const directory = (...path: string[]) => (mkdirSync(join(root, ...path), { recursive: true }), join(root, ...path));
const link = (target: string, ...path: string[]) => (symlinkSync(target, join(root, ...path)), join(root, ...path));
const start = (home: string, data: string) => () => readConfig({ PINCHY_HOME: home, DATA_ROOT: data });

type Layout = () => { home: string; data: string };
const entangled: [string, Layout][] = [
  ['are the same', () => ({ home: directory('a'), data: join(root, 'a') })],
  ['are the same, written otherwise', () => ({ home: directory('a'), data: `${root}/b/..//a/` })],
  ['home inside data', () => ({ home: directory('data', 'state'), data: join(root, 'data') })],
  [
    'home inside data, before it is there',
    () => ({ home: join(directory('data'), 'x', 'y'), data: join(root, 'data') }),
  ],
  ['data inside home', () => ({ home: directory('home'), data: directory('home', 'documents') })],
  ['data inside home, before it is there', () => ({ home: directory('home'), data: join(root, 'home', 'not', 'yet') })],
  ['data is the whole disk', () => ({ home: directory('home'), data: '/' })],
  ['data is the secrets', () => ({ home: directory('home'), data: directory('home', 'secrets') })],
  ['data is a link to home', () => ({ home: directory('home'), data: link(join(root, 'home'), 'data') })],
  ['data is a link to home’s parent', () => ({ home: directory('x', 'home'), data: link(join(root, 'x'), 'data') })],
  [
    'data is a link to a link into home',
    () => ({ home: directory('home'), data: link(link(directory('home', 'a'), 'b'), 'c') }),
  ],
  ['home is a link into data', () => ({ home: link(directory('data', 'a'), 'home'), data: join(root, 'data') })],
  ['data below a link to home', () => ({ home: directory('home'), data: join(link(directory('home'), 'b'), 'new') })],
  ...['workspaces', 'secrets', 'postgres'].map((name): [string, Layout] => [
    `home’s ${name} are a link into data`,
    () => {
      const data = directory('data');
      link(directory('data', 'somewhere'), directory('home') && 'home', name);
      return { home: join(root, 'home'), data };
    },
  ]),
  [
    'a key is a link into data',
    () => {
      const data = directory('data', 'keys');
      writeFileSync(join(data, 'key'), 'k'.repeat(40));
      directory('home', 'secrets');
      link(join(data, 'key'), 'home', 'secrets', 'encryption-key');
      return { home: join(root, 'home'), data: join(root, 'data') };
    },
  ],
];

describe('PINCHY_HOME and DATA_ROOT', () => {
  test.each(entangled)('within each other are refused in words: %s', (_how, layout) => {
    const { home, data } = layout();
    expect(start(home, data)).toThrow(/PINCHY_HOME .+ and DATA_ROOT .+ within each other.+Set them/);
  });

  test.each<[string, Layout]>([
    ['side by side', () => ({ home: directory('home'), data: directory('data') })],
    ['one’s name begins with the other’s', () => ({ home: directory('data-home'), data: directory('data') })],
    ['data is not there', () => ({ home: directory('home'), data: join(root, 'data') })],
    [
      'a link in data leads to home, which no agent follows',
      () => {
        const data = directory('data');
        link(directory('home'), 'data', 'link');
        return { home: join(root, 'home'), data };
      },
    ],
  ])('apart from each other are taken: %s', (_how, layout) => {
    const { home, data } = layout();
    expect(start(home, data)().dataRoot).toBe(data);
  });
});
