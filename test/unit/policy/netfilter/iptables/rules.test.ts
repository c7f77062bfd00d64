// A rule's own conditions, and rules that are written in ways nobody foresaw.
import { describe, expect, it } from 'vitest';
import type { Chain, Step } from '../../../../../main/policy/netfilter/program';
import { baseChain, conditionsOf, drop, from, networks, port, protocol, read, stepsOf } from './reading';

const anything = [{ kind: 'anything' }];

describe("a rule's own conditions", () => {
  it.each<[string, readonly Step[]]>([
    ['-s 10.0.0.0/8', [from('source', 'ipv4', '10.0.0.0/8')]],
    ['--source 10.0.0.0/255.255.255.0', [from('source', 'ipv4', '10.0.0.0/24')]],
    ['-s 10.0.0.5/24', [from('source', 'ipv4', '10.0.0.0/24')]],
    ['-d 10.77.1.10/32', [from('destination', 'ipv4', '10.77.1.10/32')]],
    ['-s 10.0.0.1,10.0.0.2', [from('source', 'ipv4', '10.0.0.1/32', '10.0.0.2/32')]],
    ['-p tcp', [protocol(6)]],
    ['-p 6', [protocol(6)]],
    ['! -p udp', [protocol(17, true)]],
    ['-p all', []],
    ['-p 0', []],
    ['-i eth0', [{ kind: 'interface', side: 'in', names: ['eth0'], negated: false }]],
    ['! -i wl+', [{ kind: 'interface', side: 'in', names: ['wl*'], negated: true }]],
    ['-o docker0', [{ kind: 'interface', side: 'out', names: ['docker0'], negated: false }]],
    ['-i +', []],
    ['! -i +', [{ kind: 'never' }]],
    ['-f', [{ kind: 'never' }]],
    ['! -f', []],
    ['-6', [{ kind: 'never' }]],
    ['-c 1 2', []],
    ['-p tcp --dport 445', [protocol(6), port('destination', [[445, 445]])]],
  ])('%s', (line, expected) => {
    expect(conditionsOf(line)).toEqual(expected);
  });

  it('a negated address is everything else', () => {
    const [condition] = conditionsOf('! -s 10.0.0.0/8');
    const rest = networks(
      'ipv4',
      '0.0.0.0/5',
      '8.0.0.0/7',
      '11.0.0.0/8',
      '12.0.0.0/6',
      '16.0.0.0/4',
      '32.0.0.0/3',
      '64.0.0.0/2',
      '128.0.0.0/1',
    );
    expect(condition).toMatchObject({ kind: 'source', may: rest, must: rest });
    expect(conditionsOf('-s ! 10.0.0.0/8')).toEqual([condition]);
  });

  it('a mask with holes is every address that fits it', () => {
    const [condition] = conditionsOf('-s 10.0.7.0/255.254.255.0');
    const set = networks('ipv4', '10.0.7.0/24', '10.1.7.0/24');
    expect(condition).toMatchObject({ may: set, must: set });
  });

  it('reads IPv6 addresses and masks', () => {
    expect(conditionsOf('-s fd77:1::/64', 'ipv6')).toEqual([from('source', 'ipv6', 'fd77:1::/64')]);
    expect(conditionsOf('-s fd77::/ffff::', 'ipv6')).toEqual([from('source', 'ipv6', 'fd77::/16')]);
    expect(conditionsOf('-s fe80::10 ! -d ::1/128', 'ipv6')).toMatchObject([
      { kind: 'source', family: 'ipv6' },
      { kind: 'destination', family: 'ipv6' },
    ]);
  });

  it.each(['-s host.example', '-s 10.0.0', '-s fd00::1', '-p frobnicate', '-i eth*'])('%s is unsure', (line) => {
    expect(conditionsOf(line)).toMatchObject([{ kind: 'unsure' }]);
  });
});

describe('jumps', () => {
  const text = `*filter
:INPUT DROP [0:0]
:A - [0:0]
:B - [0:0]
:LOG - [0:0]
-A INPUT -j A
-A INPUT -g B
-A INPUT -j MISSING
-A INPUT -g MISSING
-A INPUT -j INPUT
-A INPUT -j LOG
-A INPUT -s 10.0.0.0/8
-A A -j B
-A B -j A
COMMIT
`;
  const input = baseChain(read(text).program.baseChains, 'input').chain;
  const target = (chain: Chain | undefined, at: number): unknown => {
    const step = chain?.rules[at]?.steps.at(-1);
    return step?.kind === 'verdict' && 'to' in step.verdict ? step.verdict : step;
  };

  it('go to the chain itself, and may go round in circles', () => {
    const a = target(input, 0) as { readonly kind: string; readonly to: Chain };
    const b = target(input, 1) as typeof a;
    expect([a.kind, a.to.name, b.kind, b.to.name]).toEqual(['jump', 'iptables filter A', 'goto', 'iptables filter B']);
    expect((target(b.to, 0) as typeof a).to).toBe(a.to);
    expect((target(a.to, 0) as typeof a).to).toBe(b.to);
  });

  it('to a chain that is not there, to a built-in chain, or to one named like a target may do anything', () => {
    for (const at of [2, 3, 4, 5]) expect(target(input, at)).toMatchObject({ kind: 'anything' });
  });

  it('a rule without a target only counts', () => {
    expect(input.rules[6]?.steps).toEqual([from('source', 'ipv4', '10.0.0.0/8')]);
  });
});

describe('rules nobody foresaw', () => {
  it.each([
    '-j DROP -j ACCEPT',
    'stray -j DROP',
    '-s 10.0.0.0/8 stray -j DROP',
    '-j',
    '-s',
    '! -j DROP',
    '! ! -f -j DROP',
    '--frob 1 -j DROP',
    '-s 10.0.0.1 -s 10.0.0.2 -j DROP',
    '-j DROP !',
    '-m',
    '-j DROP --frob',
  ])('"%s" may do anything', (line) => {
    expect(stepsOf(line)).toMatchObject(anything);
  });

  it('an unknown match is a doubt, and the target behind it stands', () => {
    expect(conditionsOf('-p tcp -m frob --frob 1 2 --nicate -m tcp --dport 445')).toMatchObject([
      protocol(6),
      { kind: 'unsure', why: 'a condition Breakwater does not know (-m frob --frob 1 2 --nicate)' },
      { kind: 'port' },
    ]);
    expect(conditionsOf('-m frob ! --frob 1 -s 10.0.0.0/8')).toMatchObject([{ kind: 'source' }, { kind: 'unsure' }]);
  });

  it('a known match with an option or a word it does not have is a doubt', () => {
    expect(conditionsOf('-m comment --frob x')).toMatchObject([{ kind: 'unsure' }]);
    expect(conditionsOf('-m set --match-set two words src', 'ipv4', 'create two hash:ip family inet\n')).toMatchObject([
      { kind: 'unsure' },
    ]);
    expect(conditionsOf('-m tcp --dport http')).toMatchObject([{ kind: 'protocol' }, { kind: 'unsure' }]);
    expect(conditionsOf('-m tcp --dport 500:400')).toMatchObject([{ kind: 'protocol' }, { kind: 'unsure' }]);
    expect(conditionsOf('-m ttl [unsupported revision]')).toMatchObject([{ kind: 'unsure' }]);
  });

  it('an option of an earlier match is found there', () => {
    expect(stepsOf('-p tcp -m tcp -m mark --mark 1 --dport 445 -j DROP')).toMatchObject([
      { kind: 'protocol' },
      { kind: 'port' },
      { kind: 'mark' },
      drop,
    ]);
  });
});
