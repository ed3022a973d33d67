import react from '@vitejs/plugin-react';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

// What the first page needs in any case, and Markdown, each as one file instead of dozens.
const everywhere = [
  /node_modules\/(react|react-dom|scheduler|use-sync-external-store|clsx)\//,
  /node_modules\/@tanstack\/(react-router|router-core|history|react-store|store|react-query|query-core)\//,
  /@mantine\/core\/esm\/core\//,
  /@mantine\/core\/esm\/components\/(ActionIcon|Avatar|Burger|Button|CloseButton|Group|Input|InputBase)\//,
  /@mantine\/core\/esm\/components\/(Loader|Skeleton|Stack|Text|TextInput|Textarea|Title|Transition|UnstyledButton)\//,
  /lucide-react\/dist\/esm\/(shared|createLucideIcon|Icon|default)/,
];
const markdown =
  /node_modules\/(micromark|mdast-util|unist-util|decode-named|character-ent|ccount|escape-string|devlop|@tanstack\/(react-virtual|virtual-core))/;

const groups = [
  { name: 'base', test: (id: string) => everywhere.some((pattern) => pattern.test(id)), priority: 2 },
  { name: 'markdown', test: markdown, priority: 1 },
];

/** The web app; in development it talks to a server that `npm run dev` starts beside it. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  css: { postcss: { plugins: [presetMantine()] } },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    host: '127.0.0.1',
    // The app's own sources below web/api are no API.
    proxy: { '^/api/(?!.*\\.ts(\\?|$))': { target: 'http://127.0.0.1:7777', ws: true } },
  },
});
