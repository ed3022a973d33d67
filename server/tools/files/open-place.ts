import { ToolError } from '../tool.ts';
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
  const onDisk = await followOnDisk(place, roots);
  const segments = onDisk.found;
  if (segments.length < place.segments.length || segments.length === 0) throw missing(place, onDisk, kind);
  const virtualPath = [place.root.virtualPath, ...segments].join('/');
  try {
    return { ...(await openInside({ ...request, segments })), virtualPath, segments };
  } catch (error) {
    throw error instanceof OpenFailure ? explained(error, { ...place, virtualPath }, roots, kind) : error;
  }
}

function explained(failure: OpenFailure, place: InsidePlace, roots: Root[], kind: OpenRequest['kind']): Error {
  const path = shown(place.virtualPath);
  switch (failure.reason) {
    case 'outside':
      return outsideScopes(place.virtualPath, roots, { byLink: true });
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

interface OnDisk {
  /** The asked names as their directories spell them, down to the first that is not there. */
  found: string[];
  /** What is in the directory where the next name is missing; undefined when it cannot be listed. */
  names: string[] | undefined;
}

/**
 * Follows a path name by name, where names may differ in composed and decomposed letters, and an upload may be asked for by
 * its plain name.
 */
async function followOnDisk(place: InsidePlace, roots: Root[]): Promise<OnDisk> {
  const found: string[] = [];
  for (const segment of place.segments) {
    const names = await namesIn(place, found, roots);
    let match = names?.find((name) => name === segment) ?? names?.find((name) => sameName(name, segment));
    if (match === undefined && place.root.linksTo === 'uploads' && found.length === 0) {
      const named = names?.filter((name) => sameName(segment, filenameOfStored(name))) ?? [];
      match = named.length === 1 ? named[0] : undefined;
    }
    if (match === undefined) return { found, names };
    found.push(match);
  }
  return { found, names: undefined };
}

function missing(place: InsidePlace, { found, names }: OnDisk, kind: OpenRequest['kind']): ToolError {
  const isLast = found.length >= place.segments.length - 1;
  const what = `${isLast ? kind : 'directory'} ${shown(place.segments[found.length] ?? '')}`;
  const directory = shown([place.root.virtualPath, ...found].join('/'));
  if (names && names.length > 0) {
    const list = names.slice(0, 20).map(shown).join(', ');
    const more = names.length > 20 ? ` and ${names.length - 20} more (list them with pinchy_ls)` : '';
    return new ToolError(`There is no ${what} in ${directory}. There: ${list}${more}.`);
  }
  if (found.length > 0) return new ToolError(`There is no ${what} in ${directory}.`);
  // uploads/ and workbench/ come into being with their first file.
  const isEmpty = names !== undefined || place.root.linksTo !== 'data';
  return new ToolError(
    isEmpty ? `There is no ${what}: ${directory} is empty.` : `${directory} does not exist on the server.`,
  );
}

async function namesIn(place: InsidePlace, segments: string[], roots: Root[]): Promise<string[] | undefined> {
  const request = { root: place.root, roots, segments };
  try {
    return await withEntries(request, undefined, ({ entries }) => entries.map((entry) => entry.name));
  } catch (error) {
    if (error instanceof OpenFailure) return undefined;
    throw error;
  }
}
