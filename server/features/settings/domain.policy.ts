/** What the rules look at of a request: how it came, over which host. */
export interface RequestFacts {
  protocol: string;
  host: string;
}

/** Why this request may not lock a domain, if so: nobody locks themselves out, so it must have come over HTTPS on that very host. */
export function lockRefusal(request: RequestFacts, domain: string): string | undefined {
  if (request.protocol !== 'https')
    return 'Open Pinchy over HTTPS first: a domain can only be locked by a request that came through it. Behind a proxy, set TRUSTED_PROXIES.';
  if (request.host !== domain) return `You opened Pinchy on ${request.host}. Open it on ${domain} to lock that domain.`;
  return undefined;
}

/** Reachable over any host even while locked: probes, the setup page's first question, and a gateway's calls. */
const alwaysReachable = [/^\/api\/health(\/|$)/, /^\/api\/setup\/status$/, /^\/api\/internal\//];

export const isAlwaysReachable = (path: string): boolean => alwaysReachable.some((pattern) => pattern.test(path));
