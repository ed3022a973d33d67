import { LRUCache } from 'lru-cache';
import robotsParserModule from 'robots-parser';
import { type AddressPolicy, reachOf } from '../../platform/address-guard.ts';
import { safeFetch, SafeFetchError } from '../../platform/safe-fetch.ts';
import { ToolError } from '../tool.ts';

/** How this server names itself to websites, and the name that robots.txt files can address. */
export const userAgent = 'PinchyBot/1.0';

// The package is CommonJS that exports the function itself, which its types do not say.
const robotsParser = robotsParserModule as unknown as typeof import('robots-parser').default;

type Rules = (url: URL) => boolean;
const everything: Rules = () => true;

/** The least that RFC 9309 wants to be read of a file. */
const maxBytes = 512 * 1024;
/** Each costs one pass over an address, on the thread that serves everybody; large sites have a few hundred. */
const maxWildcards = 500;
/** Large sites have a few thousand. */
const maxRules = 10_000;

export interface Robots {
  /** Throws ToolError where the site asks programs to stay away, or its rules cannot be read. */
  requireAllowed(url: URL, options: { policy: AddressPolicy; signal: AbortSignal }): Promise<void>;
}

/** robots.txt as https://www.rfc-editor.org/rfc/rfc9309 has it: missing means all is allowed, unreachable that nothing is. */
export function createRobots(): Robots {
  const cache = new LRUCache<string, Promise<Rules>>({ max: 500, ttl: 60 * 60_000 });

  async function readRules(
    origin: string,
    { policy, signal }: { policy: AddressPolicy; signal: AbortSignal },
  ): Promise<Rules> {
    const address = `${origin}/robots.txt`;
    const answer = await safeFetch(address, {
      ...policy,
      maxBytes: maxBytes,
      timeoutMs: 10_000,
      followRedirects: 5,
      headers: { 'user-agent': userAgent, accept: 'text/plain' },
      signal,
    });
    if (answer.status >= 500 || answer.status === 429) throw new ToolError(unreadable(origin));
    if (answer.status >= 400) return everything;
    return readRobots(address, answer.body.toString('utf8'));
  }

  return {
    async requireAllowed(url, options) {
      const { origin } = url;
      // What one agent may ask for, another may not.
      const key = JSON.stringify([origin, reachOf(options.policy, url.hostname)]);
      const asked = cache.get(key) ?? readRules(origin, options);
      cache.set(key, asked);
      let rules: Rules;
      try {
        rules = await asked;
      } catch (error) {
        // Only what a site said is kept, not that it was silent.
        if (cache.peek(key) === asked) cache.delete(key);
        if (!(error instanceof SafeFetchError)) throw error;
        // The page itself would fail in the same way, and says better why.
        if (['forbidden-address', 'unknown-host', 'aborted'].includes(error.reason)) throw error;
        throw new ToolError(unreadable(origin), { cause: error });
      }
      if (!rules(url))
        throw new ToolError(`${url.host} asks programs not to read this page (robots.txt), so it was not read.`);
    },
  };
}

/** Which addresses a robots.txt, found at `address`, lets us read. In a time that stays small, whatever stands in it. */
export function readRobots(address: string, text: string): (url: URL) => boolean {
  const parsed = robotsParser(address, withFewWildcards(rulesForUs(text)));
  return (url) => parsed.isAllowed(url.href, userAgent) !== false;
}

const nameOf = (agent: string) => (agent.split('/', 1)[0] ?? '').trim().toLowerCase();
const ownName = nameOf(userAgent);

/** What a site that says more than anybody can go through is taken to say. */
const nothing = `User-agent: ${ownName}\nDisallow: /`;

/**
 * The groups that are for us or for everybody: the parser would note each rule down for each program that is named above
 * it, which makes hundreds of millions of a small file.
 */
function rulesForUs(text: string): string {
  const kept: string[] = [];
  const named = new Set<string>();
  let isNaming = false;
  let rules = 0;
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [before = '', ...after] = (line.split('#', 1)[0] ?? '').split(':');
    const field = before.trim().toLowerCase();
    if (field === '' || after.length === 0) continue;
    if (field === 'user-agent') {
      if (!isNaming) named.clear();
      isNaming = true;
      const name = nameOf(after.join(':'));
      if ((name !== '*' && name !== ownName) || named.has(name)) continue;
      named.add(name);
      kept.push(line);
      continue;
    }
    // Whatever else stands below the names ends them.
    if (isNaming && named.size > 0) kept.push('end:');
    isNaming = false;
    if (named.size === 0 || (field !== 'allow' && field !== 'disallow')) continue;
    rules += 1;
    if (rules > maxRules) return nothing;
    kept.push(line);
  }
  return kept.join('\n');
}

/** Cuts the patterns at the end of a file with too many wildcards: they then stand for everything that begins so. */
function withFewWildcards(text: string): string {
  let left = maxWildcards;
  const bounded = (line: string) => {
    if (/^\s*user-agent/i.test(line)) return line;
    left -= line.split('*').length - 1;
    return left < 0 ? (line.split('*', 1)[0] ?? '') : line;
  };
  return text.split('\n').map(bounded).join('\n');
}

const unreadable = (origin: string) =>
  `${origin} does not answer for its rules for programs (robots.txt), so nothing was read from it.`;
