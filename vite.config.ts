import react from '@vitejs/plugin-react';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

// Browsers fetch six files at a time, so a page of dozens of small ones waits for each round of six: what nearly every page
// needs is one file, and a conversation with its Markdown another one. What a group names brings its imports along.
const isEntry = (id: string) => /\/web\/(main\.tsx|index\.html)/.test(id);
const nearlyEverywhere = [
  /@tanstack\/(react-query|query-core)\//,
  /@mantine\/(form|hooks|store|notifications\/esm\/notifications\.store)/,
  /@mantine\/core\/esm\/components\/(Alert|Code|Collapse|Container|PasswordInput|Progress|Textarea|TextInput)\//,
  /\/web\/ui\/(entrance|field-errors|focus-on-mount|form-alert|formats|notify|password-input)\./,
];
const conversation = /\/web\/features\/chat\/(chat-page|transcript|markdown)\.tsx/;
const groups = [
  { name: 'base', tags: ['$initial' as const], test: (id: string) => !isEntry(id), priority: 4 },
  { name: 'common', test: (id: string) => nearlyEverywhere.some((pattern) => pattern.test(id)), priority: 4 },
  { name: 'icons', test: /lucide-react/, minShareCount: 2, priority: 3 },
  { name: 'chat', test: conversation, priority: 1 },
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
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: {
    host: '127.0.0.1',
    // The app's own sources below web/api are no API.
    proxy: { '^/api/(?!.*\\.ts(\\?|$))': { target: 'http://127.0.0.1:7777', ws: true } },
  },
});
