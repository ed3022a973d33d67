import { posix } from 'node:path';
import type { Archive } from './read-archive.ts';
import { readXml } from './read-xml.ts';

/** How one part of an Office package refers to another, or to an address outside. (ECMA-376 part 2, 9.3.) */
export interface Relationship {
  id: string;
  /** The last word of its type: `worksheet`, `comments`; the same in the transitional and the strict form. */
  type: string;
  /** The part's name in the archive, or an address. */
  target: string;
  isExternal: boolean;
}

/** The relationships of a part, or of the package as a whole (''). */
export async function relationshipsOf(archive: Archive, part: string): Promise<Relationship[]> {
  const directory = posix.dirname(part) === '.' ? '' : posix.dirname(part);
  const name = archive.resolve(posix.join(directory, '_rels', `${posix.basename(part)}.rels`));
  const relationships: Relationship[] = [];
  if (name === undefined) return relationships;
  await readXml(archive.stream(name), {
    open(tag, { Id, Type, Target, TargetMode }) {
      if (tag !== 'Relationship' || !Id || Target === undefined) return;
      const isExternal = TargetMode === 'External';
      const target = isExternal ? Target : partName(archive, directory, Target);
      relationships.push({ id: Id, type: Type?.slice(Type.lastIndexOf('/') + 1) ?? '', target, isExternal });
    },
  });
  return relationships;
}

function partName(archive: Archive, directory: string, target: string): string {
  const path = target.split('#')[0] ?? '';
  const name = path.startsWith('/') ? path.slice(1) : posix.join(directory, path);
  return archive.resolve(name) ?? archive.resolve(unescaped(name)) ?? name;
}

function unescaped(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The first part of this type that is really there. */
export function partOf(archive: Archive, relationships: Relationship[], type: string): string | undefined {
  return partsOf(archive, relationships, type)[0];
}

export function partsOf(archive: Archive, relationships: Relationship[], type: string): string[] {
  return relationships
    .filter((each) => each.type === type && !each.isExternal && archive.has(each.target))
    .map(({ target }) => target);
}

/** The part that the package's relationships name as the document, with its content type. */
export async function mainPartOf(archive: Archive): Promise<{ part: string; contentType: string } | undefined> {
  const part = (await relationshipsOf(archive, '')).find(({ type }) => type === 'officeDocument')?.target;
  if (part === undefined || !archive.files.includes(part)) return undefined;
  return { part, contentType: await contentTypeOf(archive, part) };
}

async function contentTypeOf(archive: Archive, part: string): Promise<string> {
  const types = archive.resolve('[Content_Types].xml');
  let contentType = '';
  if (types === undefined) return contentType;
  const extension = posix.extname(part).slice(1).toLowerCase();
  let byExtension = '';
  await readXml(archive.stream(types), {
    open(name, { PartName, Extension, ContentType }) {
      if (name === 'Override' && PartName?.slice(1).toLowerCase() === part.toLowerCase())
        contentType = ContentType ?? '';
      if (name === 'Default' && Extension?.toLowerCase() === extension) byExtension = ContentType ?? '';
    },
  });
  return contentType || byExtension;
}
