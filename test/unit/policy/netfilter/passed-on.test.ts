// Connections that a rule leads to another PC or a container: who gets through the forward hook, by every form in which a rule can ask for the way out.

import { describe, expect, it } from 'vitest';
import type { Cidr } from '../../../../main/model/address';
import type { LinuxPolicy, Review, ReviewHost } from '../../../../main/model/review';
import { reviewLinux } from '../../../../main/policy/netfilter/review';
import { spoken } from '../../in-english';
import { accept, bare, drop, jump, listing, match, meta, payload, port445, reachOf, table } from './ruleset-builder';

const container = '172.17.0.2';
const everywhere = '0.0.0.0/0 |';
const nowhere = '|';

const hostWith = (more: Partial<ReviewHost>): LinuxPolicy['host'] => ({
  interfaces: { lo: ['127.0.0.1/8'], eth0: ['10.0.0.5/24'], docker0: ['172.17.0.1/16'] },
  listening: [],
  ...more,
});
const route = (destination: string, name: string | null) => ({ destination: destination as Cidr, interface: name });
const routes = (...ipv4: readonly ReturnType<typeof route>[]): Partial<ReviewHost> => ({ routes: { ipv4 } });
const toDocker = routes(route('0.0.0.0/0', 'eth0'), route('172.17.0.0/16', 'docker0'), route('172.17.5.0/24', 'wlan0'));
const toLan = routes(route('0.0.0.0/0', 'eth0'), route('172.17.0.0/16', 'docker0'), route('172.17.0.2/32', 'lan1'));

/** What is known of the way out, and by which interface the container is reached; null = it can't be told. */
const ways: readonly (readonly [string, Partial<ReviewHost>, string | null])[] = [
  ['the routes lead to docker0', toDocker, 'docker0'],
  ['a longer route leads elsewhere', toLan, 'lan1'],
  ['the routes are not known', {}, null],
  ['those of the other family are known only', { routes: { ipv6: [route('::/0', 'eth0')] } }, null],
  ['no route holds it', routes(route('10.0.0.0/8', 'eth0')), null],
  ['the route does not tell its interface', routes(route('172.17.0.0/16', null)), null],
  [
    'two routes of one length lead to two interfaces',
    routes(route('172.17.0.0/16', 'docker0'), route('172.17.0.0/16', 'lan1')),
    null,
  ],
];

const out = (right: unknown, op = '==', key = 'oifname'): unknown => match(meta(key), right, op);
const verdicts = (verdict: unknown, ...names: readonly string[]) => names.map((name) => [name, verdict]);
const vmap = (pairs: readonly unknown[], key: unknown = meta('oifname')) => ({ vmap: { key, data: { set: pairs } } });
const both = { concat: [meta('oifname'), payload('tcp', 'dport')] };
const pairOf = (name: string, port: number) => ({ concat: [name, port] });

/** A rule with this verdict for packets that leave by docker0, or for all others. */
type Form = readonly [string, (verdict: unknown) => readonly unknown[], (name: string) => boolean];
const isDocker = (name: string): boolean => name === 'docker0';
const others = (name: string): boolean => name !== 'docker0';
const forms: readonly Form[] = [
  ['oifname', (verdict) => [out('docker0'), verdict], isDocker],
  ['oif', (verdict) => [out('docker0', '==', 'oif'), verdict], isDocker],
  ['not oifname', (verdict) => [out('docker0', '!='), verdict], others],
  ['not oif', (verdict) => [out('docker0', '!=', 'oif'), verdict], others],
  ['a pattern', (verdict) => [out('docker*'), verdict], isDocker],
  ['not a pattern', (verdict) => [out('docker*', '!='), verdict], others],
  ['a set', (verdict) => [out({ set: ['docker0', 'virbr0'] }), verdict], isDocker],
  ['not in a set', (verdict) => [out({ set: ['docker0', 'virbr0'] }, '!='), verdict], others],
  ['a named set', (verdict) => [out('@names'), verdict], isDocker],
  ['not in a named set', (verdict) => [out('@names', '!='), verdict], others],
  ['a verdict map', (verdict) => [vmap(verdicts(verdict, 'docker0', 'virbr0'))], isDocker],
  ['a map of patterns', (verdict) => [vmap(verdicts(verdict, 'docker*'))], isDocker],
  [
    'all that a map leaves',
    (verdict) => [
      vmap([
        ['docker0', { continue: null }],
        ['*', verdict],
      ]),
    ],
    others,
  ],
  [
    'a concatenation',
    (verdict) => [match(both, { set: [pairOf('docker0', 445), pairOf('lan1', 22)] }), verdict],
    isDocker,
  ],
  ['not a concatenation', (verdict) => [match(both, { set: [pairOf('docker0', 445)] }, '!='), verdict], others],
  ['a map of concatenations', (verdict) => [vmap([[pairOf('docker0', 445), verdict]], both)], isDocker],
  ['a chain by the way out', (verdict) => [vmap([['docker0', jump(verdict === accept ? 'yes' : 'no')]])], isDocker],
];

const names = { set: { name: 'names', type: 'ifname', elem: ['docker0', 'br-1'] } };
/** The PC itself takes nothing; what is for 445 is led to the container, and goes through this forward chain. */
const leading = (policy: string, rules: readonly (readonly unknown[])[]): string =>
  listing(
    table(
      [
        { name: 'pre', hook: 'prerouting', type: 'nat', prio: -100, rules: [[port445, dnat]] },
        { name: 'in', hook: 'input', policy: 'drop' },
        { name: 'on', hook: 'forward', policy, rules },
        { name: 'yes', rules: [[accept]] },
        { name: 'no', rules: [[drop]] },
      ],
      'inet',
      't',
      [names],
    ),
  );
const dnat = { dnat: { family: 'ip', addr: container } };
const about = (rulesetJson: string, more: Partial<ReviewHost>, beside: Partial<LinuxPolicy> = {}): Review =>
  spoken(reviewLinux({ ...bare, rulesetJson, host: hostWith(more), ...beside }, { proto: 'tcp', port: 445 }));

describe.each(ways)('where %s', (_, known, leaves) => {
  it.each(forms)('%s decides about what is passed on', (_name, form, holds) => {
    const letting = about(leading('drop', [form(accept)]), known);
    const stopping = about(leading('accept', [form(drop)]), known);
    if (leaves === null) {
      // It may hold or not: whatever either lets through counts as open, and the rule is named.
      expect([reachOf(letting), reachOf(stopping)]).toEqual([everywhere, everywhere]);
      for (const { unsure } of [letting, stopping])
        expect(unsure.map(({ why }) => why).join('; ')).toContain('the interface it leaves by');
      return;
    }
    expect(reachOf(letting)).toBe(holds(leaves) ? everywhere : nowhere);
    expect(reachOf(stopping)).toBe(holds(leaves) ? nowhere : everywhere);
    for (const { unsure } of [letting, stopping])
      expect(unsure.map(({ why }) => why).join('; ')).not.toContain('the interface it leaves by');
  });

  it.each([
    ['-o docker0', isDocker],
    ['! -o docker0', others],
    ['-o docker+', isDocker],
    ['! -o docker+', others],
    ['! -i docker0 -o docker0', isDocker],
  ] as const)('iptables %s does', (match, holds) => {
    const save = (policy: string, verdict: string): string =>
      [
        '*nat',
        ':PREROUTING ACCEPT [0:0]',
        `-A PREROUTING -p tcp -m tcp --dport 445 -j DNAT --to-destination ${container}:445`,
        'COMMIT',
        '*filter',
        ':INPUT DROP [0:0]',
        `:FORWARD ${policy} [0:0]`,
        ':DOCKER - [0:0]',
        `-A FORWARD ${match} -j DOCKER`,
        `-A DOCKER -d ${container}/32 -p tcp -m tcp --dport 445 -j ${verdict}`,
        'COMMIT',
        '',
      ].join('\n');
    const judged = (policy: string, verdict: string): string =>
      reachOf(about(listing([]), known, { iptablesLegacy: save(policy, verdict), ip6tablesLegacy: dropping6 }));
    const [yes, no] = [holds('docker0'), leaves !== null && holds(leaves)];
    expect(judged('DROP', 'ACCEPT')).toBe(leaves === null || no ? everywhere : nowhere);
    expect(judged('ACCEPT', 'DROP')).toBe(leaves === null || !no ? everywhere : nowhere);
    expect(yes || leaves !== 'docker0' || !no).toBe(true);
  });
});

const dropping6 = '*filter\n:INPUT DROP [0:0]\nCOMMIT\n';

describe('a rule about the way out', () => {
  it('never holds for what stays on this PC, whatever the routes say', () => {
    const inward = table([{ name: 'in', hook: 'input', policy: 'drop', rules: [[out('docker0'), accept]] }]);
    expect(about(listing(inward), toDocker).verdict).toBe('closed');
  });

  it('that stands in a chain which input and forward share is judged in each', () => {
    const shared = (verdict: unknown) =>
      table([
        { name: 'pre', hook: 'prerouting', type: 'nat', prio: -100, rules: [[port445, dnat]] },
        { name: 'in', hook: 'input', policy: 'drop', rules: [[jump('x')]] },
        { name: 'on', hook: 'forward', policy: 'drop', rules: [[jump('x')]] },
        { name: 'x', rules: [[out('docker0'), verdict]] },
      ]);
    expect(reachOf(about(listing(shared(accept)), toDocker))).toBe(everywhere);
    expect(reachOf(about(listing(shared(drop)), toDocker))).toBe(nowhere);
  });

  it('whose container is not known may hold or not', () => {
    const unknownTarget = { dnat: { family: 'ip', addr: { map: { key: { ct: { key: 'mark' } }, data: '@x' } } } };
    const rules = table([
      { name: 'pre', hook: 'prerouting', type: 'nat', prio: -100, rules: [[port445, unknownTarget]] },
      { name: 'in', hook: 'input', policy: 'drop' },
      { name: 'on', hook: 'forward', policy: 'drop', rules: [[out('docker0'), accept]] },
    ]);
    expect(reachOf(about(listing(rules), toLan))).toBe(everywhere);
  });

  it('is said to be why somebody gets in', () => {
    const { because } = about(leading('drop', [[out('docker0'), accept]]), toDocker);
    expect(because.filter(({ effect }) => effect === 'allow').map(({ where }) => where)).toEqual(
      expect.arrayContaining(['inet t on handle 1']),
    );
    const byPolicy = about(leading('accept', []), toDocker);
    expect(byPolicy.because).toContainEqual(expect.objectContaining({ effect: 'default', where: 'inet t on' }));
  });
});

describe('a rule about bridges', () => {
  const bridged = (match: string): string =>
    [
      '*nat',
      ':PREROUTING ACCEPT [0:0]',
      `-A PREROUTING -p tcp -m tcp --dport 445 -j DNAT --to-destination ${container}`,
      'COMMIT',
      '*filter',
      ':INPUT DROP [0:0]',
      ':FORWARD DROP [0:0]',
      `-A FORWARD -m physdev ${match} -j ACCEPT`,
      'COMMIT',
      '',
    ].join('\n');
  const on = (name: string, match: string, known: Partial<ReviewHost>): string =>
    reachOf(about(listing([]), known, { iptablesLegacy: bridged(match), ip6tablesLegacy: dropping6 }), name);
  const bridges = { bridges: { docker0: ['veth1'], br0: ['lan9'] } };

  it.each(['--physdev-is-bridged', '--physdev-is-out', '--physdev-out veth1'])(
    '(%s) may hold where a bridge may carry it on',
    (match) => {
      expect(on('eth0', match, {})).toBe(everywhere);
      expect(on('docker0', match, { ...toDocker, ...bridges })).toBe(everywhere);
      expect(on('docker0', match, bridges)).toBe(everywhere);
    },
  );

  it.each(['--physdev-is-bridged', '--physdev-is-out', '--physdev-out veth1'])(
    '(%s) does not hold for what is routed',
    (match) => {
      expect(on('eth0', match, bridges)).toBe(nowhere);
      expect(on('eth0', match, toDocker)).toBe(nowhere);
      expect(on('docker0', match, { ...toLan, ...bridges })).toBe(nowhere);
    },
  );

  it.each(['! --physdev-is-bridged', '! --physdev-is-out'])('(%s) holds for what is routed', (match) => {
    expect(on('eth0', match, { ...toDocker, ...bridges })).toBe(everywhere);
  });
});

describe('with our shield up', () => {
  const shield = table(
    [
      { name: 'before', hook: 'prerouting', prio: -2000, rules: [[port445, { goto: { target: 'judge' } }]] },
      { name: 'inside', hook: 'input', prio: -2000, rules: [[port445, { goto: { target: 'judge' } }]] },
      { name: 'judge', rules: [[match(payload('ip', 'saddr'), '10.0.0.20'), accept], [drop]] },
    ],
    'inet',
    'breakwater',
  );
  const docker = (rules: readonly (readonly unknown[])[]) =>
    table([
      { name: 'pre', hook: 'prerouting', type: 'nat', prio: -100, rules: [[port445, dnat]] },
      { name: 'in', hook: 'input', policy: 'drop' },
      { name: 'on', hook: 'forward', policy: 'drop', rules },
    ]);

  it.each([
    ['known', toDocker],
    ['not known', {}],
  ])('its exceptions get in to a published container, the routes being %s', (_, known) => {
    const judged = about(listing([...shield, ...docker([[out('docker0'), accept]])]), known);
    expect([judged.verdict, reachOf(judged)]).toEqual(['partly', '10.0.0.20/32 |']);
  });
});
