import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { launchBrowser } from '../test/browser/launch-browser.ts';
import type { BenchContext } from './bench-context.ts';
import type { Result } from './result.ts';
import { createAgent, setStage } from './stage.ts';

const root = join(import.meta.dirname, '..');

/** What the tests keep between two runs, which is no package. */
const testCaches = ['node_modules/.vitest-cache', 'node_modules/.vite'];

/** What an installation takes on the disk, and the script that a browser loads to show the chat for the first time. */
export async function benchSizes(context: BenchContext): Promise<Result[]> {
  const packages = readDiskUsage('node_modules') - testCaches.reduce((sum, name) => sum + readDiskUsage(name), 0);
  const scripts = await listLoadedScripts(context);
  const compressed = scripts.reduce((sum, path) => sum + gzipSync(readFileSync(path), { level: 6 }).length, 0);
  return [
    { name: 'installed packages, with Node.js, database and test browser', value: packages, unit: 'MB', target: 700 },
    { name: 'built product in dist', value: readDiskUsage('dist'), unit: 'MB' },
    {
      name: `script of the first load of the chat, gzip, ${scripts.length} files`,
      value: compressed / 1_000,
      unit: 'kB',
      target: 250,
    },
  ];
}

/** In MB, counted in the blocks that files occupy. */
function readDiskUsage(directory: string): number {
  if (!existsSync(join(root, directory))) return 0;
  const entries = readdirSync(join(root, directory), { recursive: true, withFileTypes: true });
  return entries.reduce((sum, entry) => sum + lstatSync(join(entry.parentPath, entry.name)).blocks * 512, 0) / 1e6;
}

/** The files that Chromium has asked for once the chat of an agent stands still. */
async function listLoadedScripts(context: BenchContext): Promise<string[]> {
  const stage = await setStage(context);
  const agent = await createAgent(stage, 'Bench');
  const browser = await launchBrowser();
  context.onEnd(() => browser.close());
  const page = await browser.newPage({ locale: 'en-US' });
  const [name = '', value = ''] = stage.admin.cookie.split('=');
  await page.context().addCookies([{ name, value, url: stage.url }]);
  const paths = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) paths.add(join(root, 'dist/web', pathname));
  });
  await page.goto(`${stage.url}/chat/${agent.id}`, { waitUntil: 'networkidle' });
  await page.getByRole('textbox').first().waitFor({ timeout: 15_000 });
  await page.waitForTimeout(1_000);
  return [...paths].filter((path) => existsSync(path));
}
