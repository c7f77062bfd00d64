// Who is told to be cut off: people outside whom the shield keeps out, and nobody else.
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../main/model/facts';
import { cidr } from '../../../main/policy/address-sets';
import { cutSources } from '../../../main/policy/cut-sources';

const session = (remote: string, direction: Session['direction'] = 'in', local = '10.0.0.5'): Session => ({
  direction,
  family: remote.includes(':') ? 'ipv6' : 'ipv4',
  local: { address: local, port: 445 },
  remote: { address: remote, port: 50_000 },
  owner: null,
});
const shield = {
  allow: { ipv4: [cidr('10.0.0.20/32'), cidr('10.1.0.0/16')], ipv6: [cidr('fe80::/64'), cidr('fd00::20/128')] },
  rules: true,
  workarounds: [],
} as const;

describe('who is cut off', () => {
  it.each([
    ['an exception by its address', ['10.0.0.20'], []],
    ['an exception by its network', ['10.1.2.3'], []],
    ['an IPv6 exception, with its zone', ['fd00::20', 'fe80::7%eth0'], []],
    ['a neighbour of an exception', ['10.0.0.21', 'fd00::21'], ['10.0.0.21', 'fd00::21']],
    ['this PC itself, over loopback or its own address', ['127.0.0.1', '::1', '10.0.0.5'], []],
    ['somebody with many connections', ['192.168.7.7', '192.168.7.7'], ['192.168.7.7']],
  ] as const)('%s: %s -> %s', (_, from, cut) => {
    expect(
      cutSources(
        shield,
        from.map((one) => session(one)),
      ),
    ).toEqual(cut);
  });

  it('is nobody whose files this PC uses', () => {
    expect(cutSources(shield, [session('192.168.7.7', 'out')])).toEqual([]);
  });

  it('are the exceptions, too, where the server is switched off', () => {
    const off = { ...shield, workarounds: ['server-off'] } as const;
    expect(cutSources(off, [session('10.0.0.20')])).toEqual(['10.0.0.20']);
    expect(cutSources({ ...shield, rules: false }, [session('10.0.0.20')])).toEqual(['10.0.0.20']);
  });
});
