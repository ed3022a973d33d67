import { type ComponentType, lazy } from 'react';
import { nextPaint } from './next-paint.ts';

const askEveryMs = 2_000;
/** A part that is really missing must not reload the page for ever. */
const reloadPauseMs = 60_000;

/**
 * Imports a part of the app that is loaded when it is needed. While the server cannot be reached it waits: the page stays,
 * and goes on by itself. A part that the server no longer has is one of an older version: the page is loaded anew.
 */
export async function importPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    while (!(await isReachable())) await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    try {
      return await load();
    } catch {
      if (reloadOnce()) return new Promise(() => undefined);
      throw error;
    }
  }
}

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

export const lazyPart = <Props>(load: Load<Props>) => lazy(() => importPart(load));

/**
 * A part that is not missed at first: it is asked for once what stands around it has been painted, so that on a slow line
 * nothing of it comes before what people wait for.
 */
export const latePart = <Props>(load: Load<Props>) =>
  lazy(async () => {
    await nextPaint();
    return importPart(load);
  });

async function isReachable(): Promise<boolean> {
  try {
    return (await fetch('/api/setup/status', { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

function reloadOnce(): boolean {
  const last = Number(sessionStorage.getItem('pinchy.reloaded-at') ?? 0);
  if (Date.now() - last < reloadPauseMs) return false;
  sessionStorage.setItem('pinchy.reloaded-at', String(Date.now()));
  location.reload();
  return true;
}
