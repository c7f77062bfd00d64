// The shield on a real kernel, before a real file server, through the command line: what it shuts, spares, counts and leaves.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bed, raiseBed } from './bed/bed';
import { everyConnect, named, openOnes } from './bed/connects';

const all = everyConnect.map(named);
const loopback = all.filter((name) => name.startsWith('loopback'));
const lanB = all.filter((name) => name.startsWith('lan-b '));
const exceptLanB = ['--allow', '10.77.1.21', '--allow', 'fd77:1::21'];

let bed: Bed;
beforeAll(async () => {
  bed = await raiseBed();
});
beforeEach(async () => {
  await bed.nft('flush ruleset');
  await bed.run(['rm', '-rf', '/var/lib/breakwater']);
});
afterAll(() => bed.down());

/** Runs a command with --json as root and gives its one document; rejects on another exit code than expected. */
async function json(args: readonly string[], expectedCode = 0) {
  const { code, stdout, stderr } = await bed.breakwater([...args, '--json']);
  expect(code, `${args.join(' ')}: ${stdout.slice(0, 2000)}${stderr.slice(0, 2000)}`).toBe(expectedCode);
  return JSON.parse(stdout);
}

const bothHooks = (rule: string): string =>
  ['before', 'inside'].map((chain) => `insert rule inet breakwater ${chain} ${rule}`).join('\n');

const status = (expectedCode = 0) => json(['status'], expectedCode);

describe('the shield', () => {
  it('turns everybody away in both families, and spares the PC itself', async () => {
    expect(openOnes(await bed.connect())).toEqual(all);
    expect((await json(['shield', '--reason', 'CVE-2020-0796'])).outcome).toMatchObject({
      kind: 'done',
      unchanged: false,
      shield: { state: 'up', shield: { reason: 'CVE-2020-0796', until: null } },
    });
    const results = await bed.connect();
    expect(openOnes(results)).toEqual(loopback);
    expect(new Set(results.filter(({ from }) => from !== 'loopback').map(({ result }) => result))).toEqual(
      new Set(['refused']),
    );
    const own = ['10.77.1.10', 'fd77:1::10', '10.77.2.10', 'fd77:2::10'].map((address) => ({
      space: 'pc',
      source: address,
      destination: address,
      port: 445,
    }));
    expect(await bed.connects(own)).toEqual(['open', 'open', 'open', 'open']);
  });

  it('lets exactly the exceptions connect', async () => {
    await json(['shield', ...exceptLanB]);
    expect(openOnes(await bed.connect())).toEqual([...lanB, ...loopback]);
  });

  it('stands for a moment within a self-test, which leaves everything as it was', async () => {
    await bed.nft('table inet mine { chain in { type filter hook input priority 0; tcp dport 139 accept; }; }');
    const before = (await bed.run(['nft', '-s', 'list', 'ruleset'])).stdout;
    const { code, stdout } = await bed.breakwater(['self-test', '--yes', '--out', '/tmp/seen.json']);
    const record = JSON.parse((await bed.run(['cat', '/tmp/seen.json'])).stdout);
    await bed.run(['rm', '/tmp/seen.json']);
    expect(code, stdout).toBe(0);
    const told = (record.steps as { check: string; result: string; saw: readonly string[] }[]).map(
      ({ check, result }) => `${check} ${result}`,
    );
    expect(told).toEqual([
      ...['pc noted', 'firewalls not-told', 'before not-told', 'opened not-told', 'plan as-expected'],
      ...['shield as-expected', 'permission noted', 'shut not-told', 'kept not-told', 'status as-expected'],
      ...['lift as-expected', 'after not-told'],
    ]);
    expect((await bed.run(['nft', '-s', 'list', 'ruleset'])).stdout).toBe(before);
    expect(openOnes(await bed.connect())).toEqual(all);
  });

  it('opens nothing that other rules close: an exception is not a permission', async () => {
    await bed.nft(
      'table ip f { chain in { type filter hook input priority 0; ip saddr 10.77.1.21 tcp dport 139 drop; }; }',
    );
    await json(['shield', ...exceptLanB]);
    expect(openOnes(await bed.connect(0.3))).toEqual([
      'lan-b ipv4 445',
      'lan-b ipv6 445',
      'lan-b ipv6 139',
      ...loopback,
    ]);
  });

  it('counts who knocked, and how often', async () => {
    await json(['shield', ...exceptLanB]);
    await bed.connect();
    await bed.connect();
    const { counted } = await status();
    expect(counted).toMatchObject({ blocked: 36, outboundBlocked: 0 });
    expect(counted.allowed).toBeGreaterThan(0);
    const attempts = Object.fromEntries(
      counted.attempts.map(({ address, packets }: { address: string; packets: number }) => [address, packets]),
    );
    const knockers = ['10.77.1.20', '10.77.2.20', '203.0.113.9', '198.51.100.7', 'fd77:1::20', 'fd77:2::20'];
    for (const address of [...knockers, '2001:db8:9::9', '2001:db8:7::7', 'fe80::ff:fe77:120'])
      expect([address, attempts[address]]).toEqual([address, 4]);
    expect(Object.keys(attempts)).toHaveLength(9);
  });

  it('put up twice is the same shield: not a handle changes', async () => {
    const listed = async () => (await bed.run(['nft', '-a', '-s', 'list', 'ruleset'])).stdout;
    const { outcome } = await json(['shield', ...exceptLanB]);
    const before = await listed();
    const again = await json(['shield', ...exceptLanB]);
    expect(again.outcome).toMatchObject({ kind: 'done', unchanged: true, shield: { shield: outcome.shield.shield } });
    expect(await listed()).toBe(before);
  });

  it('changes its exceptions under fire without a gap, and goes on counting', async () => {
    const { outcome } = await json(['shield']);
    const quiet = everyConnect.filter(({ from }) => from === 'wan-b');
    expect(await bed.connects(quiet)).toEqual(Array(4).fill('refused'));
    const fire = everyConnect.filter(({ from }) => from === 'lan' || from === 'wan');
    const hammering = await bed.hammer(fire);
    let blocked = 0;
    for (let i = 0; i < 20; i++) {
      const changed = await json(['shield', ...(i % 2 === 0 ? exceptLanB : ['--allow', '10.77.9.0/24'])]);
      const { shield, counted } = changed.outcome.shield;
      expect([shield.id, shield.since]).toEqual([outcome.shield.shield.id, outcome.shield.shield.since]);
      expect(counted.blocked).toBeGreaterThanOrEqual(blocked);
      blocked = counted.blocked;
    }
    const met = await hammering.rest();
    expect(Object.keys(met)).toEqual(['refused']);
    expect(met.refused).toBeGreaterThan(1000);
    const { counted } = await status();
    expect(counted.attempts).toContainEqual(expect.objectContaining({ address: '198.51.100.7', packets: 2 }));
    expect(counted.attempts).toContainEqual(expect.objectContaining({ address: '2001:db8:7::7', packets: 2 }));
  });

  it('lifted, leaves every other rule byte for byte and the door as it was', async () => {
    await bed.nft(`table inet mine {
      comment "a stranger's"
      set s { type ipv4_addr; flags interval; elements = { 192.0.2.0/24 }; }
      chain in { type filter hook input priority -190; policy accept; ip saddr @s counter drop; }
    }
    table ip nat { chain pre { type nat hook prerouting priority -100; tcp dport 8445 redirect to :445; }; }`);
    const before = await bed.ruleset();
    await json(['shield', '--outbound', ...exceptLanB]);
    expect((await json(['lift'])).outcome).toMatchObject({ kind: 'done', unchanged: false, shield: { state: 'none' } });
    expect(await bed.ruleset()).toBe(before);
    expect(openOnes(await bed.connect())).toEqual(all);
  });

  it('is not lifted twice', async () => {
    await json(['shield']);
    await json(['lift']);
    expect((await json(['lift'])).outcome).toMatchObject({ kind: 'done', unchanged: true });
  });

  it('that is to open at its end is let go of by the kernel, whether or not anything of ours runs', async () => {
    await json(['shield', '--until', '2s', '--at-end', 'lift']);
    expect(openOnes(await bed.connect())).toEqual(loopback);
    expect(await bed.ruleset()).toMatch(/elements = \{ 139 timeout 2s/);
    await expect.poll(async () => openOnes(await bed.connect()), { timeout: 5000, interval: 100 }).toEqual(all);
    expect(await status(1)).toMatchObject({ state: 'expired' });
    await json(['lift']);
    expect(await bed.ruleset()).toBe('');
  });

  it('that is to stay at its end is leased by nobody, and stays', async () => {
    await json(['shield', '--until', '1s']);
    expect(await bed.ruleset()).not.toContain('timeout 1s');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(openOnes(await bed.connect())).toEqual(loopback);
    expect(await status()).toMatchObject({
      state: 'up',
      because: expect.arrayContaining([expect.stringContaining('has passed; it stays up as agreed')]),
    });
  });

  it('with --outbound stops SMB to the Internet, not to the local networks', async () => {
    await bed.listen(['lan', 'wan'].map((space) => ({ space, protocol: 'tcp' as const, port: 445 })));
    const out = [
      { space: 'pc', source: '10.77.1.10', destination: '10.77.1.20', port: 445 },
      { space: 'pc', source: 'fd77:1::10', destination: 'fd77:1::20', port: 445 },
      { space: 'pc', source: 'fe80::ff:fe77:110', destination: 'fe80::ff:fe77:120', port: 445, link: 'eth0' },
      { space: 'pc', source: '10.77.1.10', destination: '203.0.113.9', port: 445 },
      { space: 'pc', source: 'fd77:1::10', destination: '2001:db8:9::9', port: 445 },
    ];
    await json(['shield']);
    expect(await bed.connects(out)).toEqual(['open', 'open', 'open', 'open', 'open']);
    await json(['shield', '--outbound']);
    expect(await bed.connects(out)).toEqual(['open', 'open', 'open', 'refused', 'refused']);
    expect((await status()).counted.outboundBlocked).toBe(2);
  });

  it('shuts UDP 137 and 138 too', async () => {
    await bed.listen([137, 138].map((port) => ({ space: 'pc', protocol: 'udp' as const, port })));
    const datagrams = [137, 138].flatMap((port) => [
      { space: 'lan', source: '10.77.1.20', destination: '10.77.1.10', port },
      { space: 'lan', source: 'fd77:1::20', destination: 'fd77:1::10', port },
      { space: 'wan', source: '203.0.113.9', destination: '10.77.1.10', port },
      { space: 'pc', source: '127.0.0.1', destination: '127.0.0.1', port },
    ]);
    expect(new Set(await bed.datagrams(datagrams))).toEqual(new Set(['arrived']));
    await json(['shield']);
    const oneEach = ['stopped', 'stopped', 'stopped', 'arrived'];
    expect(await bed.datagrams(datagrams)).toEqual([...oneEach, ...oneEach]);
  });

  it('leaves traffic alone that only passes through the PC', async () => {
    const script = `ip netns add box
      ip link add veth0 type veth peer name eth0 netns box
      ip address add 172.30.0.1/24 dev veth0; ip address add fd77:30::1/64 dev veth0 nodad; ip link set veth0 up
      ip -n box address add 172.30.0.2/24 dev eth0; ip -n box address add fd77:30::2/64 dev eth0 nodad
      ip -n box link set eth0 up; ip -n box route add default via 172.30.0.1; ip -n box route add default via fd77:30::1
      ip -n lan route add 172.30.0.0/24 via 10.77.1.10; ip -n lan route add fd77:30::/64 via fd77:1::10
      sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1`;
    expect(await bed.run(['bash', '-ec', script])).toMatchObject({ code: 0, stderr: '' });
    await bed.listen([{ space: 'box', protocol: 'tcp', port: 445 }]);
    const through = [
      { space: 'lan', source: '10.77.1.20', destination: '172.30.0.2', port: 445 },
      { space: 'lan', source: 'fd77:1::20', destination: 'fd77:30::2', port: 445 },
      { space: 'wan', source: '203.0.113.9', destination: '172.30.0.2', port: 445 },
      { space: 'box', source: '172.30.0.2', destination: '10.77.1.10', port: 445 },
      { space: 'box', source: 'fd77:30::2', destination: 'fd77:1::10', port: 445 },
    ];
    // The wan's answers come back by the router's default routes.
    await bed.run(['ip', '-n', 'wan', 'route', 'replace', '172.30.0.0/24', 'via', '203.0.113.1']);
    expect(await bed.connects(through)).toEqual(['open', 'open', 'open', 'open', 'open']);
    await json(['shield', '--outbound']);
    expect(await bed.connects(through)).toEqual(['open', 'open', 'open', 'refused', 'refused']);
    await bed.run(['sysctl', '-qw', 'net.ipv4.ip_forward=0', 'net.ipv6.conf.all.forwarding=0']);
  });
});

describe('a dry run', () => {
  it('shows the plan and changes nothing', async () => {
    await bed.nft('table inet mine { chain in { type filter hook input priority 0; }; }');
    const before = await bed.ruleset();
    const { plan } = await json(['shield', '--dry-run', ...exceptLanB]);
    expect(plan.kind).toBe('shield');
    expect(plan.changes.map(({ command }: { command: string }) => command).join('\n')).toMatch(/nft -f/);
    expect(await bed.ruleset()).toBe(before);
    expect((await bed.run(['ls', '/var/lib/breakwater'])).code).not.toBe(0);
  });

  it('shows the very rules that are then put up', async () => {
    const { plan } = await json(['shield', '--dry-run', ...exceptLanB]);
    const input = plan.changes.map((change: { input: string | null }) => change.input ?? '').join('');
    await bed.nft(input);
    const shown = (await bed.ruleset()).replace(/shield [0-9a-f]{8}/, 'shield');
    await bed.nft('flush ruleset');
    await json(['shield', ...exceptLanB]);
    expect((await bed.ruleset()).replace(/shield [0-9a-f]{8}/, 'shield')).toBe(shown);
  });
});

describe('the state of the shield', () => {
  it('is "none" and exit code 1 where there is none', async () => {
    expect(await status(1)).toMatchObject({ state: 'none', shield: null });
  });

  it.each([
    ['its rules are flushed', 'flush table inet breakwater'],
    ['its table is deleted', 'delete table inet breakwater'],
    ['everything is flushed', 'flush ruleset'],
    ['its table is switched off', 'add table inet breakwater { flags dormant; }'],
    ['a port is taken out', 'delete element inet breakwater leased_tcp { 445 }'],
    ['an exception for half of the world is added', 'add element inet breakwater allow4 { 0.0.0.0/1 }'],
    ['an accept stands before it', 'insert rule inet breakwater before tcp dport 445 accept'],
    ['an accept stands before it on the second hook', 'insert rule inet breakwater inside accept'],
    ['the judge has a way out', 'insert rule inet breakwater judge ip saddr 203.0.113.0/24 return'],
    ['an accept stands before it in a map', bothHooks('tcp dport vmap { 445 : accept }')],
    [
      'a named map lets a port in',
      `add map inet breakwater m { type inet_service : verdict; elements = { 445 : accept }; }
      ${bothHooks('tcp dport vmap @m')}`,
    ],
    ['one connection a minute is let in', 'insert rule inet breakwater before limit rate 1/minute accept'],
    ['marked packets are let in', 'insert rule inet breakwater judge meta mark 0x7 accept'],
    ['one hook is gone', 'delete chain inet breakwater inside'],
    [
      'a port is leased for a day only',
      'delete element inet breakwater leased_tcp { 445 }; add element inet breakwater leased_tcp { 445 timeout 1d }',
    ],
    ['the judge is empty', 'flush chain inet breakwater judge'],
  ])('is "damaged" when %s, and putting it up again mends it', async (_what, sabotage) => {
    await json(['shield']);
    await bed.nft(sabotage);
    expect(await status(1)).toMatchObject({ state: 'damaged' });
    // What is left of it may still keep everybody out: then the door is closed, and is said to be no longer so by the shield.
    const { door, review } = JSON.parse((await bed.breakwater(['inspect', '--json'])).stdout).verdicts;
    const others = openOnes(await bed.connect()).filter((name) => !name.startsWith('loopback'));
    if (others.length > 0) expect(door.state).toBe('open');
    if (door.state === 'closed')
      expect(door.because).toContainEqual(expect.stringContaining('Our shield is not whole'));
    if (others.some((name) => name.endsWith(' 445'))) expect(review.verdict).not.toBe('closed');
    expect((await json(['shield'])).outcome).toMatchObject({ kind: 'done', unchanged: false });
    expect(await status()).toMatchObject({ state: 'up' });
    expect(openOnes(await bed.connect())).toEqual(loopback);
  });

  it('stays "up" beside other tools that write rules', async () => {
    await json(['shield']);
    for (const argv of [
      ['iptables', '-A', 'INPUT', '-p', 'tcp', '--dport', '445', '-j', 'ACCEPT'],
      ['iptables', '-I', 'INPUT', '-j', 'ACCEPT'],
      ['iptables', '-F'],
      ['ufw', '--force', 'enable'],
      ['ufw', 'allow', '445/tcp'],
      ['ufw', 'reload'],
    ]) {
      expect((await bed.run(argv)).code).toBe(0);
      expect(openOnes(await bed.connect())).toEqual(loopback);
      expect(await status()).toMatchObject({ state: 'up' });
    }
    expect((await bed.run(['ufw', '--force', 'disable'])).code).toBe(0);
    expect(openOnes(await bed.connect())).toEqual(loopback);
  });

  it('is "foreign" where a table has our name but not our mark, and that is left alone', async () => {
    await bed.nft(
      'table inet breakwater { comment "somebody else"; chain in { type filter hook input priority 0; }; }',
    );
    const before = await bed.ruleset();
    expect(await status(1)).toMatchObject({ state: 'foreign' });
    expect((await json(['shield'], 4)).outcome.what).toContain('does not carry our mark');
    expect((await json(['lift'], 4)).outcome.what).toContain('does not carry our mark');
    expect(await bed.ruleset()).toBe(before);
  });

  it('is not known to an ordinary user, who is told so, and never called closed', async () => {
    const inspect = async () => JSON.parse((await bed.breakwater(['inspect', '--json'], { user: 'ordinary' })).stdout);
    const without = await inspect();
    expect(without.facts.ruleset.state).toBe('not-permitted');
    expect(without.verdicts.door.state).not.toBe('closed');
    await json(['shield']);
    const withOne = await inspect();
    expect(withOne.facts.ruleset.state).toBe('not-permitted');
    expect(withOne.verdicts.shield.state).toBe('recorded');
    expect(withOne.verdicts.door.state).not.toBe('closed');
  });
});

describe('wrong usage', () => {
  it.each([
    [['shield', '--until', 'yesterday']],
    [['shield', '--until', '2020-01-01']],
    [['shield', '--allow', '10.77.1.300']],
    [['shield', '--allow', '0.0.0.0/0']],
    [['shield', '--allow', '0.0.0.0/1', '--allow', '128.0.0.0/1']],
    [['shield', '--reason', '"; flush ruleset']],
    [['shield', '--at-end', 'lift']],
    [['shield', '--until', '1d', '--at-end', 'open']],
    [['shield', '--force']],
    [['lift', 'everything']],
    [['status', '--since', '1']],
  ])('%j ends with code 2 and one line, and changes nothing', async (args) => {
    const { code, stdout, stderr } = await bed.breakwater(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(await bed.ruleset()).toBe('');
    expect((await bed.run(['ls', '/var/lib/breakwater'])).code).not.toBe(0);
  });
});
