/**
 * A random UUID (RFC 9562, version 4). `crypto.randomUUID` exists only where a page came over HTTPS or from this machine, and
 * Pinchy is also opened over plain HTTP from another one.
 */
export const newId = (): string => `${hex(4)}-${hex(2)}-4${hex(2).slice(1)}-a${hex(2).slice(1)}-${hex(6)}`;

const hex = (count: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => byte.toString(16).padStart(2, '0')).join('');
