import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';

/** How often each port is held: the servers of one process may come and go on the same one. */
const held = new Map<number, number>();

/**
 * Notes a port on which this process, or what belongs to it alone, listens on this machine. Nothing that a person or a
 * model chooses is ever dialled there. Returns what gives it back.
 */
export function holdOwnPort(port: number): () => void {
  held.set(port, (held.get(port) ?? 0) + 1);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const left = (held.get(port) ?? 1) - 1;
    if (left === 0) held.delete(port);
    else held.set(port, left);
  };
}

export const isOwnPort = (port: number): boolean => held.has(port);

/** Whether this machine has the address. Asked anew each time: addresses come and go. */
export function isOwnAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const wanted = address.toNormalizedString();
  return Object.values(networkInterfaces()).some((entries) =>
    entries?.some(({ address: own }) => ipaddr.parse(own.replace(/%.*$/, '')).toNormalizedString() === wanted),
  );
}

/** The same for the port of a database or gateway, if that is on this machine and listens on one. */
export function holdPortOf(url: string, standard: number): () => void {
  const parsed = URL.parse(url);
  const isHere = parsed && ['localhost', '127.0.0.1', '[::1]'].includes(parsed.hostname.toLowerCase());
  const isSocket = parsed?.searchParams.get('host')?.startsWith('/');
  return isHere && !isSocket ? holdOwnPort(Number(parsed.port) || standard) : () => undefined;
}
