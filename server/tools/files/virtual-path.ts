import { posix } from 'node:path';
import { ToolDenied, ToolError, type ToolContext } from '../tool.ts';
import type { Root } from './open-inside.ts';

/** The longest path a model may ask for, in characters; Linux's own limit. */
export const maxPathLength = 4096;

/** Where a virtual path points: a place at or below one root, or one of the directories above the roots. */
export type Place =
  { kind: 'inside'; root: Root; segments: string[]; virtualPath: string } | { kind: 'above'; virtualPath: string };

/**
 * The directories this agent may read in this conversation, in the order they are shown.
 * uploads/ and workbench/ hold one directory per person: a shared agent never shows one person's files to another.
 */
export function rootsOf(
  context: Pick<ToolContext, 'userId' | 'workspaceDirectory' | 'pluginConfig'>,
  dataRoot: string,
) {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(context.userId)) throw new Error('A user id that cannot name a directory.');
  const roots: Root[] = [];
  for (const allowed of allowedPaths(context.pluginConfig.allowed_paths)) {
    roots.push({ virtualPath: `/data/${allowed.join('/')}`, anchor: dataRoot, below: allowed, linksTo: 'data' });
  }
  for (const name of ['uploads', 'workbench'] as const) {
    const below = [name, context.userId];
    roots.push({ virtualPath: `/workspace/${name}`, anchor: context.workspaceDirectory, below, linksTo: name });
  }
  return roots;
}

function allowedPaths(configured: unknown): string[][] {
  if (!Array.isArray(configured)) return [];
  return configured.flatMap((path) => {
    if (typeof path !== 'string' || path.includes('\0') || !path.startsWith('/data/')) return [];
    const [first, ...segments] = splitPath(path);
    const visible = segments.length > 0 && !segments.some((segment) => segment.startsWith('.'));
    return first === 'data' && visible ? [segments] : [];
  });
}

/** The parts of a virtual path, `.` and `..` resolved by name alone and never above `/`. Everything else is literal. */
export function splitPath(path: string): string[] {
  return posix
    .normalize(`/${path}`)
    .split('/')
    .filter((segment) => segment !== '');
}

/**
 * Finds the root a path belongs to, by its name alone; what is really opened is checked by `openInside`.
 * Accepts `/workspace/uploads/x`, `uploads/x`, `./uploads/x`, `data/x`. Throws ToolDenied outside the roots and for hidden
 * names, ToolError for a path that cannot be one.
 */
export function locate(path: string, roots: Root[]): Place {
  if (path.includes('\0')) throw new ToolError('A path cannot contain a NUL character.');
  if (path.length > maxPathLength) throw new ToolError(`A path can have ${maxPathLength} characters at most.`);
  let segments = splitPath(path);
  if (segments[0] === 'uploads' || segments[0] === 'workbench') segments = ['workspace', ...segments];
  const hidden = segments.find((segment) => segment.startsWith('.'));
  if (hidden !== undefined) throw new ToolDenied(`Hidden files and directories (${shown(hidden)}) cannot be read.`);
  // The longest root wins where one allowed directory lies in another.
  const matching = roots
    .map((root) => ({ root, parts: splitPath(root.virtualPath) }))
    .filter(({ parts }) => parts.every((part, index) => sameName(part, segments[index])))
    .sort((a, b) => b.parts.length - a.parts.length)[0];
  if (matching) {
    const rest = segments.slice(matching.parts.length);
    const virtualPath = [matching.root.virtualPath, ...rest].join('/');
    return { kind: 'inside', root: matching.root, segments: rest, virtualPath };
  }
  const isAbove = segments.length === 0 || (segments.length === 1 && ['data', 'workspace'].includes(segments[0] ?? ''));
  if (isAbove) return { kind: 'above', virtualPath: `/${segments.join('/')}` };
  throw outsideScopes(path, roots);
}

/** A path that cannot be one is a mistake for `execute` to report, not a denial. */
export function denyOnly(check: () => unknown): void {
  try {
    check();
  } catch (error) {
    if (error instanceof ToolDenied) throw error;
  }
}

/** Names that differ only in Unicode's composed and decomposed form are one name to people, so also to scopes. */
export function sameName(a: string, b: string | undefined): boolean {
  return b !== undefined && (a === b || a.normalize('NFC') === b.normalize('NFC'));
}

export function outsideScopes(path: string, roots: Root[], { byLink = false } = {}): ToolDenied {
  const list = roots.map((root) => root.virtualPath);
  const named = list.slice(0, 30).join(', ') + (list.length > 30 ? ` and ${list.length - 30} more` : '');
  return new ToolDenied(
    `${shown(path)} ${byLink ? 'leads by a link out of' : 'lies outside'} the directories this agent may read: ${named}.`,
  );
}

/** A name as it may stand in a message or listing: bounded, and without characters that could forge lines. */
export function shown(name: string): string {
  const plain = name.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
}
