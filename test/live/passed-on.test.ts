// A container behind the PC, published as docker does it, on a real kernel: who gets in, and what the review says of it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Review } from '../../main/model/review';
import { cidr, isWithin, setOf } from '../../main/policy/address-sets';
import { entriesOf } from '../../main/policy/reach';
import { type Bed, raiseBed } from './bed/bed';
import { named, type ProbeResult } from './bed/connects';

const fixture = (file: string): string =>
  readFileSync(join('test/fixtures/linux/docker-published-real-shape', file), 'utf8');
const saved = '/tmp/saved';

let bed: Bed;
beforeAll(async () => {
  bed = await raiseBed();
  const container = `
    sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    ip netns add box
    ip netns exec box sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
    ip link add docker0 type bridge
    ip link add vc1 type veth peer name eth0 netns box
    ip link set vc1 master docker0
    ip addr add 172.17.0.1/16 dev docker0
    ip addr add fd17::1/64 dev docker0 nodad
    ip link set docker0 up; ip link set vc1 up
    ip -n box addr add 172.17.0.2/16 dev eth0
    ip -n box addr add fd17::2/64 dev eth0 nodad
    ip -n box link set eth0 up
    ip -n box route add default via 172.17.0.1
    ip -n box route add default via fd17::1
    outside=$(cat /sys/class/net/docker0/address); within=$(ip netns exec box cat /sys/class/net/eth0/address)
    for to in 172.17.0.2 fd17::2; do ip neighbour replace $to lladdr $within dev docker0 nud permanent; done
    for to in 172.17.0.1 fd17::1; do ip -n box neighbour replace $to lladdr $outside dev eth0 nud permanent; done`;
  expect(await bed.run(['bash', '-ec', container])).toMatchObject({ code: 0 });
  await bed.listen([{ space: 'box', protocol: 'tcp', port: 445 }]);
});
beforeEach(async () => {
  const clear = `nft flush ruleset; rm -rf ${saved} /var/lib/breakwater; ip rule del pref 77 || true; ip -6 rule del pref 77 || true`;
  expect(await bed.run(['bash', '-c', clear])).toMatchObject({ code: 0 });
  for (const [tool, file] of [
    ['iptables-nft-restore', 'iptables-save.txt'],
    ['ip6tables-nft-restore', 'ip6tables-save.txt'],
  ] as const)
    expect(await bed.run([tool], { input: fixture(file) })).toMatchObject({ code: 0 });
});
afterAll(() => bed.down());

async function review(...more: readonly string[]): Promise<{ readonly code: number | null; readonly said: Review }> {
  const { code, stdout } = await bed.breakwater(['review', '--json', ...more]);
  return { code, said: JSON.parse(stdout) };
}

const collected = async (): Promise<Record<string, unknown>> => {
  expect(await bed.breakwater(['collect', '--out', saved])).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse((await bed.run(['cat', `${saved}/host.json`])).stdout);
};

/** Those at 445 from other PCs that got in, and those that are said to. */
async function seenAndSaid(said: Review): Promise<readonly (readonly string[])[]> {
  const probes = (await bed.connect(0.3)).filter(({ port, from }) => port === 445 && from !== 'loopback');
  const isSaid = ({ from, family, source, destination }: ProbeResult): boolean =>
    entriesOf(said, from === 'lan2' ? 'wlan0' : 'eth0')
      .filter(({ to }) => to === undefined || to.includes(destination))
      .some((entry) => isWithin(setOf(family, [cidr(source)]), setOf(family, entry[family])));
  return [probes.filter(({ result }) => result === 'open').map(named), probes.filter(isSaid).map(named)];
}

const everybody = [
  'lan ipv4',
  'lan ipv6',
  'lan-b ipv4',
  'lan-b ipv6',
  'lan2 ipv4',
  'lan2 ipv6',
  'wan ipv4',
  'wan ipv6',
  'wan-b ipv4',
  'wan-b ipv6',
];
const at445 = (names: readonly string[]): readonly string[] => names.map((name) => `${name} 445`);
/** No router passes on what comes from a link-local address; the review counts it as open all the same. */
const withoutLinkLocal = (names: readonly string[] = []): readonly string[] =>
  names.filter((name) => name !== 'lan-ll ipv6 445');

describe('a published container', () => {
  it('is open to all whom the kernel lets through, live and from what was collected', async () => {
    const { code, said } = await review();
    expect([code, said.verdict]).toEqual([1, 'open']);
    const [seen, told] = await seenAndSaid(said);
    expect(seen).toEqual(at445(everybody));
    expect(withoutLinkLocal(told)).toEqual(seen);
    expect(said.unsure.map(({ why }) => why).join()).not.toContain('the interface it leaves by');
    const host = await collected();
    expect(host.bridges).toEqual({ docker0: ['vc1'] });
    expect(host.routes).toMatchObject({
      ipv4: expect.arrayContaining([{ destination: '172.17.0.0/16', interface: 'docker0' }]),
      ipv6: expect.arrayContaining([{ destination: 'fd17::/64', interface: 'docker0' }]),
    });
    expect((await review('--from', saved)).said.reach).toEqual(said.reach);
    for (const from of [[], ['--from', saved]]) {
      const inspected = await bed.breakwater(['inspect', '--only', 'firewall', '--json', ...from]);
      const { door, review: inIt } = JSON.parse(inspected.stdout).verdicts;
      expect([inspected.code, door.state, inIt.reach]).toEqual([1, 'open', said.reach]);
    }
  });

  it('is closed where a rule about the way out keeps everybody away, and the routes tell that', async () => {
    for (const tool of ['iptables-nft', 'ip6tables-nft'])
      expect(await bed.run([tool, '-I', 'DOCKER-USER', '-o', 'docker+', '-j', 'DROP'])).toMatchObject({ code: 0 });
    const { said } = await review();
    expect(await seenAndSaid(said)).toEqual([[], []]);
    expect(said.verdict).toBe('closed');
  });

  it('counts as open where more than the main table decides about the way out, and that is said', async () => {
    const elsewhere = `
      for tool in iptables-nft ip6tables-nft; do $tool -I DOCKER-USER -o docker+ -j DROP; done
      ip rule add pref 77 fwmark 9 lookup 52; ip -6 rule add pref 77 fwmark 9 lookup 52`;
    expect(await bed.run(['bash', '-ec', elsewhere])).toMatchObject({ code: 0 });
    const { said } = await review();
    expect(said.verdict).toBe('open');
    expect(said.unsure.map(({ why }) => why).join()).toContain('the interface it leaves by');
    expect(await collected()).not.toHaveProperty('routes');
  });

  it('stays open to the exceptions of a shield, and the review says so', async () => {
    expect((await bed.breakwater(['shield', '--json', '--allow', '10.77.1.21'])).code).toBe(0);
    const { code, said } = await review();
    expect([code, said.verdict]).toEqual([1, 'partly']);
    expect(await seenAndSaid(said)).toEqual([at445(['lan-b ipv4']), at445(['lan-b ipv4'])]);
    expect((await bed.breakwater(['lift', '--json'])).code).toBe(0);
    expect((await seenAndSaid((await review()).said))[0]).toEqual(at445(everybody));
  });
});
