import { execFileSync } from 'node:child_process';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ToolDenied, ToolError } from '../tool.ts';
import { createFilePlayground, type FilePlayground } from '../../../test/files/file-fixtures.ts';
import { OpenFailure, openInside, type Root } from './open-inside.ts';

const canary = 'CANARY-7f3a';
let files: FilePlayground;

beforeAll(async () => {
  files = await createFilePlayground(['/data/hr', '/data/policies']);
  await files.put('secret.txt', canary);
  await files.put('data/secret.txt', canary);
  await files.put('data/finance/salaries.txt', canary);
  await files.put('data/hr-other/notes.txt', canary);
  await files.put('data/hr/.hidden/key.txt', canary);
  await files.put('data/hr/.env', canary);
  await files.put('workspace/uploads/user2/u1-private.txt', canary);
  await files.put('workspace/workbench/user2/draft.txt', canary);
  await files.put('workspace/AGENTS.md', canary);
  await files.put('data/hr/leave.md', 'Leave: 30 days.');
  await files.put('data/hr/sub/deep.md', 'Deep.');
  await files.put(`data/hr/${'Übersicht.md'.normalize('NFD')}`, 'Decomposed.');
  await files.put('data/hr/%2e%2e', 'Literal percent.');
  await files.put('data/policies/travel.md', 'Travel: second class.');
  await files.put('workspace/uploads/user1/0b2f8a52-0f0f-4c60-9a35-6b3c0f5c9f11-report.txt', 'My report.');
  const hr = join(files.dataRoot, 'hr');
  await symlink(join(files.home, 'secret.txt'), join(hr, 'absolute'));
  await symlink('../finance', join(hr, 'directory'));
  await symlink('../../secret.txt', join(hr, 'relative'));
  await symlink('.env', join(hr, 'to-hidden'));
  await symlink('sub', join(hr, 'inner'));
  await symlink('../policies/travel.md', join(hr, 'travel'));
  await symlink('loop', join(hr, 'loop'));
  await symlink('/nowhere/at/all', join(hr, 'dangling'));
  await mkdir(join(files.workspaceDirectory, 'uploads/user3'), { recursive: true });
  await symlink(join(files.dataRoot, 'hr/leave.md'), join(files.workspaceDirectory, 'uploads/user1/to-data'));
  await symlink('user2', join(files.workspaceDirectory, 'uploads/user4'));
  execFileSync('mkfifo', [join(hr, 'pipe')]);
  await symlink('/dev/zero', join(hr, 'device'));
});

afterAll(() => files.remove());

describe('what may be read', () => {
  it.each([
    ['/data/hr/leave.md', 'Leave: 30 days.'],
    ['data/hr/leave.md', 'Leave: 30 days.'],
    ['/data/hr/sub/../leave.md', 'Leave: 30 days.'],
    ['/data/hr//./sub/deep.md', 'Deep.'],
    ['/data/hr/inner/deep.md', 'Deep.'],
    ['/data/hr/travel', 'second class'],
    ['/data/hr/%2e%2e', 'Literal percent.'],
    [`/data/hr/${'Übersicht.md'.normalize('NFC')}`, 'Decomposed.'],
    ['uploads/report.txt', 'My report.'],
    ['/workspace/uploads/0b2f8a52-0f0f-4c60-9a35-6b3c0f5c9f11-report.txt', 'My report.'],
  ])('reads %s', async (path, text) => {
    expect((await files.read({ path })).text).toContain(text);
  });

  it.each([
    '/data/hr/absolute',
    '/data/hr/directory/salaries.txt',
    '/data/hr/directory/no-such-file',
    '/data/hr/relative',
    '/data/hr/to-hidden',
    '/data/hr/dangling',
    '/data/hr/device',
    '/data/hr/.env',
    '/data/hr/.hidden/key.txt',
    '/data/hr/../finance/salaries.txt',
    '/data/hr-other/notes.txt',
    '/data/secret.txt',
    '/data/finance',
    '/workspace/AGENTS.md',
    '/workspace/uploads/../AGENTS.md',
    '/workspace/uploads/to-data',
    '../../../etc/passwd',
    '/etc/passwd',
    '/proc/self/environ',
    'C:\\Windows\\win.ini',
    '/data\\hr\\leave.md',
    '/ｄata/hr/leave.md',
    '/data／hr/leave.md',
  ])('denies %s', async (path) => {
    await expect(files.read({ path })).rejects.toBeInstanceOf(ToolDenied);
  });

  it.each([
    '/data/hr/pipe',
    '/data/hr/loop/x',
    '/data/hr/%2e%2e/%2e%2e/secret.txt',
    '/data/hr/．．/．．/secret.txt',
    '/data/hr/..\\..\\secret.txt',
    '/data/hr/leave.md\0.txt',
    '/data/hr/leave.md/x',
    `/data/hr/${'x'.repeat(300)}`,
    '/workspace/uploads/u1-private.txt',
    '/workspace/uploads/user2/u1-private.txt',
  ])('finds nothing at %s', async (path) => {
    const error = await files.read({ path }).catch((reason: unknown) => reason);
    expect(error instanceof ToolError || error instanceof ToolDenied).toBe(true);
  });

  it('answers quickly to a path of a thousand names', async () => {
    const before = process.cpuUsage();
    await expect(files.read({ path: `/data/hr${'/sub'.repeat(1000)}` })).rejects.toBeInstanceOf(ToolError);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });

  it('names what is there when a file is missing, and the scopes when a path is denied, never the host', async () => {
    const missing = await files.read({ path: '/data/hr/leaves.md' }).catch((error: Error) => error);
    expect((missing as Error).message).toMatch(/There is no file leaves\.md in \/data\/hr\. There: .*leave\.md/);
    const denied = (await files.read({ path: '/data/finance/salaries.txt' }).catch((error: Error) => error)) as Error;
    expect(denied.message).toContain('/data/hr, /data/policies, /workspace/uploads, /workspace/workbench');
    expect(String(missing) + String(denied)).not.toContain(files.home);
  });

  it('shows each person their own uploads only, and nothing through a linked user directory', async () => {
    const own = await files.ls({ path: 'uploads' });
    expect(own.text).toContain('report.txt');
    expect(own.text).not.toMatch(/private|to-data/);
    expect((await files.ls({ path: 'uploads' }, { userId: 'user2' })).text).toContain('private');
    await expect(files.ls({ path: 'uploads' }, { userId: 'user4' })).rejects.toBeInstanceOf(ToolDenied);
    await expect(files.ls({ path: 'uploads' }, { userId: '../user2' })).rejects.toThrow('user id');
  });

  it('ignores allowed paths that are no directories under /data', async () => {
    for (const path of ['/data', '/data/', '/', '/etc', '/data/..', '/data/../etc', '/data/hr/.hidden', 'data/hr', 7]) {
      const listing = await files.ls({}, { pluginConfig: { allowed_paths: [path as string] } });
      expect(listing.text).not.toContain('/data');
    }
  });

  it('lists neither hidden entries nor devices, FIFOs or links that lead out', async () => {
    const { text } = await files.ls({ path: '/data/hr', recursive: true });
    expect(text).toContain('sub/deep.md');
    expect(text).toContain('inner/');
    expect(text).not.toMatch(/pipe|device|absolute|relative|directory\/|dangling|loop|\.env|hidden|salaries/);
  });
});

describe('links swapped while files are opened', () => {
  it.each([
    ['on Linux', '/proc/self/fd'],
    ['without /proc', '/no-such-directory'],
  ])('never opens what lies outside %s', async (_name, fileDescriptors) => {
    const hr = join(files.dataRoot, 'hr');
    await mkdir(join(hr, 'real'), { recursive: true });
    await writeFile(join(hr, 'real/salaries.txt'), 'harmless');
    let isDone = false;
    const swapping = (async () => {
      while (!isDone) {
        await symlink(join(files.dataRoot, 'finance'), join(hr, 'swap-link'));
        await rename(join(hr, 'swap-link'), join(hr, 'swap'));
        await symlink('real', join(hr, 'swap-link'));
        await rename(join(hr, 'swap-link'), join(hr, 'swap'));
      }
    })();
    const root: Root = { virtualPath: '/data/hr', anchor: files.dataRoot, below: ['hr'], linksTo: 'data' };
    const seen = { read: 0, refused: 0 };
    for (let round = 0; round < 1500; round += 1) {
      try {
        const segments = ['swap', 'salaries.txt'];
        const opened = await openInside({ root, roots: [root], segments, kind: 'file', fileDescriptors });
        const text = await opened.handle.readFile('utf8').finally(() => opened.handle.close());
        expect(text).toBe('harmless');
        seen.read += 1;
      } catch (error) {
        if (!(error instanceof OpenFailure)) throw error;
        seen.refused += 1;
      }
    }
    isDone = true;
    await swapping;
    await rm(join(hr, 'swap'), { force: true });
    expect(seen.read).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });

  it('refuses when a whole directory on the way is exchanged between the check and the open', async () => {
    const hr = join(files.dataRoot, 'hr');
    let isDone = false;
    await mkdir(join(hr, 'way'));
    await writeFile(join(hr, 'way/salaries.txt'), 'harmless');
    const swapping = (async () => {
      while (!isDone) {
        await rename(join(hr, 'way'), join(hr, 'way-aside'));
        await symlink(join(files.dataRoot, 'finance'), join(hr, 'way'));
        await rm(join(hr, 'way'));
        await rename(join(hr, 'way-aside'), join(hr, 'way'));
        await setTimeout(Math.random() * 3);
      }
    })();
    const answers = new Set<string>();
    for (let round = 0; round < 1000; round += 1) {
      const answer = files.read({ path: '/data/hr/way/salaries.txt' });
      answers.add(
        await answer.then(
          ({ text }) => text,
          (error: Error) => error.name,
        ),
      );
    }
    isDone = true;
    await swapping;
    await rm(join(hr, 'way'), { recursive: true });
    expect([...answers].join()).toContain('harmless');
    expect([...answers].join()).not.toContain(canary);
  });
});

describe('any path a model may think of', () => {
  const segment = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom('..', '.', '', 'data', 'hr', 'policies', 'workspace', 'uploads', 'workbench'),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'absolute',
        'directory',
        'relative',
        'to-hidden',
        'inner',
        'loop',
        'dangling',
        'pipe',
        'sub',
      ),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        'secret.txt',
        'salaries.txt',
        'finance',
        'hr-other',
        'notes.txt',
        '.env',
        '.hidden',
        'key.txt',
      ),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom('user2', 'u1-private.txt', 'private.txt', 'draft.txt', 'AGENTS.md', '*', '~'),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '%2e%2e',
        '%2f',
        '%00',
        '..%2f',
        '．．',
        '․․',
        '／',
        '..\\',
        '\\..\\',
        '%c0%ae%c0%ae',
        '..\u0000',
        '\ud800',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  );
  const start = fc.constantFrom(
    '/',
    '',
    '/data/hr/',
    '/data/policies/../hr/',
    '/workspace/uploads/',
    'uploads/',
    '//data//hr/',
    './',
    '\\',
  );
  const path = fc
    .tuple(start, fc.array(segment, { maxLength: 8 }))
    .map(([prefix, segments]) => prefix + segments.join('/'));

  it('never lets anything out that lies outside', async () => {
    const outcomes = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(path, async (asked) => {
        for (const ask of [files.read, files.ls]) {
          const text = await ask({ path: asked || '/' }).then(
            (result) => {
              outcomes.read += 1;
              return JSON.stringify(result);
            },
            (error: unknown) => {
              outcomes.refused += 1;
              if (!(error instanceof ToolError || error instanceof ToolDenied)) throw error;
              return (error as Error).message;
            },
          );
          expect(text).not.toContain(canary);
          expect(text).not.toContain(files.home);
        }
      }),
      { numRuns: 3000 },
    );
    expect(outcomes.read).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(100);
  }, 60_000);
});
