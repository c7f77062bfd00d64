// iptables' own words: rules of every match and target go into a namespace's kernel, and what iptables-save makes of them is read.

import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { MessageError } from '../../main/model/message-error';
import { readIptablesSave } from '../../main/policy/netfilter/iptables/read';
import type { Chain, Rule } from '../../main/policy/netfilter/program';

const sets = [
  'create t-net hash:net counters skbinfo',
  'add t-net 10.0.0.0/8',
  'add t-net 10.1.0.0/16 nomatch',
  'create t-ip hash:ip timeout 0 comment',
  'add t-ip 10.0.0.1 timeout 900 comment "two words"',
  'add t-ip 10.0.0.2 timeout 0',
  'create t-port hash:ip,port',
  'add t-port 10.0.0.1,tcp:445',
  'create t-iface hash:net,iface',
  'add t-iface 10.0.0.0/8,eth0',
  'create t-bits bitmap:port range 0-1024',
  'add t-bits 445-446',
  'create t-six hash:net family inet6',
  'add t-six fd77:1::/64',
];

const shared: readonly string[] = [
  'filter INPUT -p tcp --dport 445 -j DROP',
  'filter INPUT -p tcp -m tcp ! --dport 139:445 --sport 1024: -j ACCEPT',
  'filter INPUT -p tcp --syn -j ACCEPT',
  'filter INPUT -p tcp ! --tcp-flags ALL NONE -j ACCEPT',
  'filter INPUT -p tcp --tcp-option 5 -j ACCEPT',
  'filter INPUT -p udp --dport 137:138 -j REJECT',
  'filter INPUT -p sctp --dport 445 -j DROP',
  'filter INPUT -p dccp --dport 445 -j DROP',
  'filter INPUT ! -p tcp -j RETURN',
  'filter INPUT -i eth0 -j DROP',
  'filter INPUT ! -i wl+ -j DROP',
  'filter FORWARD -i eth0 -o docker+ -j DROP',
  'filter INPUT -p tcp -m multiport --dports 139,445 -j DROP',
  'filter INPUT -p tcp -m multiport ! --ports 1:100,445 -j DROP',
  'filter INPUT -p udp -m multiport --sports 53,67:68 -j DROP',
  'filter INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  'filter INPUT -m conntrack ! --ctstate NEW,DNAT -j ACCEPT',
  'filter INPUT -m conntrack --ctstate NEW --ctproto tcp --ctdir ORIGINAL -j ACCEPT',
  'filter INPUT -p tcp -m conntrack --ctorigdstport 9445 --ctreplsrcport 445 -j ACCEPT',
  'filter INPUT -m conntrack --ctstatus ASSURED,CONFIRMED --ctexpire 1:50 -j ACCEPT',
  'filter INPUT -m state --state NEW -j ACCEPT',
  'filter INPUT -m mark --mark 0x10/0xf0 -j DROP',
  'filter INPUT -m mark ! --mark 7 -j DROP',
  'filter INPUT -m connmark --mark 1/0xff -j DROP',
  'filter INPUT -m addrtype --dst-type LOCAL -j DROP',
  'filter INPUT -m addrtype ! --src-type LOCAL --limit-iface-in -j DROP',
  'filter INPUT -m pkttype --pkt-type broadcast -j DROP',
  'filter INPUT -m physdev --physdev-in eth0 -j DROP',
  'filter FORWARD -m physdev --physdev-is-bridged -j ACCEPT',
  'filter OUTPUT -m owner --uid-owner 0 -j ACCEPT',
  'filter OUTPUT -m owner ! --socket-exists -j ACCEPT',
  'mangle PREROUTING -m socket --transparent --nowildcard -j ACCEPT',
  'raw PREROUTING -m rpfilter --loose --invert -j DROP',
  'filter INPUT -m policy --dir in --pol none -j ACCEPT',
  'filter INPUT -m policy --dir in --pol ipsec --reqid 1 --proto esp --mode tunnel -j ACCEPT',
  'filter INPUT -m limit --limit 5/min -j ACCEPT',
  'filter INPUT -m hashlimit --hashlimit-above 50/sec --hashlimit-mode srcip --hashlimit-name smb -j DROP',
  'filter INPUT -p tcp -m connlimit --connlimit-above 10 -j REJECT --reject-with tcp-reset',
  'filter INPUT -m connbytes --connbytes 10:20 --connbytes-mode packets --connbytes-dir both -j DROP',
  'filter INPUT -m recent --set --name seen -j ACCEPT',
  'filter INPUT -m recent --rcheck --seconds 60 --name seen -j ACCEPT',
  'filter INPUT -m statistic --mode nth --every 3 --packet 0 -j DROP',
  'filter INPUT -m time --timestart 08:00 --timestop 18:00 --weekdays Mon,Tue --kerneltz -j ACCEPT',
  'filter INPUT -m quota --quota 1000 -j ACCEPT',
  'filter INPUT -m length ! --length 100:200 -j DROP',
  'filter INPUT -m string --string "two words" --algo bm -j DROP',
  'filter INPUT -m string --hex-string "|0d 0a|" --algo kmp --from 1 --to 99 --icase -j DROP',
  'filter INPUT -m u32 --u32 "0xc=0xcb007109" -j DROP',
  'filter INPUT -m bpf --bytecode "1,6 0 0 1" -j DROP',
  'filter INPUT -m mac --mac-source 00:11:22:33:44:55 -j DROP',
  'filter INPUT -m dscp --dscp-class AF11 -j DROP',
  'filter INPUT -m tos --tos 0x10/0x3f -j DROP',
  'filter INPUT -p tcp -m ecn --ecn-tcp-cwr -j DROP',
  'filter INPUT -p tcp -m tcpmss --mss 1:500 -j DROP',
  'filter INPUT -p tcp -m osf --genre Linux -j DROP',
  'filter INPUT -m cpu --cpu 0 -j DROP',
  'filter INPUT -m cgroup --cgroup 1 -j DROP',
  'filter INPUT -m devgroup --src-group 1 -j DROP',
  'filter INPUT -m helper --helper ftp -j DROP',
  'filter INPUT -m cluster --cluster-total-nodes 2 --cluster-local-node 1 --cluster-hash-seed 1 -j DROP',
  'filter INPUT -m connlabel --label 1 -j DROP',
  'filter INPUT -m comment --comment "a \\"b\\" it\'s \\\\ back" -j DROP',
  'filter INPUT -m comment --comment -j -j DROP',
  'filter INPUT -j LOG --log-prefix "[x y] " --log-level debug --log-tcp-options --log-uid',
  'filter INPUT -j LOG --log-prefix -s',
  'filter INPUT -j NFLOG --nflog-group 3 --nflog-prefix "a b" --nflog-threshold 2',
  'filter INPUT -j AUDIT --type drop',
  'filter INPUT -j OWN',
  'filter INPUT -g OWN',
  'filter OWN -j RETURN',
  'filter INPUT -p tcp',
  'filter INPUT -j NFQUEUE --queue-num 1 --queue-bypass',
  'filter INPUT -p tcp -m conntrack --ctstate INVALID,UNTRACKED -j SYNPROXY --sack-perm --timestamp --wscale 7 --mss 1460',
  'filter INPUT -m set --match-set t-bits dst -j DROP',
  'filter INPUT -j SET --add-set t-port src,dst --exist',
  'mangle PREROUTING -j MARK --set-mark 0x10/0xf',
  'mangle PREROUTING -j MARK --set-xmark 0x10/0xff',
  'mangle PREROUTING -j MARK --and-mark 0xff',
  'mangle PREROUTING -j MARK --or-mark 0x80000000',
  'mangle PREROUTING -j MARK --xor-mark 3',
  'mangle PREROUTING -j CONNMARK --save-mark',
  'mangle PREROUTING -j CONNMARK --restore-mark',
  'mangle PREROUTING -j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xff',
  'mangle PREROUTING -j CONNMARK --set-mark 1/0xff',
  'mangle PREROUTING -p tcp -j TPROXY --on-port 8445 --tproxy-mark 1/1',
  'mangle POSTROUTING -j CLASSIFY --set-class 1:2',
  'mangle FORWARD -p tcp --syn -j TCPMSS --clamp-mss-to-pmtu',
  'mangle FORWARD -p tcp -j TCPOPTSTRIP --strip-options timestamp',
  'mangle FORWARD -j DSCP --set-dscp-class AF11',
  'mangle FORWARD -j TOS --set-tos 0x10',
  'mangle POSTROUTING -p udp -j CHECKSUM --checksum-fill',
  'mangle PREROUTING -j IDLETIMER --timeout 60 --label t-idle',
  'raw PREROUTING -p tcp --dport 445 -j NOTRACK',
  'raw PREROUTING -p tcp --dport 445 -j CT --notrack',
  'raw PREROUTING -p tcp --dport 21 -j CT --zone 5',
  'raw PREROUTING -j TRACE',
  'nat PREROUTING -p tcp --dport 445 -j REDIRECT --to-ports 139',
  'nat PREROUTING -p tcp --dport 445 -j REDIRECT --to-ports 139-145 --random',
  'nat PREROUTING -p tcp --dport 445 -j REDIRECT',
  'nat PREROUTING -p tcp --dport 445 -j DNAT --to-destination :139',
  'nat POSTROUTING -o eth0 -j MASQUERADE --random',
];

const ipv4: readonly string[] = [
  'filter INPUT -s 10.0.0.5/24 ! -d 10.77.1.10 -j DROP',
  'filter INPUT -s 10.0.7.0/255.254.255.0 -j DROP',
  'filter INPUT -f -j DROP',
  'filter INPUT -p icmp --icmp-type echo-request -j ACCEPT',
  'filter INPUT -p esp -m esp --espspi 500 -j ACCEPT',
  'filter INPUT -p ah -m ah --ahspi 500 -j ACCEPT',
  'filter INPUT -m iprange --src-range 10.0.0.1-10.0.0.9 -j ACCEPT',
  'filter INPUT -m iprange ! --dst-range 10.0.0.1-10.0.0.9 -j ACCEPT',
  'filter INPUT -m conntrack --ctorigsrc 10.77.1.0/24 ! --ctorigdst 10.0.0.1 -j ACCEPT',
  'filter INPUT -m ttl --ttl-lt 64 -j DROP',
  'filter INPUT -m realm --realm 1 -j DROP',
  'filter INPUT -m set --match-set t-net src -j ACCEPT',
  'filter INPUT -m set ! --match-set t-net dst -j ACCEPT',
  'filter INPUT -m set --match-set t-ip src --return-nomatch -j ACCEPT',
  'filter INPUT -m set --match-set t-ip src ! --update-counters --packets-gt 5 -j ACCEPT',
  'filter INPUT -m set --match-set t-port src,dst -j ACCEPT',
  'filter INPUT -m set --match-set t-iface src,src -j ACCEPT',
  'filter INPUT -p tcp -j REJECT --reject-with icmp-host-prohibited',
  'mangle PREROUTING -j TTL --ttl-inc 1',
  'mangle PREROUTING -p tcp -j ECN --ecn-tcp-remove',
  'mangle PREROUTING -j TEE --gateway 10.0.0.1',
  'nat PREROUTING -p tcp --dport 9445 -j DNAT --to-destination 10.77.1.10:445',
  'nat PREROUTING -p tcp --dport 9445 -j DNAT --to-destination 10.0.0.1-10.0.0.9:445-450 --persistent',
  'nat PREROUTING -d 10.0.0.0/24 -j NETMAP --to 10.1.0.0/24',
  'nat POSTROUTING -s 10.0.0.0/24 -j SNAT --to-source 192.0.2.1',
];

const ipv6: readonly string[] = [
  'filter INPUT -s fd77:1::20 ! -d fe80::/10 -j DROP',
  'filter INPUT -s fd77::1/ffff::ffff -j DROP',
  'filter INPUT -p icmpv6 --icmpv6-type echo-request -j ACCEPT',
  'filter INPUT -m iprange --src-range fd77::1-fd77::9 -j ACCEPT',
  'filter INPUT -m hl --hl-eq 255 -j ACCEPT',
  'filter INPUT -m frag --fragid 1 --fragfirst -j DROP',
  'filter INPUT -m rt --rt-type 0 --rt-segsleft 0 -j DROP',
  'filter INPUT -m dst --dst-len 8 -j DROP',
  'filter INPUT -m hbh --hbh-len 8 -j DROP',
  'filter INPUT -m ipv6header --header none --soft -j DROP',
  'filter INPUT -m eui64 -j DROP',
  'filter INPUT -m srh --srh-tag 1 -j DROP',
  'filter INPUT -m addrtype --src-type MULTICAST -j DROP',
  'filter INPUT -m set --match-set t-six src -j ACCEPT',
  'filter INPUT -p tcp -j REJECT --reject-with icmp6-adm-prohibited',
  'mangle PREROUTING -j HL --hl-inc 1',
  'nat PREROUTING -p tcp --dport 9445 -j DNAT --to-destination [fd77:1::10]:445',
  'nat PREROUTING -j DNAT --to-destination fd77:1::10',
  'nat PREROUTING -d fd77:1::/64 -j NETMAP --to fd77:2::/64',
];

/** Where a rule of the list may do anything. */
const openEnded = /NFQUEUE|SYNPROXY|TPROXY/;

interface Loaded {
  /** The rules that this kernel and this iptables took. */
  readonly taken: readonly string[];
  readonly save: string;
  readonly ipset: string;
}

/** Puts the rules into a namespace of their own, one after the other, and saves what is there. */
function load(tool: string, lines: readonly string[]): Loaded {
  const mark = '=== breakwater ===';
  const script = [
    ...sets.map((line) => `ipset ${line} || exit 1`),
    `${tool} -N OWN || exit 1`,
    ...lines.map((line, at) => `${tool} -t ${line.replace(' ', ' -A ')} 2>/dev/null && echo took ${at}`),
    `echo '${mark}'; ${tool}-save; echo '${mark}'; ipset save`,
  ];
  const { stdout, stderr, status } = spawnSync('unshare', ['-n', 'sh', '-s'], {
    input: script.join('\n'),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const [took = '', save = '', ipset = ''] = stdout.split(`${mark}\n`);
  const taken = [...took.matchAll(/took (\d+)/g)].map(([, at]) => lines[Number(at)] ?? '');
  return { taken, save, ipset };
}

function rulesByChain(
  save: string,
  family: 'ipv4' | 'ipv6',
  legacy: boolean,
  ipset: string,
): ReadonlyMap<string, readonly Rule[]> {
  const result = readIptablesSave(save, family, { legacy, ipset });
  if (result.kind === 'bad') throw new MessageError(result.why);
  const chains = new Map<string, readonly Rule[]>();
  const ahead: Chain[] = result.program.baseChains.map(({ chain }) => chain);
  for (let chain = ahead.pop(); chain; chain = ahead.pop()) {
    if (chains.has(chain.name)) continue;
    chains.set(chain.name, chain.rules);
    for (const { steps } of chain.rules)
      for (const step of steps) if (step.kind === 'verdict' && 'to' in step.verdict) ahead.push(step.verdict.to);
  }
  return chains;
}

/** A text of the rules as they were written, not as iptables-save prints them, with its chains. */
function asWritten(save: string, taken: readonly string[]): string {
  const frame = save.split('\n').filter((line) => !line.startsWith('-A ') && !line.startsWith('#'));
  const rulesOf = (table: string): readonly string[] =>
    taken.filter((line) => line.startsWith(`${table} `)).map((line) => `-A ${line.slice(table.length + 1)}`);
  let table = '';
  return frame
    .flatMap((line) => {
      if (line.startsWith('*')) table = line.slice(1);
      return line === 'COMMIT' ? [...rulesOf(table), line] : [line];
    })
    .join('\n');
}

/** A rule's steps without the words for people; iptables-save may change the order of conditions. */
function shape({ steps }: Rule): readonly string[] {
  const plain = (key: string, value: unknown): unknown => {
    if (key === 'why') return undefined;
    if (typeof value === 'bigint') return `${value}`;
    return key === 'to' && typeof value === 'object' && value && 'name' in value ? value.name : value;
  };
  return [...new Set(steps.map((step) => JSON.stringify(step, plain)))].sort();
}

describe.each([
  { tool: 'iptables', family: 'ipv4' as const, legacy: false, own: ipv4 },
  { tool: 'ip6tables', family: 'ipv6' as const, legacy: false, own: ipv6 },
  { tool: 'iptables-legacy', family: 'ipv4' as const, legacy: true, own: ipv4 },
  { tool: 'ip6tables-legacy', family: 'ipv6' as const, legacy: true, own: ipv6 },
])('$tool', ({ tool, family, legacy, own }) => {
  const lines = [...shared, ...own];
  let { taken, save, ipset }: Loaded = { taken: [], save: '', ipset: '' };
  let saved: ReadonlyMap<string, readonly Rule[]> = new Map();
  let all: readonly Rule[] = [];
  beforeAll(() => {
    ({ taken, save, ipset } = load(tool, lines));
    saved = rulesByChain(save, family, legacy, ipset);
    all = [...saved.values()].flat();
  });

  it('takes nearly all of these rules, and each comes back as one rule', () => {
    const refused = lines.filter((line) => !taken.includes(line));
    expect(refused.length, refused.join('\n')).toBeLessThan(lines.length / 10);
    expect(all).toHaveLength(taken.length);
    expect(save.match(/^-A /gm)).toHaveLength(taken.length);
  });

  it('writes no match and no target that is a riddle', () => {
    for (const { text, steps } of all) {
      const step = steps.find(({ kind }) => kind === 'anything');
      if (!openEnded.test(text)) expect(step, text).toBeUndefined();
      expect(JSON.stringify(steps.filter(({ kind }) => kind === 'unsure')), text).not.toContain('does not know');
    }
  });

  it('says the same as the rules that went in', () => {
    const written = rulesByChain(asWritten(save, taken), family, legacy, ipset);
    for (const [chain, rules] of saved)
      for (const [at, rule] of rules.entries()) {
        const before = written.get(chain)?.[at];
        expect({ written: before?.text, says: before && shape(before) }, rule.text).toEqual({
          written: before?.text,
          says: shape(rule),
        });
      }
  });
});
