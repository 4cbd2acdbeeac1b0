import ipaddr from 'ipaddr.js';

/**
 * Bits of an IPv6 address that one customer of a network holds: the rest it may choose, and change with every
 * connection.
 */
const CUSTOMER_BITS = 64;

/**
 * True for an address of the public internet. Loopback, private, link-local (the metadata service of clouds), shared,
 * reserved, documentation and multicast addresses are none, nor is an IPv6 address that leads to one of them
 * (IPv4-mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address); // An IPv4-mapped address is taken for the IPv4 address that it is.
  return parsed.range() === 'unicast';
}

/**
 * What counts as one caller among addresses: an IPv4 address (also when written as IPv6), or the network of an IPv6
 * address.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4'
    ? parsed.toString()
    : `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${CUSTOMER_BITS}`).toString()}/${CUSTOMER_BITS}`;
}
