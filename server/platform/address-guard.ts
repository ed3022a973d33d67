import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { classifyAddress, isThisMachine } from './classify-address.ts';
import { isMetadataName } from './metadata-services.ts';
import { isOwnPort } from './own-addresses.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Resolves a host name to all of its addresses. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export interface AddressPolicy {
  /** Whether private networks may be reached. Metadata services never may, nor what this process itself listens on. */
  allowPrivate: boolean;
  /** Where a model chooses the address: the only hosts in private networks that may be reached, and nothing on this machine. */
  onlyHosts?: readonly string[] | undefined;
  /** Replaces what the other two say about this machine, for tests, whose outside world is here. No setting leads to it. */
  allowThisMachine?: boolean | undefined;
  /** Replaces DNS, for tests. */
  resolve?: Resolve | undefined;
}

/** What a policy comes to for one host. */
export interface Reach {
  private: boolean;
  thisMachine: boolean;
}

export const bareHost = (hostname: string) => hostname.replace(/^\[|\]$/g, '');
const comparable = (host: string) => bareHost(host).toLowerCase().replace(/\.+$/, '');

export function reachOf({ allowPrivate, onlyHosts, allowThisMachine }: AddressPolicy, hostname: string): Reach {
  const isNamed = !onlyHosts || onlyHosts.some((host) => comparable(host) === comparable(hostname));
  return { private: allowPrivate && isNamed, thisMachine: allowThisMachine ?? (allowPrivate && !onlyHosts) };
}

export const portOf = ({ port, protocol }: { port: string; protocol: string }): number =>
  Number(port) || (protocol === 'https:' ? 443 : 80);

/** The address of a URL lies where the policy does not allow, or the URL is none that may be fetched. */
export class ForbiddenAddressError extends Error {
  override name = 'ForbiddenAddressError';
  /** It is in a private network, which other rules might allow. */
  readonly isPrivate: boolean;

  constructor(message: string, { isPrivate = false } = {}) {
    super(message);
    this.isPrivate = isPrivate;
  }
}

/** The host name has no address. */
export class UnknownHostError extends Error {
  override name = 'UnknownHostError';
}

export const resolveByDns: Resolve = (hostname) => dnsLookup(hostname, { all: true, verbatim: true });

type Refusal = 'of a kind that is never dialled' | 'this machine' | 'Pinchy itself' | 'in a private network';

/** Why an address must not be dialled at a port; undefined when it may. Without a port it is asked for any but our own. */
function refusalOf(address: string, port: number | undefined, reach: Reach): Refusal | undefined {
  const kind = classifyAddress(address);
  if (kind === 'metadata' || kind === 'other') return 'of a kind that is never dialled';
  if (isThisMachine(address)) {
    if (port !== undefined && isOwnPort(port)) return 'Pinchy itself';
    return kind === 'public' || reach.thisMachine ? undefined : 'this machine';
  }
  return kind === 'public' || reach.private ? undefined : 'in a private network';
}

function requireAllowed(
  host: string,
  addresses: string[],
  { port, reach }: { port: number | undefined; reach: Reach },
) {
  for (const address of addresses) {
    const refusal = refusalOf(address, port, reach);
    if (!refusal) continue;
    const which = host === address ? host : `of ${host}`;
    throw new ForbiddenAddressError(`The address ${which} is not allowed: it is ${refusal}.`, {
      isPrivate: refusal === 'in a private network',
    });
  }
}

/** All addresses of a host, each of which the policy allows; throws when one is not, so that a mixed answer cannot be raced. */
export function resolveAllowed(hostname: string, policy: AddressPolicy, port?: number): Promise<ResolvedAddress[]> {
  return resolveWithin(hostname, { resolve: policy.resolve, port, reach: reachOf(policy, hostname) });
}

/** The same where the policy was made up for this host already. */
export async function resolveWithin(
  hostname: string,
  { resolve = resolveByDns, ...limits }: { resolve?: Resolve | undefined; port: number | undefined; reach: Reach },
): Promise<ResolvedAddress[]> {
  const bare = bareHost(hostname);
  if (isMetadataName(bare)) throw new ForbiddenAddressError(`The address of ${bare} is not allowed.`);
  const family = isIP(bare);
  let addresses: ResolvedAddress[] = family ? [{ address: bare, family }] : [];
  if (!family) {
    try {
      addresses = await resolve(bare);
    } catch (error) {
      throw new UnknownHostError(`The host ${bare} was not found.`, { cause: error });
    }
    if (addresses.length === 0) throw new UnknownHostError(`The host ${bare} was not found.`);
  }
  requireAllowed(
    bare,
    addresses.map(({ address }) => address),
    limits,
  );
  return addresses;
}

/** Checks scheme, credentials and, where the host is written as an address, the address. Names are checked when dialled. */
export function parseAllowedUrl(value: string | URL, policy: AddressPolicy): URL {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    throw new ForbiddenAddressError('That is not a web address.');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ForbiddenAddressError('Only http and https addresses are allowed.');
  }
  if (url.username || url.password)
    throw new ForbiddenAddressError('The address must not contain a user name or password.');
  // URL has already turned decimal, octal and hexadecimal forms into dotted ones.
  const bare = bareHost(url.hostname);
  if (isMetadataName(bare)) throw new ForbiddenAddressError(`The address of ${bare} is not allowed.`);
  if (isIP(bare)) requireAllowed(bare, [bare], { port: portOf(url), reach: reachOf(policy, bare) });
  return url;
}
