import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages by their directory, relative to the root, as package-lock.json names them. */
export interface ShippedPackages {
  /** Whose code is in the bundles of the server and the web app. */
  bundled: string[];
  /** Those that the bundle leaves where npm put them, with what they depend on. */
  installed: string[];
}

interface LockedPackage {
  dependencies?: Record<string, string>;
}

/** Read from a finished build. */
export function findShippedPackages(root: string): ShippedPackages {
  const { bundled, external } = JSON.parse(readFileSync(join(root, 'dist', 'packages.json'), 'utf8')) as {
    bundled: string[];
    external: string[];
  };
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const installed = new Set<string>();
  const add = (path: string | undefined) => {
    if (path === undefined || installed.has(path)) return;
    installed.add(path);
    for (const name of Object.keys(lock.packages[path]?.dependencies ?? {}))
      add(resolvePackage(lock.packages, path, name));
  };
  for (const name of external) add(resolvePackage(lock.packages, '', name));
  return { bundled, installed: [...installed].sort() };
}

/** As Node does: nearest `node_modules` first. Undefined for what is optional and not for this machine. */
function resolvePackage(packages: Record<string, LockedPackage>, from: string, name: string): string | undefined {
  for (let directory = from; ; directory = directory.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
    const candidate = `${directory ? `${directory}/` : ''}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (!directory) return undefined;
  }
}

/** The package that brings Node.js for this machine. */
export function findNodePackage(root: string): string {
  const { platform, arch } = process;
  const path = [`node_modules/node-${platform}-${arch}`, `node_modules/node-bin-${platform}-${arch}`].find(
    (candidate) => existsSync(join(root, candidate, 'bin', 'node')),
  );
  if (path === undefined) throw new Error(`There is no package with Node.js for ${platform} on ${arch}.`);
  return path;
}
