import ipaddr from 'ipaddr.js';

/**
 * Who counts as one address where attempts and calls are limited: an IPv4 address, or the first 64 bits of an IPv6 one,
 * as every line has that many addresses of its own to choose from.
 */
export function addressGroup(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return address;
  const parsed = ipaddr.process(bare);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}
