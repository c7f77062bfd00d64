// Rules as the kernel runs them, from `nft --debug=netlink list ruleset`: the conditions that nft leaves out of its listings.

import type { Family } from '../../../model/address';
import { message } from '../../../model/message';
import type { Condition } from '../program';
import { hasEntry } from './field-conditions';

export interface DebugListing {
  /** What `nft list ruleset` prints. */
  readonly listing: string;
  /** Of the bytecode just the rules that have such conditions, as they came; "" = there are none. */
  readonly bytecode: string;
}

/**
 * Conditions that nft takes for implied by what follows them, and leaves out of text and JSON (nft 1.0.6): whoever reads only these takes
 * a rule for wider than it is. What tells the family vanishes before a reject, and before these conditions.
 */
const hiding =
  /\n {2}\[ (?:meta load iiftype|ct load l3protocol|ct load protocol) => reg \d+ \]|\n {2}\[ reject type \d+ code \d+ \]/g;

/** The bytecode stands before the first table. A text without any is all listing. */
export function readDebugListing(printed: string): DebugListing {
  const start = /^table (?:ip|ip6|inet|arp|bridge|netdev) /m.exec(printed)?.index ?? printed.length;
  const code = printed.slice(0, start);
  const rules: string[] = [];
  let end = 0;
  for (const { index } of code.matchAll(hiding)) {
    if (index < end) continue;
    // A rule's name stands at the line's start, what it does is indented; an empty line follows only where it has no comment.
    let first = index;
    while (first > 0 && code.startsWith('\n  ', first)) first = code.lastIndexOf('\n', first - 1);
    end = index;
    while (end >= 0 && code.startsWith('\n  ', end)) end = code.indexOf('\n', end + 1);
    if (end < 0) end = code.length;
    rules.push(`${code.slice(first + 1, end)}\n\n`);
  }
  return { listing: printed.slice(start), bytecode: rules.join('') };
}

/**
 * By "family table chain handle N": the conditions that no listing tells of. `printed`: all of the command's output, or the bytecode of
 * `readDebugListing`. Lines it does not know are passed by.
 */
export function hiddenConditions(printed: string): ReadonlyMap<string, readonly Condition[]> {
  const found = new Map<string, readonly Condition[]>();
  for (const block of readDebugListing(printed).bytecode.split('\n\n')) {
    const [header = '', ...lines] = block.split('\n');
    const [, where, handle] = /^(\S+ \S+ \S+) (\d+)(?: \d+)?\s*$/.exec(header) ?? [];
    if (where === undefined) continue;
    const conditions = lines.flatMap((line, index) => conditionsOf(line, lines[index + 1] ?? ''));
    if (conditions.length > 0) found.set(`${where} handle ${handle}`, conditions);
  }
  return found;
}

function conditionsOf(line: string, next: string): readonly Condition[] {
  const [, key] = /^ {2}\[ (meta load \w+|ct load \w+) => reg \d+ \]/.exec(line) ?? [];
  switch (key) {
    case 'meta load iiftype':
      return [{ kind: 'unsure', why: message('netfilter.interface-kind') }];
    case 'meta load nfproto':
      return familyIs(next, protocolFamilies);
    case 'meta load protocol':
      return familyIs(next, etherFamilies);
    case 'ct load l3protocol':
      return [hasEntry, ...familyIs(next, protocolFamilies)];
    case 'ct load protocol':
      return [hasEntry, ...protocolIs(next)];
    default:
      return [];
  }
}

/** NFPROTO_IPV4 and NFPROTO_IPV6; ETH_P_IP and ETH_P_IPV6 in network order: both as a little-endian PC prints its registers. */
const protocolFamilies: ReadonlyMap<number, Family> = new Map([
  [2, 'ipv4'],
  [10, 'ipv6'],
]);
const etherFamilies: ReadonlyMap<number, Family> = new Map([
  [0x0008, 'ipv4'],
  [0xdd86, 'ipv6'],
]);

function familyIs(comparison: string, families: ReadonlyMap<number, Family>): readonly Condition[] {
  const compared = readComparison(comparison);
  const named = compared && families.get(compared.value);
  if (!named) return [notReadable];
  const other: Family = named === 'ipv4' ? 'ipv6' : 'ipv4';
  return [{ kind: 'family', families: [compared.equal ? named : other] }];
}

function protocolIs(comparison: string): readonly Condition[] {
  const compared = readComparison(comparison);
  return compared && compared.value < 256
    ? [{ kind: 'protocol', protocols: [compared.value], negated: !compared.equal }]
    : [notReadable];
}

const notReadable: Condition = { kind: 'unsure', why: message('netfilter.hidden-condition') };

function readComparison(line: string): { readonly equal: boolean; readonly value: number } | null {
  const [, operator, value] = /^ {2}\[ cmp (eq|neq) reg \d+ 0x([0-9a-f]{8}) \]/.exec(line) ?? [];
  return value === undefined ? null : { equal: operator === 'eq', value: Number.parseInt(value, 16) };
}
