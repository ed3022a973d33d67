import ipaddr from 'ipaddr.js';

/** `link-local` also holds the metadata services of clouds that live at other addresses. `other`: multicast, reserved, not an address. */
export type AddressClass = 'public' | 'private' | 'loopback' | 'link-local' | 'other';

// Where Google Cloud (IPv6), Scaleway (IPv6), Alibaba, Oracle and Azure answer any process on the machine with its credentials.
const metadataAddresses = new Set(['fd20:ce::254', 'fd00:42::42', '100.100.100.200', '192.0.0.192', '168.63.129.16']);
/** All of AWS's services on the machine itself: metadata at ::254, the credentials of a pod at ::23. */
const awsServices = ipaddr.IPv6.parse('fd00:ec2::');
/** All that is given out as public IPv6; the rest is reserved. */
const publicIpv6 = ipaddr.IPv6.parse('2000::');

const classOfRange: Record<string, AddressClass> = {
  unicast: 'public',
  loopback: 'loopback',
  unspecified: 'loopback', // 0.0.0.0 and :: reach this machine.
  linkLocal: 'link-local',
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
};

/** What kind of network an IP address belongs to; IPv4 addresses wrapped in IPv6 count as what they wrap. */
export function classifyAddress(address: string): AddressClass {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return 'other';
  const parsed = ipaddr.parse(bare);
  if (metadataAddresses.has(parsed.toString())) return 'link-local';
  if (parsed instanceof ipaddr.IPv6) {
    const wrapped = wrappedIpv4(parsed);
    if (wrapped) return classifyAddress(wrapped);
    if (parsed.match(awsServices, 32)) return 'link-local';
    if (parsed.parts[0] !== undefined && (parsed.parts[0] & 0xffc0) === 0xfec0) return 'private'; // fec0::/10, the old site-local range.
    if (parsed.range() === 'unicast' && !parsed.match(publicIpv6, 3)) return 'other';
  }
  return classOfRange[parsed.range()] ?? 'other';
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
