import ipaddr from 'ipaddr.js';
import { isMetadataAddress } from './metadata-services.ts';
import { isOwnAddress } from './own-addresses.ts';

/** `metadata` also holds all link-local addresses. `other`: multicast, reserved, not an address. */
export type AddressClass = 'public' | 'private' | 'loopback' | 'metadata' | 'other';

/** All that is given out as public IPv6; the rest is reserved. */
const publicIpv6 = ipaddr.IPv6.parse('2000::');

const classOfRange: Record<string, AddressClass> = {
  unicast: 'public',
  loopback: 'loopback',
  unspecified: 'loopback', // 0.0.0.0 and :: reach this machine.
  linkLocal: 'metadata',
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
};

/** What kind of network an IP address belongs to; IPv4 addresses wrapped in IPv6 count as what they wrap. */
export function classifyAddress(address: string): AddressClass {
  const parsed = parseAddress(address);
  if (!parsed) return 'other';
  if (isMetadataAddress(parsed)) return 'metadata';
  if (parsed instanceof ipaddr.IPv6) {
    if (parsed.parts[0] !== undefined && (parsed.parts[0] & 0xffc0) === 0xfec0) return 'private'; // fec0::/10, the old site-local range.
    if (parsed.range() === 'unicast' && !parsed.match(publicIpv6, 3)) return 'other';
  }
  return classOfRange[parsed.range()] ?? 'other';
}

/** Whether an IP address, however it is wrapped, is one of this machine: loopback, or of one of its network cards. */
export function isThisMachine(address: string): boolean {
  const parsed = parseAddress(address);
  return parsed !== undefined && (classifyAddress(address) === 'loopback' || isOwnAddress(parsed));
}

/** Without brackets and zone, and unwrapped. */
function parseAddress(address: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return undefined;
  const parsed = ipaddr.parse(bare);
  const wrapped = parsed instanceof ipaddr.IPv6 ? wrappedIpv4(parsed) : undefined;
  return wrapped ? ipaddr.parse(wrapped) : parsed;
}

/** The IPv4 address inside a mapped (::ffff:0:0/96), compatible (::/96), NAT64 (64:ff9b::/96) or 6to4 (2002::/16) address. */
function wrappedIpv4(address: ipaddr.IPv6): string | undefined {
  const bytes = address.toByteArray();
  const dotted = (from: number) => bytes.slice(from, from + 4).join('.');
  if (address.isIPv4MappedAddress()) return dotted(12);
  const head = bytes.slice(0, 12);
  if (head.every((byte) => byte === 0) && bytes.slice(12).some((byte, index) => byte > (index === 3 ? 1 : 0)))
    return dotted(12);
  if (address.match(ipaddr.IPv6.parse('64:ff9b::'), 96)) return dotted(12);
  if (address.match(ipaddr.IPv6.parse('2002::'), 16)) return dotted(2);
  return undefined;
}
