// Routes and bridges from what `ip -j -batch` prints (iproute2 6.1, Debian 12): what decides, and what makes them not known.
import { describe, expect, it } from 'vitest';
import { readWaysOn } from '../../../../main/host/linux/read-ways-on';

const usual4 =
  '[{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"},{"priority":32767,"src":"all","table":"default"}]';
const usual6 = '[{"priority":0,"src":"all","table":"local"},{"priority":32766,"src":"all","table":"main"}]';
const routes4 =
  '[{"dst":"default","gateway":"10.0.0.1","dev":"eth0","flags":[]},{"dst":"172.17.0.0/16","dev":"docker0","protocol":"kernel","scope":"link","prefsrc":"172.17.0.1","flags":[]}]';
const routes6 = '[{"dst":"fe80::/64","dev":"docker0","protocol":"kernel","metric":256,"flags":[],"pref":"medium"}]';
const bridges = '[{"ifindex":2,"ifname":"docker0","flags":["UP"]},{"ifindex":3,"ifname":"br-0","flags":[]}]';
const ports = '[{},{},{"ifindex":4,"link":"v1","ifname":"veth0","master":"docker0"}]';
const four = (rules = usual4, routes = routes4) => `${[rules, routes, bridges, ports].join('\n')}\n`;
const six = (rules = usual6, routes = routes6) => `${[rules, routes].join('\n')}\n`;

const read = (printed: { readonly four?: string | null; readonly six?: string | null }) =>
  readWaysOn(async ([, version]) => (version === '-4' ? (printed.four ?? null) : (printed.six ?? null)));

describe('where packets are passed on', () => {
  it('is told by the main tables, and bridges by their ports', async () => {
    expect(await read({ four: four(), six: six() })).toEqual({
      routes: {
        ipv4: [
          { destination: '0.0.0.0/0', interface: 'eth0' },
          { destination: '172.17.0.0/16', interface: 'docker0' },
        ],
        ipv6: [{ destination: 'fe80::/64', interface: 'docker0' }],
      },
      bridges: { docker0: ['veth0'], 'br-0': [] },
    });
  });

  it.each([
    ['a mark', '{"priority":100,"src":"all","fwmark":"0x1","table":"52"}'],
    ['a source', '{"priority":100,"src":"10.0.0.0","srclen":8,"table":"main"}'],
    ['an incoming interface', '{"priority":100,"src":"all","iif":"eth0","table":"main"}'],
    ['a network of its own (VRF)', '{"priority":1000,"src":"all","l3mdev":null}'],
    ['everything, to another table', '{"priority":32765,"src":"all","table":"7"}'],
    [
      'the main table, but not for its default route',
      '{"priority":5,"src":"all","table":"main","suppress_prefixlen":0}',
    ],
    ['a rule turned round', '{"priority":32766,"not":null,"src":"all","table":"main"}'],
  ])('is not known where a rule asks for %s', async (_, rule) => {
    const { routes } = await read({ four: four(usual4.replace(/\]$/, `,${rule}]`)), six: six() });
    expect(Object.keys(routes ?? {})).toEqual(['ipv6']);
    const other = await read({ four: four(), six: six(usual6.replace(/\]$/, `,${rule}]`)) });
    expect(Object.keys(other.routes ?? {})).toEqual(['ipv4']);
  });

  it.each([
    ['the rule for the main table is gone', usual4.replace(/,\{"priority":32766[^}]*\}/, '')],
    ['the rule for the local table stands elsewhere', usual4.replace('"priority":0', '"priority":5')],
    ['there are none', '[]'],
  ])('is not known where %s', async (_, rules) => {
    expect((await read({ four: four(rules) })).routes).toBeUndefined();
  });

  it.each([
    [
      'several next hops',
      '{"dst":"10.1.0.0/16","flags":[],"nexthops":[{"dev":"a","weight":1},{"dev":"b","weight":1}]}',
    ],
    ['a type of service', '{"dst":"10.1.0.0/16","tos":"0x10","dev":"a","flags":[]}'],
    ['a source', '{"dst":"10.1.0.0/16","from":"10.0.0.0/8","dev":"a","flags":[]}'],
    ['a link that is down', '{"dst":"10.1.0.0/16","dev":"a","flags":["linkdown"]}'],
    ['a next hop that is dead', '{"dst":"10.1.0.0/16","dev":"a","flags":["dead","linkdown"]}'],
    ['no way', '{"type":"blackhole","dst":"10.1.0.0/16","flags":[]}'],
    ['another table', '{"type":"throw","dst":"10.1.0.0/16","flags":[]}'],
    ['a tunnel of its own', '{"dst":"10.1.0.0/16","encap":"ip","id":7,"dev":"a","flags":[]}'],
    ['a word of the future', '{"dst":"10.1.0.0/16","dev":"a","flags":[],"mood":"bad"}'],
  ])('is not told by a route with %s', async (_, route) => {
    const { routes } = await read({ four: four(usual4, `[${route}]`) });
    expect(routes).toEqual({ ipv4: [{ destination: '10.1.0.0/16', interface: null }] });
  });

  it('is one address where the route has no prefix', async () => {
    const { routes } = await read({ four: four(usual4, '[{"dst":"10.1.2.3","dev":"tun0","flags":["onlink"]}]') });
    expect(routes).toEqual({ ipv4: [{ destination: '10.1.2.3/32', interface: 'tun0' }] });
  });

  it.each([
    ['ip is not there', null],
    ['it prints something else', 'Object "batch" is unknown'],
    ['a list is missing', `${usual4}\n${routes4}\n`],
    ['a destination can not be read', four(usual4, '[{"dst":"10.1.2.300","dev":"tun0"}]')],
    ['what it prints is cut short', four().slice(0, 300)],
  ])('is not known where %s', async (_, printed) => {
    expect((await read({ four: printed, six: six() })).routes).toEqual({
      ipv6: [{ destination: 'fe80::/64', interface: 'docker0' }],
    });
  });

  it('is known to be nowhere where there is no route', async () => {
    expect(await read({ four: four(usual4, '[]').replace(bridges, '[]').replace(ports, '[]') })).toEqual({
      routes: { ipv4: [] },
      bridges: {},
    });
  });
});
