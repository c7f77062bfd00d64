// Every real firewall in test/fixtures/linux, judged and held against what really passed there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LinuxPolicy, Review, Routes, WayOut } from '../../../../main/model/review';
import { holds, setOf } from '../../../../main/policy/address-sets';
import { reviewLinux } from '../../../../main/policy/netfilter/review';

interface Observed {
  readonly host: Record<string, readonly string[] | readonly number[]>;
  readonly needs: readonly string[];
  readonly probes: readonly {
    readonly from: string;
    readonly family: 'ipv4' | 'ipv6';
    readonly interface: string;
    readonly source: string;
    readonly destination: string;
    readonly port: number;
    readonly result: string;
  }[];
}

const folder = new URL('../../../fixtures/linux/', import.meta.url);
const read = (name: string, file: string): string | null => {
  const url = new URL(`${name}/${file}`, folder);
  return existsSync(url) ? readFileSync(url, 'utf8') : null;
};
const observedOf = (name: string): Observed => JSON.parse(read(name, 'observed.json') ?? '');
const policyOf = (name: string): LinuxPolicy => {
  const { listening, ...interfaces } = observedOf(name).host;
  return {
    rulesetJson: read(name, 'ruleset.json'),
    rulesetText: read(name, 'ruleset.nft'),
    rulesetBytecode: null,
    iptablesSave: read(name, 'iptables-save.txt'),
    ip6tablesSave: read(name, 'ip6tables-save.txt'),
    iptablesLegacy: read(name, 'iptables-legacy.txt'),
    ip6tablesLegacy: read(name, 'ip6tables-legacy.txt'),
    ipset: read(name, 'ipset.txt'),
    host: {
      interfaces: interfaces as Record<string, readonly string[]>,
      listening: listening as readonly number[],
    },
  };
};

type Probe = Observed['probes'][number];

/** As a reader of the document would look it up: entries of the interface, else those of "*"; of these, those for the address. */
const isReached = ({ reach }: Review, probe: Probe): boolean => {
  const named = reach.filter((entry) => entry.interface === probe.interface);
  const entries = named.length > 0 ? named : reach.filter((entry) => entry.interface === '*');
  return entries
    .filter(({ to }) => to === undefined || to.includes(probe.destination))
    .some((entry) => holds(setOf(probe.family, entry[probe.family]), probe.source));
};

/** What the answer may be short of: everything else must be exact, in both directions. */
const undecidable = new Set([
  'state',
  'packet',
  'link',
  'routes',
  'mark',
  'notrack',
  'reply-path',
  'random',
  'time',
  'socket',
  'tproxy',
  'synproxy',
  'zone',
  'forward',
]);
const spell = (probe: Probe): string =>
  `${probe.from} ${probe.family} ${probe.source} -> ${probe.interface} ${probe.destination}:${probe.port} was ${probe.result}`;

describe('the review of a real firewall', () => {
  const names = readdirSync(folder);
  it('has all 62 to be held against', () => expect(names).toHaveLength(62));

  describe.each(names)('%s', (name) => {
    const { needs, probes } = observedOf(name);
    const policy = policyOf(name);
    const wrong = (of: LinuxPolicy, isWrong: (reached: boolean, probe: Probe) => boolean): readonly string[] =>
      [445, 139].flatMap((port) => {
        const review = reviewLinux(of, { proto: 'tcp', port });
        return probes.filter((probe) => probe.port === port && isWrong(isReached(review, probe), probe)).map(spell);
      });

    it('never calls a door closed that was open', () => {
      expect(wrong(policy, (reached, { result }) => !reached && result === 'open')).toEqual([]);
    });

    it('never does so either when only the JSON is there', () => {
      const bare: LinuxPolicy = {
        ...policy,
        rulesetText: null,
        iptablesSave: null,
        ip6tablesSave: null,
        ipset: null,
        host: null,
      };
      expect(wrong(bare, (reached, { result }) => !reached && result === 'open')).toEqual([]);
    });

    // What rules alone can't decide is only held to the safe side.
    if (needs.some((need) => undecidable.has(need))) return;
    it('is exact', () => {
      expect(wrong(policy, (reached, { result }) => reached !== (result === 'open'))).toEqual([]);
    });
  });

  it.each([
    ['docker-nft-backend', 'docker0', { ipv4: '172.17.0.0/16', ipv6: 'fd17::/64' }],
    ['nspawn-port-map', 've-smb', { ipv4: '10.0.0.0/28', ipv6: 'fd10::/64' }],
  ] as const)('%s is exact once its routes are known, and names nothing about the way out', (name, link, behind) => {
    const policy = policyOf(name);
    const routesOf = (all: string, destination: string) =>
      [
        { destination: all, interface: 'eth0' },
        { destination, interface: link },
      ] as unknown as readonly WayOut[];
    const routes: Routes = { ipv4: routesOf('0.0.0.0/0', behind.ipv4), ipv6: routesOf('::/0', behind.ipv6) };
    const host = policy.host && { ...policy.host, routes };
    const review = reviewLinux({ ...policy, host }, { proto: 'tcp', port: 445 });
    const probes = observedOf(name).probes.filter(({ port, from }) => port === 445 && from !== 'lo');
    expect(probes.filter((probe) => isReached(review, probe) !== (probe.result === 'open')).map(spell)).toEqual([]);
    expect(review.unsure.map(({ why }) => why).join()).not.toContain('the interface it leaves by');
  });
});
