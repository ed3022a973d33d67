import * as z from 'zod';
import { type Tool, type ToolContext, ToolError, type ToolResult } from '../tool.ts';
import { type DirectoryEntry, maxEntries, readEntries } from './directory-entries.ts';
import { OpenFailure, openInside, type Root } from './open-inside.ts';
import { type InsidePlace, openPlace } from './open-place.ts';
import { sizeText } from './size-text.ts';
import { counted } from '../../platform/counted.ts';
import { denyOnly, locate, maxPathLength, rootsOf, shown } from './virtual-path.ts';

const pageEntries = 200;
const deepest = 8;
/** A recursive listing looks at this many entries in all. */
const maxWalked = 5000;

const listInput = z.strictObject({
  path: z
    .string()
    .max(maxPathLength)
    .optional()
    .describe('The directory; without it, lists the directories you may read'),
  recursive: z.boolean().optional().describe(`Also list what lies in its directories, up to ${deepest} levels`),
  offset: z.int().min(0).max(1_000_000).optional().describe('Entries to skip'),
  limit: z.int().min(1).max(pageEntries).optional().describe(`Most entries to list; ${pageEntries} unless told`),
});

type ListInput = z.output<typeof listInput>;

interface Listed extends Pick<DirectoryEntry, 'kind'> {
  /** Below the listed directory. */
  path: string;
  size: number;
  modified: Date | undefined;
}

export function createListFilesTool({ dataRoot }: { dataRoot: string }): Tool<ListInput> {
  return {
    id: 'pinchy_ls',
    title: 'List files',
    description:
      'Lists a directory: names, sizes and dates. Directories are /data/… (documents of the organisation), /workspace/uploads ' +
      '(files this person sent in the chat) and /workspace/workbench. Without a path, lists those that you may read.',
    category: 'safe',
    integration: null,
    input: listInput,
    timeLimit: 30_000,
    resultLimit: 100_000,
    checkScope(input, context) {
      denyOnly(() => locate(input.path ?? '', rootsOf(context, dataRoot)));
    },
    async execute(input, context) {
      const roots = rootsOf(context, dataRoot);
      const place = locate(input.path ?? '', roots);
      return place.kind === 'above' ? listRoots(roots, place.virtualPath) : listPlace(place, roots, input, context);
    },
    auditInput: ({ path, recursive, offset, limit }) => ({
      path: shown(path ?? '/'),
      ...(recursive !== undefined && { recursive }),
      ...(offset !== undefined && { offset }),
      ...(limit !== undefined && { limit }),
    }),
  };
}

function listRoots(roots: Root[], virtualPath: string): ToolResult {
  const prefix = virtualPath === '/' ? '/' : `${virtualPath}/`;
  const paths = roots.map((root) => root.virtualPath).filter((path) => path.startsWith(prefix));
  const lines = paths.map((path) => `${shown(path)}/`);
  return {
    text: [`Directory: ${virtualPath} (${paths.length} directories that can be read)`, ...lines].join('\n'),
    summary: `Listed ${counted(paths.length, 'directory', 'directories')}`,
    audit: { path: virtualPath, entries: paths.length },
  };
}

async function listPlace(
  place: InsidePlace,
  roots: Root[],
  input: ListInput,
  context: ToolContext,
): Promise<ToolResult> {
  const offset = input.offset ?? 0;
  const limit = input.limit ?? pageEntries;
  const { listed, total, isCut, virtualPath } = await readListing(
    place,
    roots,
    { ...input, offset, limit },
    context.signal,
  );
  const path = shown(virtualPath);
  if (offset > 0 && offset >= total)
    throw new ToolError(`${path} has ${counted(total, 'entry', 'entries')}; offset ${offset} is beyond its end.`);
  const end = offset + listed.length;
  const range =
    total === 0
      ? 'empty'
      : end - offset === total
        ? counted(total, 'entry', 'entries')
        : `entries ${offset + 1}-${end} of ${total}`;
  const lines = listed.map(lineOf);
  if (end < total) lines.push(`[There is more: go on with offset=${end}.]`);
  if (isCut) lines.push('[The directory has more entries than can be listed.]');
  return {
    text: [`Directory: ${path} (${range})`, ...lines].join('\n'),
    summary: `Listed ${counted(listed.length, 'entry', 'entries')} of ${path}`,
    audit: { path, entries: listed.length },
  };
}

type Listing = { listed: Listed[]; total: number; isCut: boolean; virtualPath: string };
type Page = ListInput & { offset: number; limit: number };

async function readListing(place: InsidePlace, roots: Root[], page: Page, signal: AbortSignal): Promise<Listing> {
  const opened = await openPlace(place, roots, 'directory').catch((error: unknown) => {
    // uploads/ and workbench/ come into being with their first file; until then they are empty, not missing.
    if (place.segments.length === 0 && place.root.linksTo !== 'data' && error instanceof ToolError) return undefined;
    throw error;
  });
  if (!opened) return { listed: [], total: 0, isCut: false, virtualPath: place.virtualPath };
  try {
    const request = { root: place.root, roots, segments: opened.segments };
    const { entries, isCut } = await readEntries(opened, request, signal);
    if (page.recursive) {
      const walked = await walk(request, entries, signal);
      const listed = walked.listed.slice(page.offset, page.offset + page.limit);
      return { listed, total: walked.listed.length, isCut: isCut || walked.isCut, virtualPath: opened.virtualPath };
    }
    const listed = await describe(entries.slice(page.offset, page.offset + page.limit), '');
    return {
      listed,
      total: entries.length,
      isCut: isCut && entries.length >= maxEntries,
      virtualPath: opened.virtualPath,
    };
  } finally {
    await opened.handle.close();
  }
}

/** Level by level, so that a bound cuts off what is deepest. Every directory is opened and checked like one asked for by name. */
async function walk(
  top: { root: Root; roots: Root[]; segments: string[] },
  entries: DirectoryEntry[],
  signal: AbortSignal,
) {
  const listed = await describe(entries.slice(0, maxWalked), '');
  let level = entries.filter(canEnter).map((entry) => [entry.name]);
  let isCut = entries.length > maxWalked;
  for (let depth = 1; depth < deepest && level.length > 0; depth += 1) {
    const next: string[][] = [];
    for (const below of level) {
      signal.throwIfAborted();
      if (listed.length >= maxWalked) return { listed: sorted(listed), isCut: true };
      const found = await describeBelow(top, below, maxWalked - listed.length, signal);
      listed.push(...found.listed);
      next.push(...found.directories);
      isCut ||= found.isCut;
    }
    level = next;
  }
  return { listed: sorted(listed), isCut: isCut || level.length > 0 };
}

async function describeBelow(
  top: { root: Root; roots: Root[]; segments: string[] },
  below: string[],
  most: number,
  signal: AbortSignal,
) {
  const request = { ...top, segments: [...top.segments, ...below] };
  let opened;
  try {
    opened = await openInside({ ...request, kind: 'directory' });
  } catch (error) {
    // It vanished, or may not be read: it is in the listing, what it holds is not.
    if (error instanceof OpenFailure) return { listed: [], directories: [], isCut: false };
    throw error;
  }
  try {
    const { entries, isCut } = await readEntries(opened, request, signal);
    const listed = await describe(entries.slice(0, most), `${below.join('/')}/`);
    const directories = entries.filter(canEnter).map((entry) => [...below, entry.name]);
    return { listed, directories, isCut: isCut || entries.length > most };
  } finally {
    await opened.handle.close();
  }
}

function canEnter(entry: DirectoryEntry): boolean {
  return entry.kind === 'directory' && !entry.isLink;
}

async function describe(entries: DirectoryEntry[], prefix: string): Promise<Listed[]> {
  const described = entries.map(async (entry) => {
    const stats = await entry.stats();
    return { path: prefix + entry.name, kind: entry.kind, size: stats?.size ?? 0, modified: stats?.mtime };
  });
  return Promise.all(described);
}

function sorted(listed: Listed[]): Listed[] {
  return listed.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function lineOf({ path, kind, size, modified }: Listed): string {
  if (kind === 'directory') return `${shown(path)}/`;
  const date = modified?.toISOString().slice(0, 16).replace('T', ' ') ?? '';
  return `${shown(path)}  (${sizeText(size)}, ${date})`;
}
