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
  tesseract: { from: 'tesseract.js-core', files: /core-simd-lstm\.(?:js|wasm)$|LICENSE/ },
  eng: { from: '@tesseract.js-data/eng/4.0.0_best_int', files: /\.gz$/ },
  deu: { from: '@tesseract.js-data/deu/4.0.0_best_int', files: /\.gz$/ },
  fra: { from: '@tesseract.js-data/fra/4.0.0_best_int', files: /\.gz$/ },
  spa: { from: '@tesseract.js-data/spa/4.0.0_best_int', files: /\.gz$/ },
  ita: { from: '@tesseract.js-data/ita/4.0.0_best_int', files: /\.gz$/ },
  nld: { from: '@tesseract.js-data/nld/4.0.0_best_int', files: /\.gz$/ },
  por: { from: '@tesseract.js-data/por/4.0.0_best_int', files: /\.gz$/ },
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
