import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findDocumentProblems } from './document-problems.ts';

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'pinchy-documents-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return findDocumentProblems(root);
}

test.each(['accepted', 'proposed', 'rejected', 'superseded by [another](other.md)'])(
  'a decision with a date that is %s passes',
  async (status) => {
    const decision = (text: string) => `# Why\n\n- Date: 2026-11-23\n- Status: ${text}\n\nBecause.\n`;
    const files = { 'docs/decisions/why.md': decision(status), 'docs/decisions/other.md': decision('accepted') };
    expect(await problemsOf(files)).toEqual([]);
  },
);

test.each([
  '# Why\n\nBecause.\n',
  '# Why\n\n- Date: 2026-11-23\n\nBecause.\n',
  '# Why\n\n- Date: 2026-13-40\n- Status: accepted\n',
])('a decision that begins with %j does not', async (content) => {
  expect(await problemsOf({ 'docs/decisions/why.md': content })).toEqual([
    expect.stringMatching(/^docs\/decisions\/why\.md does not begin with/),
  ]);
});

test('a link that leads nowhere, and a page for newcomers that is long', async () => {
  expect(
    await problemsOf({
      'README.md': '[here](docs/here.md#part) [there](docs/there.md) [far](https://example.com) [up](#up)',
      'docs/here.md': '[back](../README.md)',
      'CONTRIBUTING.md': 'x'.repeat(2_049),
    }),
  ).toEqual(['CONTRIBUTING.md has more than 2048 bytes.', 'README.md links to docs/there.md, which is not there.']);
});
