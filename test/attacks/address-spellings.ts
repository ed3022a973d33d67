import { metadataServices } from '../../server/platform/metadata-services.ts';

/** One or a few addresses of every metadata service that is known; of ranges, what clouds use of them. */
export const metadataAddresses: string[] = [
  ...metadataServices.flatMap(({ addresses }) => addresses.filter((address) => !address.includes('/'))),
  ...['169.254.169.254', '169.254.170.2', '169.254.170.23', '169.254.0.23', '169.254.0.0', '169.254.255.255'],
  ...['fe80::a9fe:a9fe', 'fe80::1', 'fd00:ec2::254', 'fd00:ec2::23', 'fd00:ec2:1::1'],
];

const fullWidth = (text: string) => text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));

/** Ways to write an address as the host of a URL that all lead, or might lead, to it. */
export function spellingsOf(address: string): string[] {
  return address.includes(':') ? spellingsOfIpv6(address) : spellingsOfIpv4(address);
}

function spellingsOfIpv4(address: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  const number = ((a * 256 + b) * 256 + c) * 256 + d;
  const group = (high: number, low: number) => (high * 256 + low).toString(16);
  const hex = `${group(a, b)}:${group(c, d)}`;
  const parts = [a, b, c, d];
  return [
    address,
    `${address}.`,
    String(number),
    `0x${number.toString(16)}`,
    `0X${number.toString(16).toUpperCase()}`,
    `0${number.toString(8)}`,
    parts.map((part) => `0x${part.toString(16)}`).join('.'),
    parts.map((part) => `0${part.toString(8)}`).join('.'),
    parts.map((part) => `0000${part.toString(8)}`).join('.'),
    `${a}.0x${b.toString(16)}.0${c.toString(8)}.${d}`,
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    fullWidth(address),
    address.replaceAll('.', '。'),
    address.replaceAll('.', '．'),
    address.replaceAll('.', '%2E'),
    `%3${String(a)[0]}${address.slice(1)}`,
    `[::ffff:${address}]`,
    `[::ffff:${hex}]`,
    `[::FFFF:${hex.toUpperCase()}]`,
    `[0:0:0:0:0:ffff:${hex}]`,
    `[0000:0000:0000:0000:0000:FFFF:${address}]`,
    `[::${address}]`,
    `[::ffff:0:${hex}]`,
    `[64:ff9b::${hex}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b:1::${hex}]`,
    `[2002:${hex}::]`,
    `[2002:${hex}::1]`,
    `[2001:0:${hex}::]`,
    `[::5efe:${hex}]`,
    `[fe80::5efe:${hex}]`,
    `[::ffff:${address}%25eth0]`,
    ...(address === '169.254.169.254' || !address.startsWith('169.254.')
      ? [`[fd12:3456:789a::${hex}]`, `[fd12:3456:${hex}::]`, `[2a00:1450:4001::${hex}]`, `[fd12::5efe:${hex}]`]
      : []),
  ];
}

function spellingsOfIpv6(address: string): string[] {
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  const [high = 0, low = 0] = groups.slice(6).map((group) => Number.parseInt(group, 16));
  const dotted = [high >> 8, high & 255, low >> 8, low & 255].join('.');
  return [
    `[${address}]`,
    `[${address.toUpperCase()}]`,
    `[${groups.join(':')}]`,
    `[${groups.map((group) => group.padStart(4, '0')).join(':')}]`,
    `[${groups.slice(0, 6).join(':')}:${dotted}]`,
    `[${address}%25eth0]`,
    `[${address}%eth0]`,
    `[${address}]:80`,
    `[${address}]:8080`,
  ];
}
