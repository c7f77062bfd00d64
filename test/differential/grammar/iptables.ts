// Rules of iptables, drawn: what iptables-nft and the old iptables load, with ipsets, for both families.
import { drawSpan, drawSpans, single, type Version } from '../addresses';
import type { IptablesRules } from '../oracle';
import type { Random } from '../random';
import { containers, own } from './draft';

/** `exact` = nothing in it that rules alone can't decide. */
export function drawIptables(random: Random): {
  readonly rules: IptablesRules;
  readonly exact: boolean;
  /** Rules may lead connections to containers. */
  readonly forwards: boolean;
} {
  const exact = random.chance(0.75);
  const forwards = random.chance(0.45);
  const sets = ([4, 6] as const).flatMap((version) => drawIpsets(random, version));
  const save = (version: Version): string =>
    drawSave({ random, version, exact, forwards, sets: sets.filter((set) => set.version === version) });
  const legacy = random.chance(0.25);
  const rules: IptablesRules = {
    ipset: sets.map(({ text }) => text).join(''),
    save4: save(4),
    save6: random.chance(0.8) ? save(6) : '',
    nft: random.chance(0.15)
      ? `table inet own { chain c { type filter hook input priority ${random.pick([-10, 10])}; policy accept; tcp dport ${random.pick([445, 139])} ip saddr ${drawSpan(random, 4).text} drop; }; }\n`
      : '',
    ...(legacy
      ? {
          legacy4: drawSave({ random, version: 4, exact, forwards, sets: [] }),
          legacy6: random.chance(0.5) ? drawSave({ random, version: 6, exact, forwards, sets: [] }) : '',
        }
      : {}),
  };
  return { rules, exact: exact && !asksForStrangeMarks(Object.values(rules).join('')), forwards };
}

/** A mark that no rule here writes comes from outside the rules, or is not there: they can't tell. */
const asksForStrangeMarks = (text: string): boolean => text.includes('-m mark ') && !text.includes('-j MARK ');

interface Ipset {
  readonly version: Version;
  readonly name: string;
  /** Match directions: "src" or "src,dst" for sets of two parts. */
  readonly by: readonly string[];
  readonly text: string;
}

interface Setting {
  readonly random: Random;
  readonly version: Version;
  readonly exact: boolean;
  readonly forwards: boolean;
  readonly sets: readonly Ipset[];
}

function drawIpsets(random: Random, version: Version): readonly Ipset[] {
  return Array.from({ length: random.between(0, 2) }, (_, index) => {
    const name = `s${version}${index}`;
    const family = version === 4 ? 'inet' : 'inet6';
    const kind = random.weigh([
      [5, 'hash:net'],
      [4, 'hash:ip'],
      [2, 'hash:ip,port'],
      [1, 'hash:net,iface'],
      [1, 'list:set'],
    ]);
    if (kind === 'list:set') {
      const text = `create ${name}m hash:net family ${family}\n${netMembers(random, version, `${name}m`)}create ${name} list:set\nadd ${name} ${name}m\n`;
      return { version, name, by: ['src'], text };
    }
    const members =
      kind === 'hash:ip'
        ? drawSpans(random, version, random.between(0, 4), true).map((text) => `add ${name} ${text}`)
        : kind === 'hash:ip,port'
          ? drawSpans(random, version, random.between(1, 4), true).map(
              (text) => `add ${name} ${text},tcp:${random.pick([445, 139])}`,
            )
          : kind === 'hash:net,iface'
            ? drawNets(random, version).map((text) => `add ${name} ${text},${random.pick(['eth0', 'wlan0'])}`)
            : [netMembers(random, version, name).trimEnd()];
    const timeout = kind === 'hash:ip' && random.chance(0.2) ? ' timeout 3600' : '';
    const text = `create ${name} ${kind} family ${family}${timeout}\n${members
      .filter((line) => line !== '')
      .map((line) => `${line}\n`)
      .join('')}`;
    const by =
      kind === 'hash:ip,port' ? ['src,dst'] : kind === 'hash:net,iface' ? ['src,src'] : ['src', 'src', 'src', 'dst'];
    return { version, name, by, text };
  });
}

function netMembers(random: Random, version: Version, name: string): string {
  return drawNets(random, version)
    .map((text) => `add ${name} ${text}${random.chance(0.15) ? ' nomatch' : ''}\n`)
    .join('');
}

/** Networks; ipset knows neither ranges of IPv6 nor a prefix length of 0. */
function drawNets(random: Random, version: Version): readonly string[] {
  const drawn = Array.from({ length: random.between(0, 4) }, () => drawSpan(random, version).text);
  return [...new Set(drawn)].filter((text) => !text.includes('-') && !text.endsWith('/0'));
}

function drawSave(setting: Setting): string {
  const { random, forwards } = setting;
  const parts = [
    random.chance(0.25) ? drawTable(setting, 'raw', ['PREROUTING']) : '',
    random.chance(0.25)
      ? drawTable(
          setting,
          'mangle',
          random.sample(forwards ? ['PREROUTING', 'INPUT', 'FORWARD'] : ['PREROUTING', 'INPUT'], random.between(1, 2)),
        )
      : '',
    random.chance(forwards ? 0.8 : 0.25) ? drawTable(setting, 'nat', ['PREROUTING']) : '',
    drawTable(setting, 'filter', forwards ? ['INPUT', 'FORWARD'] : ['INPUT']),
  ];
  return parts.join('');
}

function drawTable(setting: Setting, table: string, builtIn: readonly string[]): string {
  const { random } = setting;
  const own = Array.from({ length: random.between(0, 3) }, (_, index) => `${table}-c${index}`);
  const policy = (): string =>
    table === 'filter' && random.chance(0.45) ? 'DROP' : table === 'mangle' && random.chance(0.08) ? 'DROP' : 'ACCEPT';
  const rules = [
    ...builtIn.flatMap((chain) => drawChain(setting, table, chain, own, chain === 'FORWARD')),
    ...own.flatMap((chain, index) =>
      drawChain(setting, table, chain, own.slice(index + 1), builtIn.includes('FORWARD')),
    ),
  ];
  return [
    `*${table}`,
    ...builtIn.map((chain) => `:${chain} ${policy()} [0:0]`),
    ...own.map((chain) => `:${chain} - [0:0]`),
    ...rules,
    'COMMIT\n',
  ].join('\n');
}

function drawChain(
  setting: Setting,
  table: string,
  chain: string,
  targets: readonly string[],
  onward: boolean,
): readonly string[] {
  const { random } = setting;
  return Array.from({ length: random.between(0, 6) }, () => `-A ${chain} ${drawRule(setting, table, targets, onward)}`);
}

function drawRule(setting: Setting, table: string, targets: readonly string[], onward: boolean): string {
  const { random, version } = setting;
  const parts: string[] = [];
  const not = (): string => (random.chance(0.18) ? '! ' : '');
  const spans = (): string => {
    const { text } = drawSpan(random, version);
    return text.includes('-') ? single(random, version).text : text;
  };
  const source = spans();
  if (random.chance(0.5)) parts.push(`${source.endsWith('/0') ? '' : not()}-s ${source}`);
  if (random.chance(0.12)) parts.push(`${not()}-d ${random.pick(onward ? containers[version] : own[version])}`);
  const name = random.pick(['eth0', 'wlan0', 'eth+', 'wl+', 'lo', 'docker0', '+']);
  if (random.chance(0.2)) parts.push(`${not()}-i ${name}`);
  if (onward && random.chance(0.5))
    parts.push(
      `${random.chance(0.3) ? '! ' : ''}-o ${random.pick(['docker0', 've-smb', 'docker+', 've+', 'eth0', 'lo', '+'])}`,
    );
  if (onward && random.chance(0.06)) parts.push(`-m physdev ${random.chance(0.4) ? '! ' : ''}--physdev-is-bridged`);
  const target = drawTarget(setting, table, targets);
  const protocol = target.tcp || random.chance(0.65) ? 'tcp' : random.pick(['', '', 'udp', 'all']);
  if (protocol !== '') parts.push(`-p ${protocol}`);
  if (protocol === 'tcp' || protocol === 'udp') {
    const port = random.weigh<() => string>([
      [
        5,
        () =>
          `-m ${protocol} ${not()}--dport ${random.weigh([
            [6, '445'],
            [3, '139'],
            [1, '139:445'],
            [1, ':444'],
            [1, '446:'],
          ])}`,
      ],
      [
        3,
        () => `-m multiport ${not()}--dports ${random.pick(['139,445', '445', '137:139,445', '22,80,445', '1:444'])}`,
      ],
      [0.3, () => `-m multiport --ports ${random.pick(['445', '139,22'])}`],
      [
        0.6,
        () =>
          protocol === 'tcp'
            ? `-m tcp ${random.pick(['--syn', '! --syn', '--tcp-flags SYN,ACK SYN', '--tcp-flags FIN,SYN FIN,SYN'])}`
            : '',
      ],
      [2, () => ''],
    ])();
    parts.push(port);
  }
  if (random.chance(0.5)) parts.push(drawMatch(setting));
  if (random.chance(0.12))
    parts.push(
      `-m comment --comment ${random.pick(['"drop them all"', '"-j ACCEPT"', "it's", '"a \\"quoted\\" word"'])}`,
    );
  return [...parts, target.text].filter((part) => part !== '').join(' ');
}

function drawMatch({ random, version, exact, sets }: Setting): string {
  const not = random.chance(0.2) ? '! ' : '';
  const open = exact ? 0 : 1;
  return random.weigh<() => string>([
    [2, () => `-m iprange ${not}--src-range ${rangeOf(random, version)}`],
    [
      sets.length > 0 ? 4 : 0,
      () => {
        const set = random.pick(sets);
        return `-m set ${not}--match-set ${set.name} ${random.pick(set.by)}`;
      },
    ],
    [
      1.5,
      () =>
        `-m addrtype ${not}--dst-type ${random.pick(['LOCAL', 'LOCAL', version === 4 ? 'BROADCAST' : 'MULTICAST', 'UNICAST'])}`,
    ],
    [
      3,
      () =>
        `-m conntrack ${not}--ctstate ${random.pick(['NEW', 'RELATED,ESTABLISHED', 'INVALID', 'NEW,ESTABLISHED', 'DNAT', 'UNTRACKED'])}`,
    ],
    [1.5, () => `-m state ${not}--state ${random.pick(['NEW', 'RELATED,ESTABLISHED', 'INVALID', 'UNTRACKED'])}`],
    [0.8, () => `-m mark ${not}--mark ${random.pick(['0x1', '0x0', '0x1/0x1', '0x2/0x3'])}`],
    [0.8, () => `-m pkttype ${not}--pkt-type ${random.pick(['unicast', 'broadcast', 'multicast'])}`],
    [open, () => `-m limit --limit 3/hour --limit-burst 2`],
    [open, () => `-m statistic --mode random ${not}--probability 0.5`],
    [open, () => `-m length ${not}--length 40:60`],
    [open, () => `-m conntrack --ctorigdstport 445`],
    [open, () => (version === 4 ? '-m ttl --ttl-gt 1' : '-m hl --hl-gt 1')],
    [open, () => `-m connlimit --connlimit-above 2`],
    [open, () => `-m recent --name r --update --seconds 60`],
    [open, () => `-m mac --mac-source 02:00:00:00:00:01`],
  ])();
}

function rangeOf(random: Random, version: Version): string {
  for (;;) {
    const { text } = drawSpan(random, version);
    if (text.includes('-')) return text;
  }
}

function drawTarget(
  { random, version, exact, forwards }: Setting,
  table: string,
  targets: readonly string[],
): { readonly text: string; readonly tcp: boolean } {
  const to = random.pick(['445', '139', '8445']);
  const address = random.pick(forwards && random.chance(0.85) ? containers[version] : own[version]);
  const there = targets.length > 0 ? 1 : 0;
  const plain =
    (text: string, tcp = false): (() => { text: string; tcp: boolean }) =>
    () => ({ text, tcp });
  return random.weigh<() => { text: string; tcp: boolean }>([
    [8, plain('-j ACCEPT')],
    [table === 'nat' ? 0 : 7, plain('-j DROP')],
    [
      table === 'filter' ? 2 : 0,
      plain(
        `-j REJECT --reject-with ${version === 4 ? random.pick(['icmp-port-unreachable', 'icmp-host-prohibited']) : 'icmp6-adm-prohibited'}`,
      ),
    ],
    [table === 'filter' ? 1 : 0, plain('-j REJECT --reject-with tcp-reset', true)],
    [3, plain('-j RETURN')],
    [5 * there, () => ({ text: `-j ${random.pick(targets)}`, tcp: false })],
    [3 * there, () => ({ text: `-g ${random.pick(targets)}`, tcp: false })],
    [1, plain('')],
    [table === 'nat' ? 8 : 0, plain(`-j REDIRECT --to-ports ${to}`, true)],
    [
      table === 'nat' ? (forwards ? 12 : 5) : 0,
      plain(`-j DNAT --to-destination ${version === 4 ? address : `[${address}]`}:${to}`, true),
    ],
    [
      table === 'mangle' ? 5 : 0,
      plain(`-j MARK --set-xmark ${random.pick(['0x1/0xffffffff', '0x2/0x2', '0x0/0xffffffff'])}`),
    ],
    [table === 'raw' ? 3 : 0, plain('-j CT --notrack')],
    [table === 'raw' ? 1 : 0, plain('-j NOTRACK')],
    [exact ? 0 : 1, plain('-m recent --name r --set')],
    [table === 'mangle' && !exact ? 1 : 0, plain('-j CONNMARK --save-mark')],
  ])();
}
