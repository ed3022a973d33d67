import { ToolDenied, ToolError } from '../tool.ts';
import { withEntries } from './directory-entries.ts';
import { OpenFailure, openInside, type Opened, type OpenRequest, type Root } from './open-inside.ts';
import { filenameOfStored } from './upload-name.ts';
import { outsideScopes, sameName, shown, type Place } from './virtual-path.ts';

export type InsidePlace = Extract<Place, { kind: 'inside' }>;

export interface OpenedPlace extends Opened {
  /** The path as it is on disk, which can differ from the asked one in its Unicode form. */
  virtualPath: string;
  segments: string[];
}

/**
 * Opens what a model asked for and turns every failure into a sentence it can act on: ToolDenied outside the scopes, ToolError
 * with the names that are there for something missing. Never a path of the host.
 */
export async function openPlace(place: InsidePlace, roots: Root[], kind: OpenRequest['kind']): Promise<OpenedPlace> {
  const request = { root: place.root, roots, segments: place.segments, kind };
  try {
    return { ...(await openInside(request)), virtualPath: place.virtualPath, segments: place.segments };
  } catch (error) {
    if (!(error instanceof OpenFailure)) throw error;
    if (error.reason !== 'missing') throw explained(error, place, roots, kind);
  }
  const segments = await spelledAsOnDisk(place, roots);
  const virtualPath = segments ? [place.root.virtualPath, ...segments].join('/') : place.virtualPath;
  if (!segments) throw await missing(place, roots, kind);
  try {
    return { ...(await openInside({ ...request, segments })), virtualPath, segments };
  } catch (error) {
    throw error instanceof OpenFailure ? explained(error, { ...place, virtualPath }, roots, kind) : error;
  }
}

function explained(failure: OpenFailure, place: InsidePlace, roots: Root[], kind: OpenRequest['kind']): Error {
  const path = shown(place.virtualPath);
  switch (failure.reason) {
    case 'outside': {
      const denied: ToolDenied = outsideScopes(place.virtualPath, roots);
      denied.message = `${path} is a link that leads out. ${denied.message}`;
      return denied;
    }
    case 'wrong-kind':
      return kind === 'file'
        ? new ToolError(`${path} is not a file that can be read. If it is a directory, list it with pinchy_ls.`)
        : new ToolError(`${path} is not a directory. Read it with pinchy_read.`);
    case 'missing':
      return new ToolError(`There is nothing at ${path}.`);
    case 'unreadable':
      return new ToolError(`${path} cannot be opened: the server has no permission to read it, or the disk failed.`);
  }
}

/**
 * The same path with each name as the directory spells it, when it differs in composed and decomposed letters only, or is the
 * plain name of an upload. Undefined when there is no such entry.
 */
async function spelledAsOnDisk(place: InsidePlace, roots: Root[]): Promise<string[] | undefined> {
  const found: string[] = [];
  for (const segment of place.segments) {
    const names = (await namesIn(place, found, roots)) ?? [];
    let match = names.find((name) => name === segment) ?? names.find((name) => sameName(name, segment));
    if (match === undefined && place.root.linksTo === 'uploads' && found.length === 0) {
      const named = names.filter((name) => sameName(segment, filenameOfStored(name)));
      match = named.length === 1 ? named[0] : undefined;
    }
    if (match === undefined) return undefined;
    found.push(match);
  }
  return found.length > 0 ? found : undefined;
}

async function missing(place: InsidePlace, roots: Root[], kind: OpenRequest['kind']): Promise<ToolError> {
  const name = shown(place.segments.at(-1) ?? place.root.virtualPath);
  for (let depth = place.segments.length - 1; depth >= 0; depth -= 1) {
    const segments = place.segments.slice(0, depth);
    const names = await namesIn(place, segments, roots);
    if (!names) continue;
    const directory = shown([place.root.virtualPath, ...segments].join('/'));
    const what =
      depth === place.segments.length - 1 ? `${kind} ${name}` : `directory ${shown(place.segments[depth] ?? '')}`;
    if (names.length === 0) return new ToolError(`There is no ${what} in ${directory}, which is empty.`);
    const list = names.slice(0, 20).map(shown).join(', ');
    const more = names.length > 20 ? ` and ${names.length - 20} more (list them with pinchy_ls)` : '';
    return new ToolError(`There is no ${what} in ${directory}. There: ${list}${more}.`);
  }
  return new ToolError(`${shown(place.root.virtualPath)} does not exist or is empty.`);
}

async function namesIn(place: InsidePlace, segments: string[], roots: Root[]): Promise<string[] | undefined> {
  try {
    return await withEntries({ root: place.root, roots, segments }, undefined, ({ entries }) =>
      entries.map((entry) => entry.name),
    );
  } catch (error) {
    if (error instanceof OpenFailure) return undefined;
    throw error;
  }
}
