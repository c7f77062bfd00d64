// Small rulesets for the tests of the review, as `nft -j list ruleset` would print them.

import type { LinuxPolicy, Review } from '../../../../main/model/review';
import { reviewLinux } from '../../../../main/policy/netfilter/review';
import { type Spoken, spoken } from '../../in-english';

type Json = Record<string, unknown>;

/** Shorthand for matches: [left, right], or [left, operator, right]. */
export const match = (left: unknown, right: unknown, op = '=='): Json => ({ match: { op, left, right } });
export const payload = (protocol: string, field: string): Json => ({ payload: { protocol, field } });
export const meta = (key: string): Json => ({ meta: { key } });
export const ct = (key: string): Json => ({ ct: { key } });
export const port445 = match(payload('tcp', 'dport'), 445);
export const from = (right: unknown, op = '=='): Json => match(payload('ip', 'saddr'), right, op);
export const [accept, drop] = [{ accept: null }, { drop: null }] as const;
export const jump = (target: string): Json => ({ jump: { target } });
export const goto = (target: string): Json => ({ goto: { target } });

export interface TestChain {
  readonly name: string;
  readonly hook?: string;
  readonly type?: string;
  readonly prio?: number;
  readonly policy?: string;
  readonly rules?: readonly (readonly unknown[])[];
}

export function table(
  chains: readonly TestChain[],
  family = 'inet',
  name = 't',
  extra: readonly Json[] = [],
): readonly Json[] {
  const at = { family, table: name };
  return [
    { table: { family, name, handle: 1 } },
    ...extra.map((object) =>
      Object.fromEntries(Object.entries(object).map(([kind, body]) => [kind, { ...at, ...(body as Json) }])),
    ),
    ...chains.map(({ name: chain, hook, type = 'filter', prio = 0, policy = 'accept' }) => ({
      chain: { ...at, name: chain, ...(hook === undefined ? {} : { type, hook, prio, policy }) },
    })),
    ...chains.flatMap(({ name: chain, rules = [] }) =>
      rules.map((expr, handle) => ({ rule: { ...at, chain, handle: handle + 1, expr } })),
    ),
  ];
}

export const listing = (objects: readonly Json[]): string =>
  JSON.stringify({ nftables: [{ metainfo: { version: '1.0.6', json_schema_version: 1 } }, ...objects] });

const pc: LinuxPolicy['host'] = {
  interfaces: { lo: ['127.0.0.1/8', '::1/128'], eth0: ['10.0.0.5/24', 'fd00::5/64'], wlan0: ['10.1.0.5/24'] },
  listening: [445, 139],
  listeningComplete: true,
  local: ['127.0.0.0/8', '10.0.0.5/32', '10.1.0.5/32', '::1/128', 'fd00::5/128'],
};

export const bare: LinuxPolicy = {
  rulesetJson: null,
  rulesetText: null,
  rulesetBytecode: null,
  iptablesSave: null,
  ip6tablesSave: null,
  iptablesLegacy: '',
  ip6tablesLegacy: '',
  ipset: null,
  host: pc,
};

export function review(objects: readonly Json[], more: Partial<LinuxPolicy> = {}): Spoken<Review> {
  return spoken(reviewLinux({ ...bare, rulesetJson: listing(objects), ...more }, { proto: 'tcp', port: 445 }));
}

/** What reaches the PC over an interface that no rule names: "10.0.0.0/8 | ::/0". */
export function reachOf(of: Review, name = '*'): string {
  const named = of.reach.filter((entry) => entry.interface === name);
  const entries = named.length > 0 ? named : of.reach.filter((entry) => entry.interface === '*');
  return `${entries.flatMap(({ ipv4 }) => ipv4).join(' ')} | ${entries.flatMap(({ ipv6 }) => ipv6).join(' ')}`.trim();
}
