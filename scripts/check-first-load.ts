import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Manifest } from 'vite';
import { filesOf } from '../server/http/preloads.ts';

// Script that a browser fetches until composer and messages of a chat show, all of it, compressed.

const root = join(import.meta.dirname, '..');
const outDir = join(root, '.cache/first-load');
const limit = 250_000;
const needed = ['index.html', 'texts/en-start.ts', 'features/chat/chat-page.tsx', 'features/chat/transcript.tsx'];

await build({
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'error',
  build: { outDir, manifest: true, reportCompressedSize: false },
});
const manifest = JSON.parse(await readFile(join(outDir, '.vite/manifest.json'), 'utf8')) as Manifest;
const { scripts, styles } = filesOf(manifest, needed);
const sizeOf = async (files: Iterable<string>) => {
  let size = 0;
  for (const file of files) size += gzipSync(await readFile(join(outDir, file))).length;
  return size;
};
const total = await sizeOf(scripts);
const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;
console.log(
  `The chat page loads ${kilobytes(total)} of script (at most 250 kB), and ${kilobytes(await sizeOf(styles))} of styles.`,
);
if (total > limit) process.exitCode = 1;
