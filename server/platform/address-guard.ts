import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { classifyAddress } from './classify-address.ts';

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Resolves a host name to all of its addresses. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

export interface AddressPolicy {
  /** Whether loopback and private networks may be reached. Link-local and metadata addresses never may. */
  allowPrivate: boolean;
  /** Replaces DNS, for tests. */
  resolve?: Resolve | undefined;
}

/** The address of a URL lies where the policy does not allow, or the URL is none that may be fetched. */
export class ForbiddenAddressError extends Error {
  override name = 'ForbiddenAddressError';
}

/** The host name has no address. */
export class UnknownHostError extends Error {
  override name = 'UnknownHostError';
}

export const resolveByDns: Resolve = (hostname) => dnsLookup(hostname, { all: true, verbatim: true });

function isAllowed(address: string, { allowPrivate }: AddressPolicy): boolean {
  const kind = classifyAddress(address);
  return kind === 'public' || (allowPrivate && (kind === 'private' || kind === 'loopback'));
}

/** All addresses of a host, each of which the policy allows; throws when one is not, so that a mixed answer cannot be raced. */
export async function resolveAllowed(hostname: string, policy: AddressPolicy): Promise<ResolvedAddress[]> {
  const bare = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  let addresses: ResolvedAddress[] = family ? [{ address: bare, family }] : [];
  if (!family) {
    try {
      addresses = await (policy.resolve ?? resolveByDns)(bare);
    } catch (error) {
      throw new UnknownHostError(`The host ${bare} was not found.`, { cause: error });
    }
    if (addresses.length === 0) throw new UnknownHostError(`The host ${bare} was not found.`);
  }
  if (addresses.some(({ address }) => !isAllowed(address, policy))) {
    throw new ForbiddenAddressError(`The address of ${bare} is not allowed.`);
  }
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
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) && !isAllowed(bare, policy)) throw new ForbiddenAddressError(`The address ${bare} is not allowed.`);
  return url;
}

/**
 * A dispatcher that connects only to addresses it has checked itself: the look-up of the connection is the check,
 * so a name cannot answer one address to a check and another to the connection.
 */
export function createGuardedAgent(policy: AddressPolicy, options: Agent.Options = {}): Agent {
  const lookup: LookupFunction = (hostname, { all }, callback) => {
    resolveAllowed(hostname, policy).then(
      (addresses) => {
        if (all) callback(null, addresses);
        else callback(null, addresses[0]!.address, addresses[0]!.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
  return new Agent({ ...options, connect: { timeout: 10_000, lookup } });
}
