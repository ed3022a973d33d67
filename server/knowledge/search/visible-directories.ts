import { realpath } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { openInside, type OpenRequest, type Root } from '../../tools/files/open-inside.ts';

/** A directory that an agent may read: as it was granted, and where it really lies below `/data`. */
export interface VisibleDirectory {
  root: Root;
  /** Virtual too; another path than the root's where links lead there. */
  realPath: string;
}

/** Where the granted directories lie at this moment. One that is not there, or leads out of `/data`, is left out. */
export async function findVisible(dataRoot: string, roots: Root[]): Promise<VisibleDirectory[]> {
  const found = roots.map(async (root) => {
    const realPath = await realPathOf(dataRoot, { root, roots: [root], segments: [], kind: 'directory' });
    return realPath === undefined ? [] : [{ root, realPath }];
  });
  return (await Promise.all(found)).flat();
}

/** Where something really lies, as a virtual path. Undefined when it cannot be opened. */
export async function realPathOf(dataRoot: string, request: OpenRequest): Promise<string | undefined> {
  try {
    const opened = await openInside(request);
    await opened.handle.close();
    const below = relative(await realpath(dataRoot), opened.realPath);
    return ['/data', ...below.split(sep)].join('/');
  } catch {
    return undefined;
  }
}

/** A real path as this agent knows it, with the granted directory it lies in; undefined when none holds it. */
export function shownPath(
  visible: VisibleDirectory[],
  realPath: string,
): { root: Root; segments: string[] } | undefined {
  const holding = visible
    .filter((directory) => realPath.startsWith(`${directory.realPath}/`))
    .sort((a, b) => b.realPath.length - a.realPath.length)[0];
  return holding && { root: holding.root, segments: realPath.slice(holding.realPath.length + 1).split('/') };
}
