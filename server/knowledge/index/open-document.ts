import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type Opened, OpenFailure, openInside, type OpenRequest } from '../../tools/files/open-inside.ts';
import { splitPath } from '../../tools/files/virtual-path.ts';

/**
 * Opens what lies at a path below `/data` itself: not by a link, whoever puts one there, as a document is indexed under
 * the path that decides who may read it. @throws OpenFailure
 */
export async function openDocument(dataRoot: string, virtualPath: string, kind: OpenRequest['kind']): Promise<Opened> {
  const [, first, ...segments] = splitPath(virtualPath);
  if (first === undefined) throw new OpenFailure('missing');
  const root = { virtualPath: `/data/${first}`, anchor: dataRoot, below: [first], linksTo: 'data' as const };
  const opened = await openInside({ root, roots: [root], segments, kind });
  if (opened.realPath === join(await realpath(dataRoot), first, ...segments)) return opened;
  await opened.handle.close();
  throw new OpenFailure('outside');
}
