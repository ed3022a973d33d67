import react from '@vitejs/plugin-react';
import presetMantine from 'postcss-preset-mantine';
import { defineConfig } from 'vite';

/** The web app; in development it talks to a server that `npm run dev` starts beside it. */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  css: { postcss: { plugins: [presetMantine()] } },
  build: { outDir: '../dist/web', emptyOutDir: true, target: 'es2022', sourcemap: false },
  server: { host: '127.0.0.1', proxy: { '/api': { target: 'http://127.0.0.1:7777', ws: true } } },
});
