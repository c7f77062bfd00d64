// Reviews while another program changes the rules without pause, and addresses that no interface has: what is said, and who really gets in.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Bed, raiseBed } from './bed/bed';
import { aRequest, token } from './bed/requests';

let bed: Bed;
beforeAll(async () => {
  bed = await raiseBed();
});
beforeEach(async () => {
  await bed.nft('flush ruleset');
});
afterAll(() => bed.down());

const must = async (script: string): Promise<void> => {
  const { code, stderr } = await bed.run(['bash', '-ec', script]);
  expect(code, stderr).toBe(0);
};
const verdictOf = async (): Promise<string> => JSON.parse((await bed.breakwater(['review', '--json'])).stdout).verdict;

// In each of the two the port is open; parts of both together would shut it.
const pairs: readonly (readonly [string, string, string])[] = [
  [
    'rules that move from one chain to another',
    'flush ruleset; table ip filter { chain INPUT { type filter hook input priority 0; policy drop; accept; }; }',
    'flush ruleset; table ip filter { chain INPUT { type filter hook input priority 0; policy accept; ip saddr 192.0.2.1 drop; }; }',
  ],
  [
    'a table that is switched off, and a set that is filled',
    'flush ruleset; table inet f { flags dormant; set s { type ipv4_addr; flags interval; elements = { 0.0.0.0/0 }; }; chain in { type filter hook input priority 0; meta nfproto ipv6 drop; ip saddr @s drop; }; }',
    'flush ruleset; table inet f { set s { type ipv4_addr; flags interval; }; chain in { type filter hook input priority 0; meta nfproto ipv6 drop; ip saddr @s drop; }; }',
  ],
];

it.each(pairs)('%s: no review says closed', async (_, one, other) => {
  await must(`cat > /tmp/one <<'E'\n${one}\nE\ncat > /tmp/other <<'E'\n${other}\nE\n`);
  const changer = bed.start(['bash', '-c', 'while :; do nft -f /tmp/one; nft -f /tmp/other; done']);
  try {
    const said: string[] = [];
    for (let i = 0; i < 20; i++) said.push(await verdictOf());
    expect(said).not.toContain('closed');
    expect(said).not.toContain('');
  } finally {
    if (changer.pid !== undefined) process.kill(-changer.pid, 'SIGKILL');
  }
});

const own: readonly (readonly [string, string, string, string])[] = [
  [
    'an address with a prefix on lo',
    'ip addr add 10.99.0.1/24 dev lo',
    'ip addr del 10.99.0.1/24 dev lo',
    '10.99.0.77',
  ],
  ['a local route', 'ip route add local 10.98.0.0/16 dev lo', 'ip route del local 10.98.0.0/16 dev lo', '10.98.3.4'],
  [
    'loopback’s addresses by route_localnet',
    'sysctl -qw net.ipv4.conf.all.route_localnet=1',
    'sysctl -qw net.ipv4.conf.all.route_localnet=0',
    '127.0.0.1',
  ],
];

it.each(own)('%s: reached, said so, and shut by a shield', async (_, set, undo, destination) => {
  const route = destination.startsWith('127.') ? 'true' : `ip -n lan route replace ${destination}/32 via 10.77.1.10`;
  await must(`${set}; ${route}`);
  try {
    await bed.nft(`table inet f { chain in { type filter hook input priority 0;
      iif lo accept; meta nfproto ipv6 tcp dport { 139, 445 } drop
      ip daddr { 10.77.1.10, 10.77.2.10, 10.99.0.1 } tcp dport { 139, 445 } drop; }; }`);
    const probe = { space: 'lan', source: '10.77.1.20', destination, port: 445 };
    if (!destination.startsWith('127.')) expect(await bed.connects([probe])).toEqual(['open']);
    expect(await verdictOf()).toBe('open');
    const raised = await bed.helper([token(aRequest('shield'))]);
    expect(raised.stdout).toContain('"kind":"done"');
    if (!destination.startsWith('127.')) expect(await bed.connects([probe])).not.toEqual(['open']);
    expect(await verdictOf()).toBe('closed');
    await bed.helper([token(aRequest('lift'))]);
  } finally {
    await must(undo);
  }
});

it('rootless Samba behind a redirect is open, said by review and inspection', async () => {
  await bed.listen([{ space: 'pc', protocol: 'tcp', port: 4450 }]);
  await bed.nft(`table inet f {
    chain pre { type nat hook prerouting priority -100; tcp dport 445 redirect to :4450; }
    chain in { type filter hook input priority 0; tcp dport { 139, 445 } drop; }; }`);
  expect(await bed.connects([{ space: 'lan', source: '10.77.1.20', destination: '10.77.1.10', port: 445 }])).toEqual([
    'open',
  ]);
  expect(await verdictOf()).toBe('open');
});
