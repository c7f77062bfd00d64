// Reviews on a real kernel: what is said of who may connect, live and from a collected folder, against who really gets in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Review } from '../../main/model/review';
import { cidr, isWithin, setOf } from '../../main/policy/address-sets';
import { entriesOf } from '../../main/policy/reach';
import { type Bed, raiseBed } from './bed/bed';
import { named, type ProbeResult } from './bed/connects';

const fixture = (name: string, file: string): string => readFileSync(join('test/fixtures/linux', name, file), 'utf8');
const save = '/tmp/saved';

let bed: Bed;
beforeAll(async () => {
  bed = await raiseBed();
});
beforeEach(async () => {
  const clear = [
    'nft flush ruleset',
    // Not "iptables-legacy -F": that would load the table it empties.
    'for table in $(cat /proc/net/ip_tables_names); do iptables-legacy -t "$table" -F; done',
    'for table in $(cat /proc/net/ip6_tables_names); do ip6tables-legacy -t "$table" -F; done',
    'ipset destroy',
    `rm -rf ${save} /var/lib/breakwater`,
  ];
  expect(await bed.run(['bash', '-ec', clear.join('\n')])).toMatchObject({ code: 0 });
});
afterAll(() => bed.down());

async function must(argv: readonly string[], input = ''): Promise<void> {
  const { code, stderr, stdout } = await bed.run(argv, { input });
  expect(code, `${argv.join(' ')}: ${stdout}${stderr}`).toBe(0);
}

/** Both ports, as `review --json` tells them; the exit code fits each verdict. */
async function reviews(...more: readonly string[]): Promise<ReadonlyMap<number, Review>> {
  const found = new Map<number, Review>();
  for (const port of [445, 139]) {
    const { code, stdout, stderr } = await bed.breakwater(['review', '--json', '--port', String(port), ...more]);
    expect({ code, stderr }, stdout).toEqual({ code: expect.toSatisfy((one: number) => one < 2), stderr: '' });
    const { schema, at, simulated, query, ...review } = JSON.parse(stdout);
    expect({ schema, simulated, query }).toEqual({
      schema: 'breakwater/review@1',
      simulated: null,
      query: { direction: 'in', proto: 'tcp', port },
    });
    expect(code).toBe(review.verdict === 'closed' ? 0 : 1);
    expect(Date.parse(at)).not.toBeNaN();
    found.set(port, review);
  }
  return found;
}

function isLetIn(review: Review | undefined, probe: ProbeResult): boolean {
  const { from, family, source, destination } = probe;
  const name = from === 'loopback' ? 'lo' : from === 'lan2' ? 'wlan0' : 'eth0';
  const address = setOf(family, [cidr(source)]);
  return entriesOf(review ?? { reach: [] }, name)
    .filter(({ to }) => to === undefined || to.includes(destination))
    .some((entry) => isWithin(address, setOf(family, entry[family])));
}

/** Said and seen agree for all 26 connects; "unsure" means that more may be said than is seen, never less. */
async function expectAgreement(all: ReadonlyMap<number, Review>): Promise<void> {
  const results = await bed.connect();
  const said = results.filter((probe) => isLetIn(all.get(probe.port), probe)).map(named);
  const seen = results.filter(({ result }) => result === 'open').map(named);
  expect(seen.filter((name) => !said.includes(name))).toEqual([]);
  if ([...all.values()].every(({ unsure }) => unsure.length === 0)) expect(said).toEqual(seen);
}

const situations: readonly { readonly name: string; readonly exact: boolean; raise(): Promise<void> }[] = [
  { name: 'no rules at all', exact: true, raise: async () => undefined },
  {
    name: "nft's own rules, for addresses and interfaces of both families",
    exact: true,
    raise: () =>
      bed.nft(`table inet f {
        set friends { type ipv4_addr; flags interval; elements = { 10.77.1.20, 203.0.113.0/24 }; }
        chain in {
          type filter hook input priority 0; policy drop;
          iif lo accept
          ct state established,related accept
          icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
          ip saddr @friends tcp dport 445 accept
          iifname "wl*" tcp dport 139 accept
          ip6 saddr fd77:1::/64 tcp dport { 139, 445 } accept
        }
      }
      table netdev early { chain e { type filter hook ingress device "eth0" priority 0; ip saddr 203.0.113.9 drop; }; }
      table inet asleep { flags dormant; chain in { type filter hook input priority 0; policy drop; }; }`),
  },
  {
    name: 'ufw as it comes, and Samba allowed from one network',
    exact: true,
    raise: async () => {
      await must(['ufw', '--force', 'enable']);
      await must(['ufw', 'allow', 'from', '10.77.1.0/24', 'to', 'any', 'app', 'Samba']);
    },
  },
  {
    name: 'iptables in nftables, with an ipset',
    exact: true,
    raise: async () => {
      await must(['ipset', 'restore'], fixture('iptables-ipset', 'ipset.txt'));
      await must(['iptables-nft-restore'], fixture('iptables-ipset', 'iptables-save.txt'));
      await must([
        'ip6tables-nft',
        '-A',
        'INPUT',
        '-i',
        'eth0',
        '-p',
        'tcp',
        '-m',
        'multiport',
        '--dports',
        '139,445',
        '-j',
        'DROP',
      ]);
    },
  },
  {
    name: 'iptables-legacy beside nftables: both must let a packet through',
    exact: true,
    raise: async () => {
      await must([
        'iptables-legacy',
        '-A',
        'INPUT',
        '-i',
        'eth0',
        '-p',
        'tcp',
        '--dport',
        '445',
        '!',
        '-s',
        '10.77.1.20',
        '-j',
        'DROP',
      ]);
      await bed.nft(
        'table ip f { chain in { type filter hook input priority 0; ip saddr 10.77.1.21 tcp dport 139 drop; }; }',
      );
    },
  },
];

describe('a review', () => {
  it('changes nothing: no rule, no table of the old kind, no file', async () => {
    const loaded = (await bed.run(['cat', '/proc/net/ip_tables_names', '/proc/net/ip6_tables_names'])).stdout;
    expect(loaded).toBe('');
    await bed.nft(fixture('nft-vmap', 'ruleset.nft'));
    const listing =
      'nft list ruleset; cat /proc/net/ip_tables_names /proc/net/ip6_tables_names; ipset save; ls -A /var/lib /tmp';
    const before = (await bed.run(['bash', '-c', listing])).stdout;
    await reviews();
    expect((await bed.run(['bash', '-c', listing])).stdout).toBe(before);
  });

  it.each(situations)(
    'of $name agrees with who gets in, live and from what was collected',
    async ({ exact, raise }) => {
      await raise();
      const live = await reviews();
      if (exact) expect([...live.values()].flatMap(({ unsure }) => unsure)).toEqual([]);
      await expectAgreement(live);

      const { code, stdout, stderr } = await bed.breakwater(['collect', '--out', save]);
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('Nothing else is in it');
      expect(await reviews('--from', save)).toEqual(live);
      const [here, there] = await Promise.all([inspection(), inspection('--from', save)]);
      expect(there.verdicts).toEqual(here.verdicts);
      expect(there.facts.system).toMatchObject({ state: 'failed', why: 'It was not saved.' });
    },
  );

  async function inspection(...args: readonly string[]) {
    const { stdout } = await bed.breakwater(['inspect', '--json', '--only', 'firewall', ...args]);
    const { facts, verdicts } = JSON.parse(stdout);
    return { facts, verdicts: { door: verdicts.door, review: verdicts.review } };
  }

  it('behind the shield is closed but for its exceptions, and so is the door', async () => {
    await bed.nft('table inet f { chain in { type filter hook input priority 0; tcp dport 139 accept; }; }');
    expect((await bed.breakwater(['shield', '--json'])).code).toBe(0);
    const shut = await reviews();
    expect([...shut.values()].map(({ verdict }) => verdict)).toEqual(['closed', 'closed']);
    await expectAgreement(shut);
    expect((await bed.breakwater(['shield', '--json', '--allow', '10.77.1.21'])).code).toBe(0);
    const ajar = await reviews();
    expect(ajar.get(445)?.verdict).toBe('partly');
    await expectAgreement(ajar);
  });

  it("of a door that other rules keep shut makes an inspection say closed, and tells the rules' answer", async () => {
    await bed.nft('table inet f { chain in { type filter hook input priority 0; policy drop; iif lo accept; }; }');
    const { code, stdout } = await bed.breakwater(['inspect', '--only', 'firewall', '--json']);
    const { door, review } = JSON.parse(stdout).verdicts;
    expect([code, door.state, review.verdict]).toEqual([0, 'closed', 'closed']);
    expect(new Set(door.exposures.map(({ state }: { state: string }) => state))).toEqual(new Set(['closed']));
    await bed.nft('insert rule inet f in ip saddr 10.77.1.0/24 tcp dport 445 accept');
    const again = await bed.breakwater(['inspect', '--only', 'firewall', '--json']);
    expect([again.code, JSON.parse(again.stdout).verdicts.door.state]).toEqual([1, 'open']);
  });

  it('is not permitted to an ordinary user, nor is collecting: 3, and nothing is written', async () => {
    for (const args of [['review'], ['review', '--json'], ['collect', '--out', save]]) {
      const { code, stderr } = await bed.breakwater(args, { user: 'ordinary' });
      expect([args, code]).toEqual([args, 3]);
      expect(stderr).toContain('sudo breakwater');
    }
    expect((await bed.run(['ls', save])).code).not.toBe(0);
  });

  it('of what was collected is for its owner only', async () => {
    expect((await bed.breakwater(['collect', '--out', save])).code).toBe(0);
    const { stdout } = await bed.run(['bash', '-c', `stat -c %a ${save} ${save}/* | sort -u`]);
    expect(stdout).toBe('600\n700\n');
    expect((await bed.breakwater(['collect', '--out', save])).code).toBe(2);
  });
});
