// Conditions on one field that nftables compares with members: addresses, ports, protocols, families, flags, marks.
import type { Family } from '../../../model/address';
import { complement } from '../../address-sets';
import type { Condition } from '../program';
import { describe, implied, tcp, unsure } from './fields';
import { addressesOf, type Members, protocolsOf, rangesOf, wordsOf } from './values';

export interface How {
  readonly negated: boolean;
  /** For flags and states: any of these bits is enough ("ct state new,established"). */
  readonly anyBit: boolean;
}

export function address(side: 'source' | 'destination', family: Family, members: Members, negated: boolean): Condition {
  const { may, must, why } = addressesOf(family, members);
  if (!negated) return { kind: side, family, may, must, why };
  const out = complement(must);
  return { kind: side, family, may: out, must: may === must ? out : complement(may), why };
}

export function ports(
  left: unknown,
  side: 'source' | 'destination',
  protocols: readonly number[],
  { values, why }: Members,
  negated: boolean,
): readonly Condition[] {
  const ranges = why === null ? rangesOf(values, 65535) : null;
  return ranges
    ? [{ kind: 'port', side, protocols, ranges, negated, original: false }]
    : [{ kind: 'protocol', protocols, negated: false }, why === null ? unsure(left) : { kind: 'unsure', why }];
}

export function protocolIs(left: unknown, { values, why }: Members, negated: boolean): readonly Condition[] {
  const protocols = why === null ? protocolsOf(values) : null;
  return [protocols ? { kind: 'protocol', protocols, negated } : unsure(left)];
}

/** Callers may put extension headers before TCP, and then the first header is another one (RFC 8200 4). */
export function nextHeader(left: unknown, { values, why }: Members, negated: boolean): readonly Condition[] {
  const protocols = why === null ? protocolsOf(values) : null;
  const always = implied(left);
  if (!protocols || negated || protocols.some((protocol) => extensionHeaders.has(protocol)))
    return [...always, unsure(left)];
  return [...always, { kind: 'protocol', protocols, negated: false }, unsure(left)];
}

export function familyIs(
  left: unknown,
  { values, why }: Members,
  negated: boolean,
  known: ReadonlyMap<unknown, Family>,
): readonly Condition[] {
  if (why !== null || values.some((value) => typeof value === 'object' || value === '*')) return [unsure(left)];
  const named = values.flatMap((value) => known.get(value) ?? []);
  const families = (['ipv4', 'ipv6'] as const).filter((family) => named.includes(family) !== negated);
  return [{ kind: 'family', families }];
}

/** A packet of a family bears its number as its version (RFC 791 3.1, RFC 8200 3): what else it is compared with never fits. */
export function versionIs(
  left: unknown,
  family: Family,
  { values, why }: Members,
  negated: boolean,
): readonly Condition[] {
  const ranges = why === null ? rangesOf(values, 15) : null;
  const always = implied(left);
  if (!ranges) return [...always, unsure(left)];
  const version = family === 'ipv4' ? 4 : 6;
  const fits = ranges.some(([first, last]) => first <= version && version <= last);
  return fits === negated ? [{ kind: 'never' }] : always;
}

export function flags(
  left: unknown,
  mask: readonly string[],
  values: readonly unknown[],
  { negated, anyBit }: How,
): readonly Condition[] {
  const lists = values.map((value) => (value === 0 ? [] : wordsOf([value])));
  const always = implied(left);
  if (lists.some((list) => list === null) || lists.length === 0) return [...always, ...tcp, unsure(left)];
  const sets = lists.flatMap((list) => (list === null ? [] : [list]));
  if (anyBit) return [...tcp, { kind: 'tcp-flags', mask: sets.flat(), set: [], negated: !negated }];
  const each: readonly Condition[] = sets.map((set) => ({ kind: 'tcp-flags', mask, set, negated: false }));
  const [only] = each;
  if (each.length === 1 && only?.kind === 'tcp-flags') return [...tcp, { ...only, negated }];
  return [...tcp, { kind: 'any-of', tuples: each.map((at) => [at]), negated, exact: true, why: describe(left) }];
}

export function mark(
  left: unknown,
  which: 'packet' | 'connection',
  mask: number,
  members: Members,
  negated: boolean,
): Condition {
  const values = members.why === null ? rangesOf(members.values, 0xffffffff) : null;
  return values ? { kind: 'mark', which, mask: mask >>> 0, values, negated } : unsure(left);
}

/** Without a connection entry the rule ends (nft_ct_get_eval). */
export const hasEntry: Condition = { kind: 'state', states: ['invalid', 'untracked'], negated: true };

const extensionHeaders = new Set([0, 43, 44, 50, 51, 60, 135, 139, 140]);
