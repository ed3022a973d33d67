import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig, type Plugin } from 'vite';
import { commonPasswords } from './scripts/common-passwords.ts';

// Browsers fetch six files at a time, so a page of dozens of small ones waits for each round of six: what nearly every page
// needs is one file, and a conversation with its Markdown another one. What a group names brings its imports along.
const isEntry = (id: string) => /\/web\/(main\.tsx|index\.html|sandbox)/.test(id);
const nearlyEverywhere = [
  /@tanstack\/(react-query|query-core)\//,
  /@mantine\/(form|hooks|store|notifications\/esm\/notifications\.store)/,
  /@mantine\/core\/esm\/components\/(Alert|Code|Collapse|Container|PasswordInput|Progress|Textarea|TextInput)\//,
  /\/web\/ui\/(entrance|field-errors|focus-on-mount|form-alert|formats|notify|password-input)\./,
];
const conversation = /\/web\/features\/chat\/(chat-page|transcript|markdown)\.tsx/;
const groups = [
  // What Vite adds to every entry: apart, or the sandbox would load the whole app, and its styles, for it.
  { name: 'preload', test: /vite\/(preload-helper|modulepreload-polyfill)/, priority: 5 },
  { name: 'base', tags: ['$initial' as const], test: (id: string) => !isEntry(id), priority: 4 },
  { name: 'common', test: (id: string) => nearlyEverywhere.some((pattern) => pattern.test(id)), priority: 4 },
  { name: 'icons', test: /lucide-react/, minShareCount: 2, priority: 3 },
  { name: 'chat', test: conversation, priority: 1 },
];

/**
 * Tells the service worker which files the app's pages are made of. Not the grammars for highlighting code, which are many
 * and without which code is readable, nor what draws formulas, nor the viewer of PDF files and the list of
 * refused passwords, for which the server is needed anyway, nor those of
 * other languages than the browser's, which the page loads first.
 */
const listFiles: Plugin = {
  name: 'list-files-of-pages',
  async writeBundle({ dir = '' }, bundle) {
    const files = new Set<string>();
    const visit = (name: string) => {
      const chunk = bundle[name];
      if (
        files.has(name) ||
        chunk?.type !== 'chunk' ||
        /highlight|\/shiki\/|@shikijs|draw-formula|\/pdf-pages\.|common-passwords/.test(chunk.facadeModuleId ?? '')
      )
        return;
      files.add(name);
      for (const sheet of chunk.viteMetadata?.importedCss ?? []) files.add(sheet);
      for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset);
      for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next);
    };
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === 'index') visit(chunk.fileName);
    const worker = join(dir, 'sw.js');
    const list = JSON.stringify([...files].toSorted().map((name) => `/${name}`));
    await writeFile(worker, (await readFile(worker, 'utf8')).replace('const files = [];', `const files = ${list};`));
  },
};

/** KaTeX's typefaces in WOFF2 alone, which every browser that runs the app takes: the other two forms are three times as large. */
const woff2Only: Plugin = {
  name: 'woff2-only',
  enforce: 'pre',
  transform(code, id) {
    if (!/katex(\.min)?\.css$/.test(id)) return undefined;
    return code.replaceAll(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '');
  },
};

/** The web app; in development it talks to a server that `npm run dev` starts beside it. */
export default defineConfig({
  root: 'web',
  plugins: [react(), commonPasswords, listFiles, woff2Only],
  css: { postcss: { plugins: [presetMantine()] } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    manifest: true,
    rolldownOptions: {
      input: { index: 'web/index.html', sandbox: 'web/sandbox.html' },
      output: { codeSplitting: { groups } },
    },
  },
  server: {
    host: '127.0.0.1',
    // The app's own sources below web/api are no API.
    proxy: { '^/api/(?!.*\\.ts(\\?|$))': { target: 'http://127.0.0.1:7777', ws: true } },
  },
});
