import { currentSchemaVersion, listMigrations } from '../../db/schema-version.ts';
import { StartError } from '../../platform/errors.ts';
import { damaged, readArchive, readText } from './archive.ts';
import {
  completeName,
  completeSchema,
  isSafeName,
  listTables,
  type Manifest,
  manifestName,
  manifestSchema,
  secretFiles,
} from './backup-format.ts';

export interface CheckedArchive {
  manifest: Manifest;
  secrets: Map<string, string>;
}

/** Reads a backup from end to end before anything is changed. @throws StartError when it cannot be restored here */
export async function checkArchive(file: string): Promise<CheckedArchive> {
  try {
    return await readAll(file);
  } catch (error) {
    if (error instanceof StartError) throw error;
    // Nothing but reading happens there, so what is not the file system's fault is the archive's.
    const { code, syscall } = error as NodeJS.ErrnoException;
    throw new StartError(syscall ? `${file} cannot be read (${code}).` : damaged(file));
  }
}

async function readAll(file: string): Promise<CheckedArchive> {
  let manifest: Manifest | undefined;
  let files = 0;
  let complete: { files: number } | undefined;
  const secrets = new Map<string, string>();
  for await (const entry of readArchive(file)) {
    const { name, type } = entry.header;
    if (type !== 'file' || !isSafeName(name) || complete) throw new StartError(damaged(file));
    if (name === manifestName) manifest = readManifest(file, await readText(entry));
    else if (!manifest) throw new StartError(damaged(file));
    else if (name === completeName) complete = parse(file, completeSchema, await readText(entry));
    else if (name.startsWith('secrets/')) secrets.set(name.slice(8), (await readText(entry)).trim());
    else {
      if (name.startsWith('workspaces/')) files += 1;
      for await (const chunk of entry) void chunk;
    }
  }
  const hasSecrets = secretFiles.every(({ name }) => secrets.get(name));
  if (!manifest || !complete || complete.files !== files || !hasSecrets) throw new StartError(damaged(file));
  return { manifest, secrets };
}

function readManifest(file: string, text: string): Manifest {
  const manifest = parse(file, manifestSchema, text);
  if (manifest.schemaVersion > currentSchemaVersion()) {
    throw new StartError(
      `The backup was made by a newer Pinchy (${manifest.version}): update this one, then restore it.`,
    );
  }
  const known = listMigrations().some(({ folderMillis }) => folderMillis === manifest.schemaVersion);
  const tables = new Set(listTables());
  if (!known || manifest.tables.some(({ name }) => !tables.has(name))) throw new StartError(damaged(file));
  return manifest;
}

function parse<T>(file: string, schema: { parse(value: unknown): T }, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new StartError(damaged(file));
  }
}
