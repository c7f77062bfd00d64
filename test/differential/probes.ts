// Which connects are tried against a ruleset: fixed neighbours and strangers, and the edges of every address the rules name.
import { edgesIn, holds, readSpan, type Span, writeAddress } from './addresses';
import { type Probe, pc } from './oracle';
import type { Random } from './random';

/** Neighbours on both links, and addresses far away; v4 and v6. */
const always = [
  '10.77.1.20',
  '10.77.1.21',
  '10.77.2.20',
  '203.0.113.9',
  '198.51.100.7',
  'fd77:1::20',
  'fd77:1::21',
  'fd77:2::20',
  '2001:db8:9::9',
  '2001:db8:7::7',
  'fe80::ff:fe77:120',
].map(readSpan);

/** Sources the kernel turns away whatever the rules say: this PC's own, loopback, multicast, broadcast, unspecified, subnet anycast. */
const neverSources = [
  ...['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3', '10.77.1.0', '10.77.1.255', '10.77.2.0', '10.77.2.255'],
  // Behind the PC: answers to them go to nobody.
  ...['172.17.0.0/16', '10.0.0.0/28', 'fd17::/64', 'fd10::/64'],
  ...['::/8', 'ff00::/8', 'fd77:1::', 'fd77:2::', 'fe80::'],
  ...Object.values(pc).flatMap((addresses) => addresses.map((address) => address.split('/')[0] ?? '')),
].map(readSpan);
const linkLocal = [readSpan('fe80::/10')];
const thisLink = [readSpan('fe80::/64')];

const edgesTried = 9;

/** About 50 to 70 TCP connects to 445 and 139, in groups of one port; now and then datagrams to 137 instead. */
export function drawProbes(random: Random, rules: string): readonly Probe[] {
  const datagrams = random.chance(0.06);
  const edges = edgesIn(rules).filter(isSource);
  const sources = [
    ...always,
    ...random.sample(
      edges.filter(({ version }) => version === 4),
      edgesTried,
    ),
    ...random.sample(
      edges.filter(({ version }) => version === 6),
      edgesTried,
    ),
  ];
  const probes = sources.flatMap((source) => {
    const tried = [...probesFrom(random, source, 'eth0'), ...probesFrom(random, source, 'wlan0')];
    return tried.map(
      (probe): Probe => ({
        ...probe,
        protocol: datagrams ? 'udp' : 'tcp',
        port: datagrams ? 137 : random.chance(0.75) ? 445 : 139,
      }),
    );
  });
  const corners = datagrams ? [] : everyOwnAddress(random);
  return [...probes, ...corners];
}

type Way = Pick<Probe, 'interface' | 'source' | 'destination'>;

function probesFrom(random: Random, source: Span, name: string): readonly Way[] {
  // A link-local address means nothing beyond its link.
  if (holds(linkLocal, source.version, source.first) && (name !== 'eth0' || !holds(thisLink, 6, source.first)))
    return [];
  const elsewhere = random.chance(0.2);
  const destination = random.pick(ownAddresses(elsewhere ? other(name) : name, source.version));
  return [{ interface: name, source: writeAddress(source.version, source.first), destination }];
}

/** Each own address on each interface, from a random one of the fixed sources. */
function everyOwnAddress(random: Random): readonly Probe[] {
  return ['eth0', 'wlan0'].flatMap((name) =>
    ([4, 6] as const).flatMap((version) =>
      ownAddresses(name, version).map((destination): Probe => {
        const fitting = always.filter((span) => span.version === version && !holds(linkLocal, 6, span.first));
        const source = writeAddress(version, random.pick(fitting).first);
        return { interface: name, source, destination, protocol: 'tcp', port: random.pick([445, 139]) };
      }),
    ),
  );
}

/** Without the link-local one, which only its link reaches. */
function ownAddresses(name: string, version: 4 | 6): readonly string[] {
  return (pc[name] ?? [])
    .map((address) => address.split('/')[0] ?? '')
    .filter((address) => address.includes(':') === (version === 6) && !address.startsWith('fe80'));
}

const other = (name: string): string => (name === 'eth0' ? 'wlan0' : 'eth0');

function isSource({ version, first }: Span): boolean {
  return !holds(neverSources, version, first);
}
