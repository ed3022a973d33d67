import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { anchorName } from './backup-format.ts';
import { readArchive } from './archive.ts';

export interface StagedFiles {
  /** Puts the staged files in the place of those that are there, by renaming. */
  swap(): Promise<void>;
  /** Undoes `swap`. */
  swapBack(): Promise<void>;
  /** Removes what was replaced, or what was staged and never used. */
  discard(): Promise<void>;
}

const parts = ['workspaces', 'secrets', anchorName];

/** Unpacks a checked backup's files next to the state directory's own ones. */
export async function stageFiles(file: string, home: string): Promise<StagedFiles> {
  const staging = join(home, `.restore-${randomBytes(4).toString('hex')}`);
  const next = join(staging, 'next');
  const previous = join(staging, 'previous');
  const moved: { from: string; to: string }[] = [];
  await mkdir(next, { recursive: true, mode: 0o700 });
  await mkdir(previous, { mode: 0o700 });
  const staged: StagedFiles = {
    async swap() {
      for (const part of parts) {
        await move(join(home, part), join(previous, part));
        await move(join(next, part), join(home, part));
      }
    },
    async swapBack() {
      for (const { from, to } of moved.splice(0).toReversed()) await rename(to, from);
    },
    discard: () => rm(staging, { recursive: true, force: true }),
  };
  try {
    for await (const entry of readArchive(file)) {
      const { name } = entry.header;
      if (!parts.includes(name.split('/')[0] ?? '')) {
        entry.resume();
        continue;
      }
      const path = join(next, ...name.split('/'));
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await pipeline(Readable.from(entry), createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
    }
  } catch (error) {
    await staged.discard();
    throw error;
  }
  return staged;

  async function move(from: string, to: string): Promise<void> {
    if (!(await stat(from).catch(() => undefined))) return;
    await rename(from, to);
    moved.push({ from, to });
  }
}
