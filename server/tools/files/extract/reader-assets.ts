import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface ReaderAsset {
  /** A directory of a package. */
  from: string;
  /** What the build copies of it. */
  files: RegExp;
}

/** Files that readers of documents load at run time, by where npm puts them. The build copies them beside the server. */
export const readerAssets = {
  cmaps: { from: 'pdfjs-dist/cmaps', files: /\.bcmap$|LICENSE/ },
  wasm: { from: 'pdfjs-dist/wasm', files: /(?:jbig2|openjpeg)\.wasm$|LICENSE_/ },
} satisfies Record<string, ReaderAsset>;

/** The directory of such files: from the build, or from the packages in development and tests. */
export function assetDirectory(name: keyof typeof readerAssets): string {
  const built = ['./reader-assets', '../reader-assets'].map((path) =>
    fileURLToPath(new URL(`${path}/${name}`, import.meta.url)),
  );
  return built.find(existsSync) ?? packageDirectory(readerAssets[name].from);
}

function packageDirectory(path: string): string {
  const [, packageName = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(path) ?? [];
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  return join(dirname(manifest), rest);
}
