// Each match of iptables, with a line as iptables-save writes it.
import { describe, expect, it } from 'vitest';
import type { Step } from '../../../../../main/policy/netfilter/program';
import { conditionsOf, from, port, protocol, stepsOf } from './reading';

const state = (states: readonly string[], negated = false): unknown => ({ kind: 'state', states, negated });
const anyOf = (tuples: readonly unknown[], negated = false): unknown => ({
  kind: 'any-of',
  tuples,
  negated,
  exact: true,
  why: expect.any(String),
});
const unsure = { kind: 'unsure', why: expect.any(String) };
const every = [6, 17, 33, 132, 136];

describe('ports', () => {
  it.each<[string, readonly unknown[]]>([
    ['-p tcp -m tcp --dport 445', [protocol(6), port('destination', [[445, 445]])]],
    ['-p tcp -m tcp ! --dport 139:445', [protocol(6), port('destination', [[139, 445]], [6], true)]],
    [
      '-p tcp -m tcp --sport 1024:65535 --dport 445',
      [protocol(6), port('source', [[1024, 65535]]), port('destination', [[445, 445]])],
    ],
    ['-p tcp -m tcp --dport :1023', [protocol(6), port('destination', [[0, 1023]])]],
    ['-p tcp -m tcp --dport 1024:', [protocol(6), port('destination', [[1024, 65535]])]],
    ['-m tcp --dport 445', [protocol(6), port('destination', [[445, 445]])]],
    ['-p udp -m udp --dport 137:138', [protocol(17), port('destination', [[137, 138]], [17])]],
    ['-p sctp -m sctp --dport 445', [protocol(132), port('destination', [[445, 445]], [132])]],
    [
      '-p tcp -m multiport --dports 139,445',
      [
        protocol(6),
        port('destination', [
          [139, 139],
          [445, 445],
        ]),
      ],
    ],
    [
      '-p tcp -m multiport ! --dports 1:100,445',
      [
        protocol(6),
        port(
          'destination',
          [
            [1, 100],
            [445, 445],
          ],
          [6],
          true,
        ),
      ],
    ],
    ['-m multiport --sports 445', [port('source', [[445, 445]], every)]],
    [
      '-p tcp -m multiport ! --ports 445',
      [
        protocol(6),
        { kind: 'protocol', protocols: [6], negated: false },
        anyOf([[port('source', [[445, 445]])], [port('destination', [[445, 445]])]], true),
      ],
    ],
    [
      '-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN',
      [protocol(6), { kind: 'tcp-flags', mask: ['fin', 'syn', 'rst', 'ack'], set: ['syn'], negated: false }],
    ],
    [
      '-p tcp -m tcp ! --syn',
      [protocol(6), { kind: 'tcp-flags', mask: ['fin', 'syn', 'rst', 'ack'], set: ['syn'], negated: true }],
    ],
    [
      '-p tcp -m tcp --tcp-flags ALL NONE',
      [protocol(6), { kind: 'tcp-flags', mask: ['fin', 'syn', 'rst', 'psh', 'ack', 'urg'], set: [], negated: false }],
    ],
    ['-p tcp -m tcp --tcp-option 5', [protocol(6), unsure]],
  ])('%s', (line, expected) => {
    expect(conditionsOf(line)).toEqual(expected);
  });
});

describe('connection tracking', () => {
  const loose = [state(['invalid', 'untracked'])];
  const tracked = state(['invalid', 'untracked'], true);
  it.each<[string, readonly unknown[]]>([
    ['-m conntrack --ctstate RELATED,ESTABLISHED', [state(['related', 'established'])]],
    ['-m conntrack ! --ctstate NEW', [state(['new'], true)]],
    ['-m state --state NEW,UNTRACKED', [state(['new', 'untracked'])]],
    ['-m conntrack --ctstate DNAT', [anyOf([[{ kind: 'translated', negated: false }]])]],
    ['-m conntrack ! --ctstate NEW,DNAT', [anyOf([[{ kind: 'translated', negated: false }], [state(['new'])]], true)]],
    ['-m conntrack --ctorigsrc 10.77.1.0/24 --ctdir ORIGINAL', [tracked, from('source', 'ipv4', '10.77.1.0/24')]],
    ['-m conntrack --ctdir REPLY', [tracked, { kind: 'never' }]],
    ['-m conntrack --ctstatus ASSURED', [tracked, { kind: 'never' }]],
    ['-m conntrack ! --ctstatus CONFIRMED', [tracked]],
    ['-m conntrack --ctstatus DNAT', [tracked, anyOf([[{ kind: 'translated', negated: false }]])]],
    ['-m conntrack --ctproto 6', [tracked, protocol(6)]],
    ['-m conntrack --ctorigdstport 9445', [tracked, { ...port('destination', [[9445, 9445]], every), original: true }]],
    ['-m conntrack --ctreplsrcport 445', [tracked, port('destination', [[445, 445]], every)]],
    ['-m conntrack --ctreplsrc 10.77.1.10', [tracked, from('destination', 'ipv4', '10.77.1.10/32')]],
    ['-m conntrack --ctexpire 1:5', [tracked, unsure]],
    [
      '-m conntrack --ctorigdst 10.77.1.10',
      [
        tracked,
        anyOf([
          [{ kind: 'translated', negated: false }, unsure],
          [{ kind: 'translated', negated: true }, from('destination', 'ipv4', '10.77.1.10/32')],
        ]),
      ],
    ],
    [
      '-m conntrack --ctstate NEW,INVALID --ctorigsrc 10.0.0.0/8',
      [state(['new', 'invalid']), anyOf([loose, [from('source', 'ipv4', '10.0.0.0/8')]])],
    ],
    ['-m conntrack --ctstate NEW --ctfrob 1', [unsure]],
    ['-m state --state FROB', [unsure]],
    [
      '-m connmark --mark 0x1/0xff',
      [tracked, { kind: 'mark', which: 'connection', mask: 255, values: [[1, 1]], negated: false }],
    ],
  ])('%s', (line, expected) => {
    expect(conditionsOf(line)).toEqual(expected);
  });
});

describe('addresses, marks and links', () => {
  it.each<[string, readonly unknown[]]>([
    ['-m iprange --src-range 10.0.0.0-10.0.0.255', [from('source', 'ipv4', '10.0.0.0/24')]],
    ['-m iprange ! --dst-range 10.0.0.0-10.0.0.255', [expect.objectContaining({ kind: 'destination' })]],
    ['-m mark --mark 0x10/0xf0', [{ kind: 'mark', which: 'packet', mask: 0xf0, values: [[16, 16]], negated: false }]],
    [
      '-m mark ! --mark 0xffffffff',
      [{ kind: 'mark', which: 'packet', mask: 0xffffffff, values: [[0xffffffff, 0xffffffff]], negated: true }],
    ],
    ['-m addrtype --dst-type LOCAL', [{ kind: 'address-type', side: 'destination', types: ['local'], negated: false }]],
    [
      '-m addrtype ! --src-type LOCAL,BROADCAST',
      [{ kind: 'address-type', side: 'source', types: ['local', 'broadcast'], negated: true }],
    ],
    [
      '-m addrtype --dst-type LOCAL --limit-iface-in',
      [{ kind: 'address-type', side: 'destination', types: ['local'], negated: false }, unsure],
    ],
    ['-m addrtype ! --dst-type LOCAL --limit-iface-in', [unsure]],
    ['-m pkttype --pkt-type unicast', [anyOf([[protocol(6)], [protocol(6, true), unsure]])]],
    ['-m pkttype --pkt-type broadcast', [protocol(6, true), unsure]],
    ['-m physdev --physdev-is-bridged', [{ kind: 'bridged', negated: false }]],
    ['-m physdev ! --physdev-is-bridged', [{ kind: 'bridged', negated: true }]],
    ['-m physdev --physdev-out eth0', [{ kind: 'bridged', negated: false }, unsure]],
    ['-m physdev ! --physdev-out eth0', [unsure]],
    ['-m physdev --physdev-in eth0', [unsure]],
    ['-m owner --uid-owner 0', [{ kind: 'never' }]],
    ['-m owner ! --socket-exists', [unsure]],
    ['-m comment --comment "anything at all"', []],
    ['-m recent --set --name DEFAULT --mask 255.255.255.255 --rsource', []],
    ['-m recent --rcheck --seconds 60 --name DEFAULT --mask 255.255.255.255 --rsource', [unsure]],
  ])('%s', (line, expected) => {
    expect(conditionsOf(line)).toEqual(expected);
  });

  it('in IPv6 an address type joins what the address itself and what the routes say', () => {
    expect(conditionsOf('-m addrtype --dst-type LOCAL', 'ipv6')).toEqual([
      { kind: 'address-type', side: 'destination', types: ['local'], negated: false },
    ]);
    expect(conditionsOf('-m addrtype --src-type MULTICAST', 'ipv6')).toEqual([from('source', 'ipv6', 'ff00::/8')]);
    expect(conditionsOf('-m addrtype ! --dst-type UNICAST,LOCAL', 'ipv6')).toMatchObject([
      { kind: 'any-of', negated: true, tuples: [[{ kind: 'destination' }, { kind: 'address-type' }]] },
    ]);
  });

  it("taking over a program's mark makes the mark unknown", () => {
    expect(stepsOf('-m socket --restore-skmark -j ACCEPT')).toMatchObject([
      { kind: 'unsure' },
      { kind: 'set-mark', which: 'packet', unknown: 0xffffffff },
      { kind: 'verdict' },
    ]);
  });
});

describe("other protocols' matches never hold for TCP", () => {
  it.each<[string, 'ipv4' | 'ipv6', number]>([
    ['-p icmp -m icmp --icmp-type 8', 'ipv4', 1],
    ['-p ipv6-icmp -m icmp6 --icmpv6-type 128', 'ipv6', 58],
    ['-p esp -m esp --espspi 500', 'ipv4', 50],
    ['-p ah -m ah --ahspi 500', 'ipv4', 51],
    ['-p ipcomp -m ipcomp --ipcompspi 5', 'ipv4', 108],
    ['-p dccp -m dccp --dccp-types REQUEST', 'ipv4', 33],
    ['-p mh -m mh --mh-type 1', 'ipv6', 135],
  ])('%s', (line, family, number) => {
    expect(conditionsOf(line, family)).toContainEqual(protocol(number));
  });
});

describe('what rules alone do not decide is a doubt, in words', () => {
  const lines: readonly string[] = [
    '-m limit --limit 100/sec --limit-burst 50',
    '-m hashlimit --hashlimit-above 50/sec --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name smb',
    '-m connlimit --connlimit-above 1000 --connlimit-mask 32 --connlimit-saddr',
    '-m connbytes --connbytes 10:20 --connbytes-mode packets --connbytes-dir both',
    '-m connlabel --label "bit1" --set',
    '-m statistic --mode random --probability 0.00009999983',
    '-m time --timestart 08:00:00 --timestop 18:00:00 --weekdays Mon,Tue',
    '-m quota --quota 1000',
    '-m length --length 2000:65535',
    '-m ttl --ttl-lt 64',
    '-m string --string "EVIL" --algo bm',
    '-m string --hex-string "|0d0a|" --algo kmp --to 65535',
    '-m u32 --u32 "0xc=0xcb007109"',
    '-m bpf --bytecode "4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0"',
    '-m mac --mac-source 00:11:22:33:44:55',
    '-m dscp --dscp 0x0a',
    '-m tos --tos 0x10/0x3f',
    '-m ecn --ecn-ip-ect 1',
    '-m policy --dir in --pol none',
    '-m policy --dir in --pol ipsec --reqid 1 --proto esp',
    '-m rpfilter --loose --invert',
    '-m socket --transparent',
    '-m osf --genre Linux --ttl 0 --log 0',
    '-m realm --realm 0x1',
    '-m cpu --cpu 0',
    '-m cgroup --cgroup 1',
    '-m cluster --cluster-total-nodes 2 --cluster-local-node 1 --cluster-hash-seed 0xdeadbeef',
    '-m devgroup --src-group 0x1',
    '-m helper --helper "ftp"',
    '-m ipvs --ipvs',
    '-m nfacct --nfacct-name smb',
    '-m rateest --rateest smb --rateest-bps 100 --rateest-lt',
    '-m tcpmss --mss 1:500',
    '-m set --match-set nowhere src',
  ];
  it.each(lines)('%s', (line) => {
    const steps = conditionsOf(line);
    expect(steps).toHaveLength(1);
    const [step] = steps as readonly [Step];
    expect(step).toMatchObject({ kind: 'unsure' });
    if (step.kind === 'unsure') expect(step.why).not.toContain('does not know');
  });

  it.each([
    '-m eui64',
    '-m frag --fragid 1 --fragfirst',
    '-m hl --hl-eq 255',
    '-m rt --rt-type 0 --rt-segsleft 1',
    '-m dst --dst-len 8',
    '-m hbh --hbh-len 8',
    '-m ipv6header --header none --soft',
    '-m ah --ahspi 1 --ahres',
    '-m srh --srh-tag 1',
  ])('IPv6: %s', (line) => {
    expect(conditionsOf(line, 'ipv6')).toMatchObject([
      { kind: 'unsure', why: expect.not.stringContaining('does not know') },
    ]);
  });
});
