import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startServerProcess } from '../../test/server-process.ts';
import { readConfig } from '../config.ts';
import { chooseDataRoot } from './data-root.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'pinchy-data-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('without DATA_ROOT, documents are', () => {
  const choose = () => chooseDataRoot(join(root, 'state'), join(root, 'data'));

  test('in /data where that is there', () => {
    mkdirSync(join(root, 'data'));
    expect(choose()).toBe(join(root, 'data'));
  });

  test('beside the state where it is not, and stay there when /data comes later', () => {
    expect(choose()).toBe(join(root, 'state-documents'));
    mkdirSync(join(root, 'state-documents'));
    mkdirSync(join(root, 'data'));
    expect(choose()).toBe(join(root, 'state-documents'));
  });

  test('in /data where nothing can be made beside the state', () => {
    expect(chooseDataRoot(join(root, 'not', 'there', 'state'), join(root, 'data'))).toBe(join(root, 'data'));
  });

  test('where DATA_ROOT says, whatever is there', () => {
    mkdirSync(join(root, 'state-documents'));
    const { dataRoot } = readConfig({ PINCHY_HOME: join(root, 'state'), DATA_ROOT: join(root, 'mine') });
    expect(dataRoot).toBe(join(root, 'mine'));
  });
});

test('on a fresh machine the first admin makes a directory for documents at once', async () => {
  const dataRoot = join(root, 'documents');
  const server = await startServerProcess({ PINCHY_HOME: join(root, 'state'), DATA_ROOT: dataRoot });
  try {
    const post = (path: string, body: unknown, cookie = '') =>
      fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie, origin: server.url },
        body: JSON.stringify(body),
      });
    const admin = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' };
    const setUp = await post('/api/setup', admin);
    const cookie = setUp.headers.getSetCookie().map((set) => set.split(';', 1)[0]);
    const made = await post('/api/data-directories', { path: '/data/handbook' }, cookie.join('; '));
    expect(made.status).toBe(201);
    expect(existsSync(join(dataRoot, 'handbook'))).toBe(true);
  } finally {
    await server.stop();
  }
});
