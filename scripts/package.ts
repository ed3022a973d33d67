import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeBillOfMaterials } from './package/bill-of-materials.ts';
import { listContents, type PackageEntry, readManifest } from './package/contents.ts';
import { writeLicenceTexts } from './package/licence-texts.ts';
import { writePackage, writeUnpacked } from './package/write-package.ts';

// Makes pinchy-<version>-<platform>.tar.gz for machines like this one: Node.js, PostgreSQL and the built product, with
// which `./pinchy start` runs where there is neither Node nor npm. `--output <directory>`: where to, instead of the
// repository. `--unpacked <directory>`: the same as files, which is what the container image holds.

const root = join(import.meta.dirname, '..');
const { values: options } = parseArgs({ options: { output: { type: 'string' }, unpacked: { type: 'string' } } });

const { version } = readManifest(root);
const name = `pinchy-${version}-${process.platform}-${process.arch}`;
const date = readDate();

execFileSync(process.execPath, [join(root, 'scripts', 'bootstrap.mjs'), 'build'], { stdio: 'inherit' });
const contents = listContents(root);
const entries: PackageEntry[] = [
  ...contents,
  { path: 'sbom.cdx.json', content: writeBillOfMaterials(root, contents, date) },
  { path: 'THIRD-PARTY-LICENCES.txt', content: writeLicenceTexts(root) },
].sort((one, other) => (one.path < other.path ? -1 : 1));
const megabytes = Math.round(entries.reduce((sum, entry) => sum + sizeOf(entry), 0) / 1e6);

if (options.unpacked === undefined) {
  const path = join(resolve(options.output ?? root), `${name}.tar.gz`);
  await writePackage(path, entries, { directory: name, date });
  console.log(
    `${path}: ${Math.round(statSync(path).size / 1e6)} MB, ${megabytes} MB unpacked, ${entries.length} files`,
  );
} else {
  await writeUnpacked(resolve(options.unpacked), entries);
  console.log(`${options.unpacked}: ${megabytes} MB, ${entries.length} files`);
}

function sizeOf(entry: PackageEntry): number {
  if ('source' in entry) return statSync(entry.source).size;
  return 'content' in entry ? Buffer.byteLength(entry.content) : 0;
}

/** Of the commit, so that whoever packs it again gets the same file: https://reproducible-builds.org/specs/source-date-epoch/ */
function readDate(): Date {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given) return new Date(Number(given) * 1000);
  try {
    const seconds = execFileSync('git', ['log', '-1', '--format=%ct'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return new Date(Number(seconds) * 1000);
  } catch {
    // No repository, as in the image's build.
    return new Date('2026-01-01T00:00:00Z');
  }
}
