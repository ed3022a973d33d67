import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { findChromium } from '../test/browser/launch-browser.ts';
import { findFreePort } from '../testkit/find-free-port.ts';
import type { BenchContext } from './bench-context.ts';
import type { Result } from './result.ts';
import { createAgent, setStage, type Stage } from './stage.ts';

// 180 MB that only this benchmark needs, so that nobody's installation carries them.
const version = '13.5.0';
const home = join(import.meta.dirname, '..', '.cache', 'lighthouse');

const attempts = 5;

interface Report {
  lhr: {
    runtimeError?: { message: string };
    categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
    audits: Record<string, { score: number | null; displayValue?: string }>;
  };
}

interface Lighthouse {
  default(url: string, flags: Record<string, unknown>, config?: unknown): Promise<Report | undefined>;
  desktopConfig: unknown;
}

/** Lighthouse on the two pages that people see most, as a desktop and as the slow phone that it imitates. */
export async function benchLighthouse(context: BenchContext): Promise<Result[]> {
  const lighthouse = await loadLighthouse();
  const stage = await setStage(context);
  const agent = await createAgent(stage, 'Bench');
  const results: Result[] = [];
  for (const form of ['desktop', 'phone'] as const) {
    const config = form === 'desktop' ? lighthouse.desktopConfig : undefined;
    results.push(...(await judge('sign-in', form, `${stage.url}/login`)));
    results.push(...(await judge('chat', form, `${stage.url}/chat/${agent.id}`, stage)));

    async function judge(page: string, device: string, url: string, signedIn?: Stage): Promise<Result[]> {
      const { categories, audits } = await report(url, signedIn);
      const lost = (category: string) =>
        categories[category]!.auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)

          .map(({ id }) => `${id} ${audits[id]?.displayValue ?? ''}`.trim())
          .join(', ');
      const score = (category: string) => Math.round((categories[category]?.score ?? 0) * 100) / 100;
      const row = (category: string, target: number): Result => ({
        name: `Lighthouse, ${page} on a ${device}: ${category}`,
        value: score(category),
        unit: 'of all',
        target,
        ...(lost(category) && { note: `loses by ${lost(category)}` }),
      });
      return [row('performance', 0.9), row('accessibility', 1)];
    }

    /** Chromium without a window sometimes paints no frame that the trace keeps: then there is no score, and another try. */
    async function report(url: string, signedIn?: Stage): Promise<Report['lhr']> {
      let reason = 'Lighthouse gave no report';
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const browser = await openBrowser(context, signedIn);
        const flags = {
          port: browser.port,
          onlyCategories: ['performance', 'accessibility'],
          disableStorageReset: true,
        };
        const found = await lighthouse.default(url, { ...flags, logLevel: 'silent' }, config).finally(browser.close);
        if (found && !found.lhr.runtimeError && found.lhr.categories['performance']?.score != null) return found.lhr;
        reason = found?.lhr.runtimeError?.message ?? 'Chromium painted no frame that was traced';
      }
      throw new Error(`${url}: ${reason}, ${attempts} times.`);
    }
  }
  return results;
}

async function loadLighthouse(): Promise<Lighthouse> {
  const entry = join(home, 'node_modules', 'lighthouse', 'core', 'index.js');
  if (!existsSync(entry)) {
    await mkdir(home, { recursive: true });
    await writeFile(join(home, 'package.json'), '{ "private": true }\n');
    const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `lighthouse@${version}`];
    execFileSync('npm', install, { cwd: home, stdio: ['ignore', 'ignore', 'inherit'], timeout: 120_000 });
  }
  return (await import(pathToFileURL(entry).href)) as Lighthouse;
}

/** A Chromium of its own, which Lighthouse reaches by a port; with the admin's session, if asked for. */
async function openBrowser(
  context: BenchContext,
  signedIn: Stage | undefined,
): Promise<{ port: number; close(): Promise<void> }> {
  const port = await findFreePort();
  const { args = [], ...options } = await findChromium({ webGl: true });
  const profile = join(context.directory, `profile-${port}`);
  const browser = await chromium.launchPersistentContext(profile, {
    ...options,
    headless: true,
    args: [...args, `--remote-debugging-port=${port}`],
  });
  context.onEnd(() => browser.close());
  if (signedIn) {
    const [name = '', value = ''] = signedIn.admin.cookie.split('=');
    await browser.addCookies([{ name, value, url: signedIn.url }]);
  }
  return { port, close: () => browser.close() };
}
