// Why a match that rules alone can't decide may hold or not, with the match as its owner wrote it.
import { type Message, message } from '../../../model/message';
import type { Condition } from '../program';
import type { Extension } from './rule-words';

/** A match that may hold or not. */
export function undecidable(match: Extension): Condition {
  const reason = match.understood ? reasons.get(match.name) : undefined;
  return {
    kind: 'unsure',
    why: message('netfilter.with', { why: reason ?? message('netfilter.match.unknown'), written: written(match) }),
  };
}

/** As iptables-save writes it: "-m limit --limit 5/sec". */
function written(match: Extension): string {
  const options = match.options.map(({ name, negated, words }) =>
    [...(negated ? ['!'] : []), name, ...words].join(' '),
  );
  return ['-m', match.name, ...options].join(' ');
}

const rate = message('netfilter.match.rate');
const bytes = message('netfilter.match.bytes');
const header = message('netfilter.match.header');
const past = message('netfilter.match.past');
const load = message('netfilter.match.load');

const reasons: ReadonlyMap<string, Message> = new Map([
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
  ...['icmp', 'icmp6', 'esp', 'ipcomp', 'mh'].map((name) => [name, message('netfilter.match.protocol')] as const),
  ['connlimit', message('netfilter.match.connections')],
  ['statistic', message('netfilter.match.chance')],
  ['time', message('netfilter.match.time')],
  ['mac', message('netfilter.network-card')],
  ['eui64', message('netfilter.network-card')],
  ['owner', message('netfilter.match.owner')],
  ['socket', message('netfilter.match.socket')],
  ['policy', message('netfilter.match.ipsec')],
  ['physdev', message('netfilter.bridge-port')],
  ['rpfilter', message('netfilter.match.return-routes')],
  ['set', message('netfilter.match.unread-set')],
  ['addrtype', message('netfilter.match.interface-addresses')],
]);
