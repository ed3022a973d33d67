import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidDataDirectory, listDataDirectories, requireDataDirectory } from './data-directories.ts';
import {
  docxWithBody,
  createFilePlayground,
  type FilePlayground,
  pdfWithPages,
  wordParagraph,
} from '../../../test/files/file-fixtures.ts';
import { sanitiseFilename } from './upload-name.ts';
import { deleteUpload, openUpload, saveUpload, UploadTooLarge, virtualUploadPath } from './upload-store.ts';

const id = '0b2f8a52-0f0f-4c60-9a35-6b3c0f5c9f11';
let files: FilePlayground;

beforeAll(async () => {
  files = await createFilePlayground();
});

afterAll(() => files.remove());

async function* streamOf(...chunks: (string | Uint8Array)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

function uploadOf(filename: string, stream: AsyncIterable<Uint8Array>, limitBytes = 1024 * 1024, userId = 'user1') {
  return saveUpload({
    workspaceDirectory: files.workspaceDirectory,
    userId,
    uploadId: id,
    filename,
    stream,
    limitBytes,
  });
}

describe('uploads', () => {
  it('are stored under a safe name, found by the tools, opened and deleted by their owner', async () => {
    const stored = await uploadOf('../../etc/My “report”\u202e.md\0', streamOf('# Hello ', 'world'));
    expect(stored).toEqual({ filename: 'My “report”.md', mediaType: 'text/markdown', size: 13 });
    const key = {
      workspaceDirectory: files.workspaceDirectory,
      userId: 'user1',
      uploadId: id,
      filename: stored.filename,
    };
    expect((await files.read({ path: virtualUploadPath(key) })).text).toContain('# Hello world');
    expect(await textOf((await openUpload(key)).stream())).toBe('# Hello world');
    await expect(openUpload({ ...key, userId: 'user2' })).rejects.toHaveProperty('reason', 'missing');
    await deleteUpload(key);
    await deleteUpload(key);
    await expect(openUpload(key)).rejects.toHaveProperty('reason', 'missing');
  });

  it.each([
    ['page.html', '<!doctype html><script>alert(1)</script>', 'text/plain'],
    ['picture.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'text/plain'],
    ['lie.png', '<html><body>no picture</body></html>', 'text/plain'],
    ['table.csv', 'a,b\n1,2', 'text/csv'],
    ['report.txt', pdfWithPages(['x']), 'application/pdf'],
    [
      'letter.docx',
      docxWithBody(wordParagraph('x')),
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    ],
    ['noise.txt', Buffer.from([0, 1, 2, 3, 0, 255]), 'application/octet-stream'],
    ['empty', '', 'text/plain'],
  ])('get the media type of their content: %s', async (filename, content, mediaType) => {
    expect(await uploadOf(filename, streamOf(content))).toMatchObject({ filename, mediaType });
  });

  it('above the limit, broken or aborted leave nothing behind', async () => {
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('connection lost');
    }
    await expect(uploadOf('large.txt', streamOf('12345', '67890'), 9, 'user5')).rejects.toBeInstanceOf(UploadTooLarge);
    await expect(uploadOf('broken.txt', broken(), 100, 'user5')).rejects.toThrow('connection lost');
    const upload = {
      workspaceDirectory: files.workspaceDirectory,
      userId: 'user5',
      uploadId: id,
      filename: 'aborted.txt',
    };
    const aborted = saveUpload({ ...upload, stream: streamOf('x'), limitBytes: 9, signal: AbortSignal.abort() });
    await expect(aborted).rejects.toHaveProperty('name', 'AbortError');
    expect(await readdir(join(files.workspaceDirectory, 'uploads/user5'))).toEqual([]);
    expect((await uploadOf('fits.txt', streamOf('123456789'), 9, 'user5')).size).toBe(9);
  });

  it('refuse ids that could leave the directory, and a directory that is a link', async () => {
    const upload = {
      workspaceDirectory: files.workspaceDirectory,
      filename: 'x',
      stream: streamOf('x'),
      limitBytes: 9,
    };
    await expect(saveUpload({ ...upload, userId: '../user2', uploadId: id })).rejects.toThrow('user id');
    await expect(saveUpload({ ...upload, userId: 'user1', uploadId: '../x' })).rejects.toThrow('upload id');
    await mkdir(join(files.home, 'elsewhere'));
    await symlink(join(files.home, 'elsewhere'), join(files.workspaceDirectory, 'uploads/linked'));
    await expect(saveUpload({ ...upload, userId: 'linked', uploadId: id })).rejects.toThrow('link');
    expect(await readdir(join(files.home, 'elsewhere'))).toEqual([]);
  });

  it.each([
    ['..', 'file'],
    ['.htaccess', 'htaccess'],
    ['a/b\\c.txt', 'c.txt'],
    ['', 'file'],
    [`${'ü'.repeat(200)}.pdf`, `${'ü'.repeat(73)}.pdf`],
    ['CON:<x>|?.txt', 'CON__x___.txt'],
  ])('name %j is stored as %j', (filename, stored) => {
    expect(sanitiseFilename(filename)).toBe(stored);
  });
});

describe('data directories', () => {
  beforeAll(async () => {
    await files.put('data/policies/deep/er/x.md', 'x');
    await files.put('data/.hidden/x.md', 'x');
    await files.put('data/file.md', 'x');
    await symlink('policies', join(files.dataRoot, 'inside'));
    await symlink(files.home, join(files.dataRoot, 'outside'));
    await symlink('.hidden', join(files.dataRoot, 'to-hidden'));
    await symlink('.', join(files.dataRoot, 'all'));
  });

  it('are listed without files, hidden ones and links that leave the root', async () => {
    expect(await listDataDirectories(files.dataRoot)).toEqual([
      { path: '/data/hr', name: 'hr' },
      { path: '/data/inside', name: 'inside' },
      { path: '/data/policies', name: 'policies' },
    ]);
    expect(await listDataDirectories(join(files.home, 'no-such-root'))).toEqual([]);
  });

  it.each([
    ['/data/hr', '/data/hr'],
    ['/data//policies/./deep/er/', '/data/policies/deep/er'],
    ['/data/policies/../hr', '/data/hr'],
  ])('can be granted: %s', async (path, normalised) => {
    expect(await requireDataDirectory(files.dataRoot, path)).toBe(normalised);
  });

  it.each([
    '/data',
    '/data/',
    '/data/..',
    '/data/../etc',
    '/etc',
    'data/hr',
    '',
    '/data/none',
    '/data/file.md',
    '/data/.hidden',
  ])('cannot be granted: %j', async (path) => {
    await expect(requireDataDirectory(files.dataRoot, path)).rejects.toBeInstanceOf(InvalidDataDirectory);
  });

  it.each([
    '/data/outside',
    '/data/outside/workspace',
    '/data/to-hidden',
    '/data/all',
    '/data/hr\0',
    `/data/${'x'.repeat(5000)}`,
  ])('cannot be granted either: %j', async (path) => {
    await expect(requireDataDirectory(files.dataRoot, path)).rejects.toBeInstanceOf(InvalidDataDirectory);
  });
});
