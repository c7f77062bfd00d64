// Words for addresses: the two families, networks as minimal CIDR text, ports.

declare const brand: unique symbol;

/** A network as canonical CIDR text ("10.0.0.0/8", "fe80::/10"); made only by `policy/address-sets`. */
export type Cidr = string & { readonly [brand]: 'Cidr' };

export type Family = 'ipv4' | 'ipv6';

/** Networks of both families, each list minimal (no overlaps, nothing mergeable) and sorted. */
export interface Networks {
  readonly ipv4: readonly Cidr[];
  readonly ipv6: readonly Cidr[];
}
