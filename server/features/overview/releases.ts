import * as z from 'zod';
import type { Update } from '../../../contract/overview.ts';

/** What a feed of releases says of the newest: in words of its own, or as code hosts write it. */
const releaseSchema = z
  .object({ version: z.string(), tag_name: z.string(), url: z.string(), html_url: z.string() })
  .partial();

const released = /^v?(\d{1,6}\.\d{1,6}\.\d{1,6})$/;

/** The newest release; null where the feed names none that is meant for everybody. */
export function readRelease(feed: unknown): Update | null {
  const release = releaseSchema.safeParse(feed).data;
  const version = released.exec(release?.version ?? release?.tag_name ?? '')?.[1];
  if (version === undefined) return null;
  const page = release?.html_url ?? release?.url;
  return { version, url: page !== undefined && page.startsWith('https://') && URL.canParse(page) ? page : null };
}

/** Whether a released version comes after the one that runs; a version that is not released yet comes before itself. */
export function isNewer(version: string, running: string): boolean {
  const [numbers = '', ...unreleased] = running.split('-');
  const [offered, own] = [version, numbers].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (const [index, number] of offered.entries()) {
    const difference = number - (own[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return unreleased.length > 0;
}
