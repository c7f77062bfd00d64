// Why a match that rules alone can't decide may hold or not, in plain words, with the match as its owner wrote it.
import type { Condition } from '../program';
import type { Extension } from './rule-words';

/** A match that may hold or not. */
export function undecidable(match: Extension): Condition {
  const reason = match.understood ? reasons.get(match.name) : undefined;
  return { kind: 'unsure', why: `${reason ?? 'a condition Breakwater does not know'} (${written(match)})` };
}

/** As iptables-save writes it: "-m limit --limit 5/sec". */
function written(match: Extension): string {
  const options = match.options.map(({ name, negated, words }) =>
    [...(negated ? ['!'] : []), name, ...words].join(' '),
  );
  return ['-m', match.name, ...options].join(' ');
}

const rate = 'it depends on how often packets come';
const bytes = 'it depends on what the packet carries';
const header = 'it depends on fields of the packet that a sender chooses';
const past = 'it depends on what happened before';
const load = 'it depends on how the PC handles this packet';

const reasons: ReadonlyMap<string, string> = new Map([
  ...['limit', 'hashlimit', 'rateest'].map((name) => [name, rate] as const),
  ...['recent', 'connbytes', 'quota', 'nfacct', 'connlabel', 'helper'].map((name) => [name, past] as const),
  ...['string', 'u32', 'bpf', 'tcpmss', 'osf', 'length'].map((name) => [name, bytes] as const),
  ...[
    'ttl',
    'hl',
    'tos',
    'dscp',
    'ecn',
    'ah',
    'frag',
    'rt',
    'dst',
    'hbh',
    'ipv6header',
    'srh',
    'tcp',
    'sctp',
    'dccp',
    'udp',
  ].map((name) => [name, header] as const),
  ...['cpu', 'cluster', 'ipvs', 'cgroup', 'devgroup', 'realm'].map((name) => [name, load] as const),
  ...['icmp', 'icmp6', 'esp', 'ipcomp', 'mh'].map((name) => [name, "it depends on the protocol's own fields"] as const),
  ['connlimit', 'it depends on how many connections there are'],
  ['statistic', 'it depends on chance or on a count'],
  ['time', 'it depends on the time'],
  ['mac', "it depends on the sender's network card"],
  ['eui64', "it depends on the sender's network card"],
  ['owner', 'it depends on the program that sends'],
  ['socket', 'it depends on which programs listen'],
  ['policy', 'it depends on whether the packet came through IPsec'],
  ['physdev', 'it depends on the port of a bridge'],
  ['rpfilter', 'it depends on the routes back to the sender'],
  ['set', 'it depends on an address set that could not be read'],
  ['addrtype', 'it depends on the addresses of one interface'],
]);
