import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, LaunchOptions } from 'playwright-core';

/**
 * Starts Chromium without a window: the one of Playwright or of the system where there is one, or else the one that
 * npm brings along, which unpacks itself into the temporary directory and needs no system packages.
 */
export async function launchBrowser({ args = [] as string[] } = {}): Promise<Browser> {
  const found = await findChromium();
  // Without a locale of UTF-8, Chromium finds no files whose names are not ASCII.
  const env = { ...definedOnly(process.env), LC_ALL: 'C.UTF-8' };
  return chromium.launch({ headless: true, ...found, args: [...(found.args ?? []), ...args], env });
}

/**
 * Which Chromium, and what it needs to start here. Without WebGL's software renderer, which falls behind by minutes when
 * there is much to draw, unless asked for: a trace often holds no frame without it.
 */
export async function findChromium({ webGl = false } = {}): Promise<LaunchOptions> {
  return findInstalledChromium() ?? unpackChromium(webGl);
}

function findInstalledChromium(): LaunchOptions | undefined {
  const candidates = [process.env['CHROMIUM_PATH'] ?? '', chromium.executablePath()];
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['chromium', 'google-chrome', 'google-chrome-stable']) candidates.push(join(directory, name));
  }
  const executablePath = candidates.find((path) => path && existsSync(path));
  // Root has no sandbox in Chromium.
  return executablePath ? { executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] } : undefined;
}

async function unpackChromium(webGl: boolean): Promise<LaunchOptions> {
  const { default: packaged } = await import('@sparticuz/chromium');
  packaged.setGraphicsMode = webGl;
  return { executablePath: await packaged.executablePath(), args: packaged.args };
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
