import type { Update } from '../../../contract/overview.ts';
import type { AddressPolicy } from '../../platform/address-guard.ts';
import type { Logger } from '../../platform/logger.ts';
import { safeFetch } from '../../platform/safe-fetch.ts';
import { isNewer, readRelease } from './releases.ts';

export interface UpdateCheck {
  /** A newer version, as far as it was heard; null where there is none, or where nobody is asked. Never waits. */
  newer(): Update | null;
}

const askEveryMs = 12 * 60 * 60 * 1_000;
const againAfterFailureMs = 30 * 60 * 1_000;
const timeoutMs = 10_000;
const maxBytes = 512 * 1024;
/** Whoever set the address may reach what this machine reaches. */
const policy: AddressPolicy = { allowPrivate: true };

/** Asks where the operator says, when an admin looks at the overview, twice a day at most; nobody is asked otherwise. */
export function createUpdateCheck(options: { feedUrl: string | undefined; version: string; log: Logger }): UpdateCheck {
  const { feedUrl, version, log } = options;
  let latest: Update | null = null;
  let askAgainAt = 0;

  async function ask(url: string): Promise<void> {
    askAgainAt = Date.now() + askEveryMs;
    try {
      const headers = { accept: 'application/json' };
      const answer = await safeFetch(url, { ...policy, followRedirects: 3, maxBytes, timeoutMs, headers });
      if (answer.status !== 200) throw new Error(`The answer was ${answer.status}.`);
      latest = readRelease(JSON.parse(answer.body.toString('utf8')));
    } catch (error) {
      askAgainAt = Date.now() + againAfterFailureMs;
      log.warn({ error }, 'whether there is a newer version could not be asked');
    }
  }

  return {
    newer() {
      if (feedUrl !== undefined && Date.now() >= askAgainAt) void ask(feedUrl);
      return latest && isNewer(latest.version, version) ? latest : null;
    },
  };
}
