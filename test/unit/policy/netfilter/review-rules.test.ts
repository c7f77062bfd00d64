// Each construct of nftables in a ruleset of its own: who gets in, and is it said when that can't be told?
import { describe, expect, it } from 'vitest';
import {
  accept,
  ct,
  drop,
  from,
  goto,
  jump,
  match,
  meta,
  payload,
  port445,
  reachOf,
  review,
  table,
} from './ruleset-builder';

/** An input chain that drops all but what these rules accept, for addresses of IPv4. */
const guarded = (rules: readonly (readonly unknown[])[], ...others: Parameters<typeof table>[0]) =>
  table([...others, { name: 'in', hook: 'input', policy: 'drop', rules }]);
const desk = '10.9.9.9';

describe('verdicts and chains', () => {
  it('a drop after an accept in another base chain is final', () => {
    const two = table([
      { name: 'a', hook: 'input', prio: -10, rules: [[port445, accept]] },
      {
        name: 'b',
        hook: 'input',
        prio: 10,
        rules: [
          [port445, from(desk), accept],
          [port445, drop],
        ],
      },
    ]);
    expect(reachOf(review(two))).toBe('10.9.9.9/32 |');
  });

  it('jump comes back, goto does not', () => {
    const other = { name: 'x', rules: [[from('10.0.0.0/8'), accept]] };
    expect(reachOf(review(guarded([[jump('x')], [from(desk), accept], [from('1.2.3.4'), accept]], other)))).toBe(
      '1.2.3.4/32 10.0.0.0/8 |',
    );
    expect(reachOf(review(guarded([[goto('x')], [from('1.2.3.4'), accept]], other)))).toBe('10.0.0.0/8 |');
  });

  it('return in a base chain is its policy', () => {
    expect(reachOf(review(guarded([[from(desk), { return: null }], [accept]])))).toContain(' | ::/0');
    expect(review(guarded([[{ return: null }], [accept]])).verdict).toBe('closed');
  });

  it('a chain that nothing leads to does nothing', () => {
    expect(review(table([{ name: 'x', rules: [[drop]] }])).verdict).toBe('open');
  });

  it('an ip table leaves IPv6 alone', () => {
    expect(reachOf(review(table([{ name: 'in', hook: 'input', policy: 'drop' }], 'ip')))).toBe('| ::/0');
  });

  it('reject with icmp is for IPv4 only, though the listing does not say so', () => {
    const rejecting = table([
      { name: 'in', hook: 'input', rules: [[port445, { reject: { type: 'icmp', expr: 'host-unreachable' } }]] },
    ]);
    expect(reachOf(review(rejecting))).toBe('| ::/0');
  });

  it('arp and bridge tables close nothing', () => {
    expect(review(table([{ name: 'in', hook: 'input', policy: 'drop' }], 'bridge')).verdict).toBe('open');
  });
});

describe('matches', () => {
  const state = (right: unknown, op: string) => [match(ct('state'), right, op), accept];
  it.each([
    ['a network', [from({ prefix: { addr: '10.0.0.0', len: 8 } })], '10.0.0.0/8 |'],
    ['a range', [from({ range: ['10.0.0.1', '10.0.0.2'] })], '10.0.0.1/32 10.0.0.2/32 |'],
    [
      'a set with a member that is out',
      [from({ set: [desk, { elem: { val: '1.1.1.1', timeout: 5, expires: 0 } }] })],
      '10.9.9.9/32 |',
    ],
    [
      'a mask with gaps',
      [match({ '&': [payload('ip', 'saddr'), '255.255.255.253'] }, '10.0.0.1')],
      '10.0.0.1/32 10.0.0.3/32 |',
    ],
    ['greater than', [from('255.255.255.253', '>')], '255.255.255.254/31 |'],
    [
      'two fields at once',
      [
        match(
          { concat: [payload('ip', 'saddr'), payload('tcp', 'dport')] },
          { set: [{ concat: [desk, { range: [440, 450] }] }, { concat: ['1.1.1.1', 80] }] },
        ),
      ],
      '10.9.9.9/32 |',
    ],
    ['another family', [match(meta('nfproto'), 'ipv6')], '| ::/0'],
    ['another protocol', [match(payload('udp', 'dport'), 445)], '|'],
    [
      'the port as raw bytes',
      [match({ payload: { base: 'th', offset: 16, len: 16 } }, 445), from(desk)],
      '10.9.9.9/32 |',
    ],
    [
      'the first flags',
      [match({ '&': [payload('tcp', 'flags'), ['syn', 'ack']] }, 'syn'), from(desk)],
      '10.9.9.9/32 |',
    ],
  ])('%s', (_, conditions, reach) => {
    const found = review(guarded([[...conditions, accept]]));
    expect([reachOf(found), found.unsure]).toEqual([reach, []]);
  });

  it('a new connection is new, and nothing else', () => {
    expect(review(guarded([state(['established', 'related'], 'in')])).verdict).toBe('closed');
    expect(review(guarded([state('new', 'in')])).verdict).toBe('open');
    expect(review(guarded([state('invalid', '!=')])).verdict).toBe('open');
  });

  it('"ct state != a,b" compares the whole value, so it always holds', () => {
    expect(review(guarded([state({ '|': ['new', 'invalid'] }, '!=')])).verdict).toBe('open');
  });

  it('an extension header may stand before TCP: a drop by the next header closes nothing', () => {
    const rules = [[match(payload('ip6', 'nexthdr'), 'tcp'), port445, drop]];
    expect(reachOf(review(table([{ name: 'in', hook: 'input', rules }])))).toContain('::/0');
  });

  it('a caller may add flags: a drop of exactly SYN closes nothing, and that is said', () => {
    const found = review(
      table([{ name: 'in', hook: 'input', rules: [[match(payload('tcp', 'flags'), 'syn'), drop]] }]),
    );
    expect(found).toMatchObject({ verdict: 'open', unsure: [{ why: 'depends on flags that the caller chooses' }] });
  });

  it('interfaces by name, by beginning, and all others', () => {
    const rules = [
      [match(meta('iifname'), 'wl*'), drop],
      [match(meta('iifname'), 'lo', '!='), from(desk), accept],
    ];
    const found = review(guarded(rules));
    expect(['eth0', 'wlan0', 'wlp9', 'tun0'].map((name) => reachOf(found, name))).toEqual([
      '10.9.9.9/32 |',
      '|',
      '10.9.9.9/32 |',
      '10.9.9.9/32 |',
    ]);
    expect(found.reach.find((entry) => entry.interface === 'wl*')).toMatchObject({ ipv4: [], ipv6: [] });
  });

  it('tells own addresses apart', () => {
    const found = review(guarded([[match(payload('ip', 'daddr'), '10.0.0.5'), accept]]));
    expect(found.reach.slice(-1)).toEqual([
      { interface: '*', profile: null, ipv4: ['0.0.0.0/0'], ipv6: [], to: ['10.0.0.5'] },
    ]);
  });
});

describe('what can not be told', () => {
  const unknown = [{ teleport: null }];
  it.each([
    ['a limit', [[{ limit: { rate: 5, per: 'second' } }, accept]]],
    ['a queue', [[{ queue: { num: 0 } }]]],
    ['a statement of the future', [unknown]],
    ['an iptables target without its parameters', [[{ xt: { type: 'target', name: 'TPROXY' } }]]],
    ['an object with two keys', [[{ counter: null, accept: null }]]],
    ['a rule that is no list', [[5]]],
    ['a map that is not there', [[{ vmap: { key: payload('tcp', 'dport'), data: '@gone' } }]]],
    ['a chain that is not there', [[jump('gone')]]],
    ['a rewritten port', [[{ mangle: { key: payload('tcp', 'dport'), value: 80 } }]]],
  ])('%s counts as letting through, and is named', (_, rules) => {
    const found = review(guarded(rules));
    expect(found.verdict).toBe('open');
    expect(found.unsure).not.toEqual([]);
  });

  it.each([
    ['a limit', [{ limit: { rate: 5, per: 'second' } }]],
    ['the hour', [match(meta('hour'), '08:00')]],
    ['a set that rules write to', [from('@seen')]],
    ['a set that is not there', [from('@gone')]],
  ])('a drop that depends on %s closes nothing', (_, conditions) => {
    const writes = [{ set: { op: 'add', elem: payload('ip', 'saddr'), set: '@seen' } }];
    const seen = [{ set: { name: 'seen', type: 'ipv4_addr', elem: [desk], flags: ['timeout'] } }];
    const rules = [[...conditions, drop], writes];
    expect(reachOf(review(table([{ name: 'in', hook: 'input', rules }], 'inet', 't', seen)))).toBe('0.0.0.0/0 | ::/0');
  });

  it('is not named where a later rule decides all the same', () => {
    const rules = [
      [{ limit: { rate: 5, per: 'second' } }, from(desk), accept],
      [from('10.0.0.0/8'), accept],
    ];
    expect(review(guarded(rules)).unsure).toEqual([]);
  });

  it('a table with flags closes nothing until the listing says that it is on', () => {
    const flagged = table([{ name: 'in', hook: 'input', policy: 'drop' }]).map((object) =>
      'table' in object ? { table: { ...(object.table as object), flags: 'd' } } : object,
    );
    const text = (flags: string) =>
      `table inet t {\n\tflags ${flags}\n\n\tchain in {\n\t\ttype filter hook input priority filter; policy drop;\n\t}\n}\n`;
    expect(review(flagged)).toMatchObject({ verdict: 'open', unsure: [{}] });
    expect(review(flagged, { rulesetText: text('owner') }).verdict).toBe('closed');
    expect(review(flagged, { rulesetText: text('dormant') })).toMatchObject({ verdict: 'open', unsure: [] });
  });

  it('an ingress chain closes only the interfaces that the listing names', () => {
    const early = table([{ name: 'i', hook: 'ingress', policy: 'drop' }], 'netdev');
    const text =
      'table netdev t {\n\tchain i {\n\t\ttype filter hook ingress devices = { eth0, tun1 } priority filter; policy drop;\n\t}\n}\n';
    expect(review(early).verdict).toBe('open');
    const found = review(early, { rulesetText: text });
    expect(['eth0', 'tun1', 'wlan0'].map((name) => reachOf(found, name))).toEqual(['|', '|', '0.0.0.0/0 | ::/0']);
  });
});

describe('translation, marks and tracking', () => {
  const nat = (rules: readonly (readonly unknown[])[]) => ({
    name: 'pre',
    hook: 'prerouting',
    type: 'nat',
    prio: -100,
    rules,
  });
  const guard = { name: 'in', hook: 'input', rules: [[match(meta('iifname'), 'lo', '!='), port445, drop]] };

  it('a redirect to a port where a program waits leads around a drop; to one where none waits it closes', () => {
    const to = (port: number) => review(table([nat([[port445, { redirect: { port } }]]), guard]));
    expect(to(139)).toMatchObject({ verdict: 'open', unsure: [] });
    expect(to(8445).verdict).toBe('closed');
  });

  it('a port is led to another address: open, for what answers there is not known', () => {
    const found = review(table([nat([[port445, { dnat: { addr: '172.17.0.2', port: 445 } }]]), guard]));
    expect(reachOf(found)).toContain('0.0.0.0/0');
    expect(found.unsure).toMatchObject([{ why: expect.stringContaining('what answers') }]);
  });

  it('names a rule that leads another port here', () => {
    const found = review(table([nat([[match(payload('tcp', 'dport'), 9445), { redirect: { port: 445 } }]]), guard]));
    expect(found.verdict).toBe('closed');
    expect(found.because).toContainEqual(expect.objectContaining({ says: 'leads another port to 445' }));
  });

  it('a nat chain that only drops is not relied on, since nothing makes the kernel track connections', () => {
    expect(review(table([nat([[drop]])])).verdict).toBe('open');
  });

  it('marks are followed from the rule that writes them', () => {
    const marking = {
      name: 'pre',
      hook: 'prerouting',
      prio: -150,
      rules: [[from(desk), { mangle: { key: meta('mark'), value: 7 } }]],
    };
    const found = review(
      table([marking, { name: 'in', hook: 'input', policy: 'drop', rules: [[match(meta('mark'), 7), accept]] }]),
    );
    expect([reachOf(found), found.unsure]).toEqual(['10.9.9.9/32 |', []]);
  });

  it('a connection that is not tracked is neither new nor translated', () => {
    const raw = { name: 'raw', hook: 'prerouting', prio: -300, rules: [[port445, { notrack: null }]] };
    const rules = [
      [match(ct('state'), 'new', 'in'), accept],
      [match(ct('state'), 'untracked', 'in'), from(desk), accept],
    ];
    expect(reachOf(review(table([raw, { name: 'in', hook: 'input', policy: 'drop', rules }])))).toBe('10.9.9.9/32 |');
  });

  it('of two chains of a table at one priority the newer runs first', () => {
    const marking = { name: 'a', hook: 'input', rules: [[{ mangle: { key: meta('mark'), value: 1 } }]] };
    const dropping = { name: 'b', hook: 'input', rules: [[match(meta('mark'), 1, '!='), drop]] };
    expect(review(table([marking, dropping])).verdict).toBe('closed');
    expect(review(table([dropping, marking])).verdict).toBe('open');
  });

  it('of two tables at one priority the order can not be told, and that is said', () => {
    const marking = { name: 'a', hook: 'input', rules: [[{ mangle: { key: meta('mark'), value: 1 } }]] };
    const dropping = { name: 'b', hook: 'input', rules: [[match(meta('mark'), 1, '!='), drop]] };
    const found = review([...table([marking], 'inet', 'one'), ...table([dropping], 'inet', 'two')]);
    expect(found).toMatchObject({ verdict: 'open', unsure: [{ why: expect.stringContaining('same priority') }] });
  });

  it('a rule that stops only the answer is named, and counted as open', () => {
    const found = review(
      table([{ name: 'out', hook: 'output', rules: [[match(payload('tcp', 'sport'), 445), drop]] }]),
    );
    expect(found).toMatchObject({ verdict: 'open', unsure: [{ why: expect.stringContaining('answer') }] });
  });
});

describe('what decided', () => {
  it('names rules that let in, that keep out, and that come too late', () => {
    const found = review(
      guarded([
        [from('10.0.0.0/8'), accept],
        [from(desk), port445, drop],
      ]),
    );
    expect(found.because).toEqual([
      {
        effect: 'allow',
        rule: 'ip saddr 10.0.0.0/8 accept',
        where: 'inet t in handle 1',
        says: null,
        advice: 'nft delete rule inet t in handle 1',
      },
      { effect: 'default', rule: 'policy drop', where: 'inet t in', says: null, advice: null },
      {
        effect: 'shadowed',
        rule: 'ip saddr 10.9.9.9 tcp dport 445 drop',
        where: 'inet t in handle 2',
        says: null,
        advice: null,
      },
    ]);
  });

  it('says so where no rule keeps anybody out', () => {
    expect(review([])).toMatchObject({
      verdict: 'open',
      because: [{ effect: 'default', rule: 'no rule keeps anybody out' }],
      unsure: [],
    });
  });
});

describe('owners', () => {
  const saved = `*filter
:INPUT DROP [0:0]
:ufw-user-input - [0:0]
-A INPUT -j ufw-user-input
-A ufw-user-input -s 192.168.1.0/24 -p tcp -m tcp --dport 445 -j ACCEPT
COMMIT
`;
  const hooked = { name: 'INPUT', hook: 'input', policy: 'drop', rules: [[{ counter: null }, jump('ufw-user-input')]] };
  const user = {
    name: 'ufw-user-input',
    rules: [[from({ prefix: { addr: '192.168.1.0', len: 24 } }), { xt: { type: 'match', name: 'tcp' } }, accept]],
  };

  it('ufw: in its own words, with its own command', () => {
    const found = review(table([user, hooked], 'ip', 'filter'), { iptablesSave: saved });
    expect(found.because).toContainEqual({
      effect: 'allow',
      rule: '-A ufw-user-input -s 192.168.1.0/24 -p tcp -m tcp --dport 445 -j ACCEPT',
      where: 'iptables filter ufw-user-input',
      says: 'ufw allows 445/tcp from 192.168.1.0/24',
      advice: 'ufw delete allow from 192.168.1.0/24 to any port 445 proto tcp',
    });
    expect(reachOf(found)).toBe('192.168.1.0/24 | ::/0');
  });

  it('a saved text that does not fit what nft tells is not believed', () => {
    const more = { ...user, rules: [...user.rules, [accept]] };
    expect(reachOf(review(table([more, hooked], 'ip', 'filter'), { iptablesSave: saved }))).toBe('0.0.0.0/0 | ::/0');
  });

  it('firewalld: the zone and the service', () => {
    const zone = {
      name: 'filter_IN_home_allow',
      rules: [
        [match(payload('tcp', 'dport'), 139), accept],
        [port445, accept],
      ],
    };
    const input = {
      name: 'filter_INPUT',
      hook: 'input',
      prio: 10,
      rules: [[jump('filter_IN_home_allow')], [{ reject: { type: 'icmpx', expr: 'admin-prohibited' } }]],
    };
    expect(review(table([zone, input], 'inet', 'firewalld')).because).toContainEqual(
      expect.objectContaining({
        says: 'firewalld zone home has service samba',
        advice: 'firewall-cmd --permanent --zone=home --remove-service=samba && firewall-cmd --reload',
      }),
    );
  });
});
