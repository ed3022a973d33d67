import { constants } from 'node:fs';
import { lstat, open, readlink, realpath, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Stats } from 'node:fs';

/** A directory that may be read, with the virtual path it is known by. */
export interface Root {
  virtualPath: string;
  /** The trusted directory on the host, given by the server's configuration. */
  anchor: string;
  /** Names below the anchor. */
  below: string[];
  /** Links may lead to roots of the same family; those of a workspace nowhere else than into themselves. */
  linksTo: 'data' | 'uploads' | 'workbench';
}

export type OpenFailureReason = 'missing' | 'outside' | 'wrong-kind' | 'unreadable';

/** Why something could not be opened. Carries no path of the host. */
export class OpenFailure extends Error {
  override name = 'OpenFailure';
  readonly reason: OpenFailureReason;

  constructor(reason: OpenFailureReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

export interface Opened {
  handle: FileHandle;
  stats: Stats;
  /** A path that leads to the opened directory itself, whatever its name points to by now. */
  accessPath: string;
  /** Where it really lies on the host. For comparisons only, never for messages. */
  realPath: string;
}

export interface OpenRequest {
  root: Root;
  segments: string[];
  /** All roots of this agent: a link may lead from one allowed directory into another. */
  roots: Root[];
  kind: 'file' | 'directory';
  /** Linux's view of open files. Tests name a missing directory here to exercise the portable way. */
  fileDescriptors?: string;
}

const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * Opens a regular file or a directory at or below a root, and proves afterwards that what is open lies there: names may be
 * swapped for links between any two steps, an open file cannot. FIFOs, devices and sockets are refused and never block.
 * Throws OpenFailure. The caller closes the handle.
 */
export async function openInside(request: OpenRequest): Promise<Opened> {
  const boundaries = await boundariesOf(request);
  const asked = join(request.root.anchor, ...request.root.below, ...request.segments);
  const real = await realPathOf(asked, boundaries, request);
  if (!liesIn(real, boundaries)) throw new OpenFailure('outside');
  // Looking before opening keeps device drivers untouched; the check that counts is the one on the open file.
  if (!isKind(await lstat(real).catch(asFailure), request.kind)) throw new OpenFailure('wrong-kind');
  const flags = request.kind === 'directory' ? openFlags | constants.O_DIRECTORY : openFlags;
  const handle = await open(real, flags).catch(asFailure);
  try {
    const stats = await handle.stat();
    const opened = await locateOpened(handle, stats, real, request.fileDescriptors ?? '/proc/self/fd');
    if (!liesIn(opened.realPath, boundaries)) throw new OpenFailure('outside');
    if (!isKind(stats, request.kind)) throw new OpenFailure('wrong-kind');
    return { handle, stats, ...opened };
  } catch (error) {
    await handle.close();
    throw asFailureValue(error);
  }
}

/** Whether a link in a directory leads to something this root may show, and to what. Undefined when it must stay unseen. */
export async function statLink(
  linkPath: string,
  request: Pick<OpenRequest, 'root' | 'roots'>,
): Promise<Stats | undefined> {
  try {
    const real = await realpath(linkPath);
    if (!liesIn(real, await boundariesOf(request))) return undefined;
    return await lstat(real);
  } catch {
    return undefined;
  }
}

/** The real directories that the opened thing must lie in. The first is the asked root's own. */
async function boundariesOf({ root, roots }: Pick<OpenRequest, 'root' | 'roots'>): Promise<string[]> {
  const family = root.linksTo === 'data' ? roots.filter((other) => other !== root && other.linksTo === 'data') : [];
  const own = await boundaryOf(root);
  const others = await Promise.all(family.map((other) => boundaryOf(other).catch(() => undefined)));
  return [own, ...others.filter((boundary) => boundary !== undefined)];
}

async function boundaryOf(root: Root): Promise<string> {
  const anchor = await realpath(root.anchor).catch(asFailure);
  const expected = join(anchor, ...root.below);
  const real = await realpath(expected).catch(asFailure);
  // A workspace is the server's own: its directories are never links. Directories of /data may be, within /data.
  if (root.linksTo !== 'data' && real !== expected) throw new OpenFailure('outside');
  if (real === anchor || !liesIn(real, [anchor])) throw new OpenFailure('outside');
  return real;
}

/** At or below a boundary, with no hidden name on the way. */
function liesIn(real: string, boundaries: string[]): boolean {
  return boundaries.some((boundary) => {
    if (real === boundary) return true;
    const prefix = boundary.endsWith(sep) ? boundary : boundary + sep;
    if (!real.startsWith(prefix)) return false;
    return !real
      .slice(prefix.length)
      .split(sep)
      .some((name) => name === '' || name.startsWith('.'));
  });
}

/**
 * Follows all links. When nothing is there, tells "missing" from "outside" by the parts that exist, so that the answer
 * is the same whether a link's outside target exists or not.
 */
async function realPathOf(asked: string, boundaries: string[], request: OpenRequest): Promise<string> {
  try {
    return await realpath(asked);
  } catch (error) {
    let path = join(request.root.anchor, ...request.root.below);
    for (const segment of request.segments) {
      path = join(path, segment);
      if (!(await lstat(path).catch(() => undefined))) break;
      const real = await realpath(path).catch(() => undefined);
      if (real === undefined || !liesIn(real, boundaries)) throw new OpenFailure('outside');
    }
    throw asFailureValue(error);
  }
}

/** Where the open file is: asked of the kernel on Linux, elsewhere by comparing identities with a fresh look at the name. */
async function locateOpened(handle: FileHandle, stats: Stats, openedAs: string, fileDescriptors: string) {
  const descriptor = `${fileDescriptors}/${handle.fd}`;
  const realPath = await readlink(descriptor).catch(() => undefined);
  if (realPath !== undefined) return { realPath, accessPath: descriptor };
  const again = await realpath(openedAs);
  const now = await lstat(again);
  if (again !== openedAs || now.dev !== stats.dev || now.ino !== stats.ino) throw new OpenFailure('outside');
  return { realPath: again, accessPath: again };
}

function isKind(stats: Stats, kind: 'file' | 'directory'): boolean {
  return kind === 'file' ? stats.isFile() : stats.isDirectory();
}

function asFailure(error: unknown): never {
  throw asFailureValue(error);
}

/** System errors name the host's path in their message; what leaves this file does not. */
function asFailureValue(error: unknown): OpenFailure {
  if (error instanceof OpenFailure) return error;
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
    case 'EINVAL':
    case 'EILSEQ':
      return new OpenFailure('missing', { cause: error });
    case 'ELOOP':
    case 'EMLINK':
      return new OpenFailure('outside', { cause: error });
    case 'ENXIO':
    case 'EISDIR':
      return new OpenFailure('wrong-kind', { cause: error });
    default:
      return new OpenFailure('unreadable', { cause: error });
  }
}
