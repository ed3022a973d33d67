import ipaddr from 'ipaddr.js';

export interface MetadataService {
  cloud: string;
  /** Addresses or ranges (CIDR). */
  addresses: string[];
  /** Names that lead there, or to an address that says who is asking. */
  names?: string[];
  source: string;
}

/**
 * Where clouds hand a machine's credentials and start-up secrets to whatever runs on it and asks. Nothing of Pinchy is
 * ever to go there, so that these are never dialled, whatever is allowed. Checked in November 2026.
 */
export const metadataServices: MetadataService[] = [
  {
    cloud:
      'IPv4 link-local: AWS, Google Cloud, Azure, Oracle, Akamai, DigitalOcean, Hetzner, OpenStack, Tencent, IBM, Vultr',
    addresses: ['169.254.0.0/16'],
    names: ['instance-data', 'instance-data.ec2.internal', 'metadata.tencentyun.com', 'api.metadata.cloud.ibm.com'],
    source: 'https://www.rfc-editor.org/rfc/rfc3927; https://docs.openstack.org/nova/latest/user/metadata.html',
  },
  {
    cloud: 'IPv6 link-local: OpenStack, Akamai',
    addresses: ['fe80::/10'],
    source:
      'https://www.rfc-editor.org/rfc/rfc4291#section-2.5.6; https://docs.openstack.org/neutron/latest/admin/config-ipv6.html',
  },
  {
    cloud: 'AWS: metadata at ::254, credentials of a pod at ::23, and what else a machine is served',
    addresses: ['fd00:ec2::/32'],
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html',
  },
  {
    cloud: 'Google Cloud',
    addresses: ['fd20:ce::254'],
    names: ['metadata.google.internal', 'metadata.goog', 'metadata'],
    source: 'https://cloud.google.com/compute/docs/metadata/querying-metadata',
  },
  {
    cloud: 'Azure, which is also the machine’s agent',
    addresses: ['168.63.129.16'],
    source: 'https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16',
  },
  {
    cloud: 'Alibaba Cloud',
    addresses: ['100.100.100.200', 'fd00:100::100:200'],
    source: 'https://www.alibabacloud.com/help/ecs/user-guide/view-instance-metadata',
  },
  {
    cloud: 'Oracle Cloud Infrastructure',
    addresses: ['fd00:c1::a9fe:a9fe'],
    names: ['metadata.oraclecloud.com'],
    source: 'https://docs.oracle.com/iaas/Content/Compute/Tasks/gettingmetadata.htm',
  },
  {
    cloud: 'Oracle Cloud Infrastructure Classic',
    addresses: ['192.0.0.192'],
    source: 'https://docs.oracle.com/en/cloud/iaas/compute-iaas-cloud/stcsg/retrieving-instance-metadata.html',
  },
  {
    cloud: 'Akamai (Linode)',
    addresses: ['fd00:a9fe:a9fe::1'],
    source: 'https://techdocs.akamai.com/cloud-computing/docs/metadata-service-api',
  },
  {
    cloud: 'Scaleway',
    addresses: ['fd00:42::42'],
    source: 'https://www.scaleway.com/en/developers/api/instances/',
  },
  {
    cloud: 'Equinix Metal, at a public address that goes by who asks',
    addresses: [],
    names: ['metadata.platformequinix.com', 'metadata.packet.net'],
    source: 'https://deploy.equinix.com/developers/docs/metal/server-metadata/metadata/',
  },
];

const ranges = metadataServices.flatMap(({ addresses }) =>
  addresses.map((address): [ipaddr.IPv4 | ipaddr.IPv6, number] =>
    address.includes('/') ? ipaddr.parseCIDR(address) : [ipaddr.parse(address), address.includes(':') ? 128 : 32],
  ),
);
const names = new Set(metadataServices.flatMap(({ names: known = [] }) => known));
/** The IPv4 ones as people write them into other addresses. */
const wellKnown = new Set(['169.254.169.254', '169.254.170.2', '169.254.170.23', '169.254.0.23']);
for (const [address, bits] of ranges)
  if (address instanceof ipaddr.IPv4 && bits === 32) wellKnown.add(address.toString());

/** Whether an address is one of them. IPv4 wrapped in IPv6 in a way that names no network is the caller's to unwrap. */
export function isMetadataAddress(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits))) return true;
  return address instanceof ipaddr.IPv6 && placesOfIpv4(address).some((place) => wellKnown.has(place));
}

export const isMetadataName = (hostname: string): boolean => names.has(hostname.toLowerCase().replace(/\.+$/, ''));

/**
 * Where a network's own prefix for NAT64 puts an IPv4 address (RFC 6052, 2.2: from bit 32, 40, 48, 56, 64 or 96 on,
 * around the octet 8), and, as clouds do it, any two neighbouring groups.
 */
function placesOfIpv4(address: ipaddr.IPv6): string[] {
  const bytes = address.toByteArray();
  const aroundOctet = [...bytes.slice(0, 8), ...bytes.slice(9)];
  const dotted = (from: readonly number[], at: number) => from.slice(at, at + 4).join('.');
  return [
    ...[4, 5, 6, 7, 8].map((at) => dotted(aroundOctet, at)),
    ...[0, 2, 4, 6, 8, 10, 12].map((at) => dotted(bytes, at)),
  ];
}
