// What the kernel takes as the PC's own, as /proc tells it.
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../../../main/host/linux/read/files';
import { readOwnAddresses } from '../../../../../main/host/linux/read/own-addresses';
import { type Change, pcOf } from '../pc-folder';

const leaf = (address: string, ...rows: readonly string[]): string =>
  `           |-- ${address}\n${rows.map((row) => `              ${row}\n`).join('')}`;
const loopback = leaf('127.0.0.0', '/8 host LOCAL') + leaf('127.0.0.1', '/32 host LOCAL');
const branches = '  +-- 0.0.0.0/0 3 0 5\n     +-- 127.0.0.0/8 2 0 2\n';
const address = leaf('192.0.2.2', '/32 host LOCAL');
const network = leaf('192.0.2.0', '/24 link UNICAST', '/32 link BROADCAST');

const row6 = (to: string, length: string, flags: string, name: string): string =>
  `${to} ${length} ${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00000000 00000003 00000000 ${flags} ${name.padStart(8)}\n`;
const own6 = 'fd770001000000000000000000000010';
const table6 =
  row6('00000000000000000000000000000001', '80', '80200001', 'lo') +
  row6('fd770001000000000000000000000000', '40', '00000001', 'eth0') +
  row6(own6, '80', '80200001', 'eth0') +
  row6('fd770001000000000000000000000000', '80', '80300001', 'eth0') +
  row6('ff000000000000000000000000000000', '08', '00000001', 'eth0');

const ownOf = (changes: Readonly<Record<string, Change>>, names = ['lo', 'eth0']) =>
  readOwnAddresses(filesUnder(pcOf(changes)), names);

describe('own addresses', () => {
  it.each([
    ['in a table of its own', `Main:\n${branches}${network}Local:\n${branches}${loopback}${address}`],
    [
      'in one trie with the main table',
      `Main:\n${branches}${loopback}${network}${address}Local:\n${loopback}${address}`,
    ],
  ])('are the routes of the type local, %s', (_, trie) => {
    const own = ownOf({ 'proc/net/fib_trie': trie, 'proc/net/ipv6_route': table6 });
    expect(own).toEqual({
      local: ['127.0.0.0/8', '192.0.2.2/32', '::1/128', 'fd77:1::10/128'],
      elsewhere: [],
      loopbackOn: [],
    });
  });

  it('may be whole networks', () => {
    const trie = `Local:\n${branches}${loopback}${leaf('10.99.0.0', '/24 host LOCAL', '/32 link BROADCAST')}`;
    const table = row6('20010db8000000000000000000000000', '40', '80200001', 'lo');
    expect(ownOf({ 'proc/net/fib_trie': trie, 'proc/net/ipv6_route': table })?.local).toEqual([
      '10.99.0.0/24',
      '127.0.0.0/8',
      '2001:db8::/64',
    ]);
  });

  it('of a family that is switched off are none', () => {
    expect(ownOf({ 'proc/net/fib_trie': `Local:\n${loopback}`, 'proc/net/ipv6_route': '' })?.local).toEqual([
      '127.0.0.0/8',
    ]);
    expect(ownOf({ 'proc/net/fib_trie': `Local:\n${loopback}` })?.local).toEqual(['127.0.0.0/8']);
  });

  it('of other tables are told apart; a default route there is a proxy’s', () => {
    const trie = `Local:\n${loopback}Id 10:\n${leaf('10.5.0.1', '/32 host LOCAL')}Id 100:\n${leaf('0.0.0.0', '/0 host LOCAL')}`;
    expect(ownOf({ 'proc/net/fib_trie': trie })).toMatchObject({ local: ['127.0.0.0/8'], elsewhere: ['10.5.0.1/32'] });
  });

  it('of IPv6 beside a VRF may be of its table', () => {
    const own = ownOf(
      {
        'proc/net/fib_trie': `Local:\n${loopback}`,
        'proc/net/ipv6_route': table6,
        'sys/class/net/blue/uevent': 'DEVTYPE=vrf\nINTERFACE=blue\n',
      },
      ['lo', 'eth0', 'blue'],
    );
    expect(own?.local).toEqual(['127.0.0.0/8', '::1/128']);
    expect(own?.elsewhere).toContain('fd77:1::10/128');
  });

  it.each([
    [{}],
    [{ 'proc/net/fib_trie': '' }],
    [{ 'proc/net/fib_trie': `Local:\n${leaf('10.0.0.1', '/99 host LOCAL')}` }],
    [{ 'proc/net/fib_trie': `Local:\n${loopback}`, 'proc/net/ipv6_route': 'what is this\n' }],
    [
      {
        'proc/net/fib_trie': `Local:\n${loopback}`,
        'proc/net/ipv6_route': row6('0'.repeat(32), '00', '80200001', 'lo'),
      },
    ],
  ])('are not known where a table is not there, not understood, or a proxy’s default route stands in it', (changes) => {
    expect(ownOf(changes)).toBeNull();
  });

  it.each([
    [{ all: '1\n' }, ['*']],
    [{ eth0: '1\n' }, ['eth0']],
    [{ default: '1\n' }, ['*']],
    [{ lo: '1\n' }, []],
    [{ all: '0\n', eth0: '0\n' }, []],
  ])('route_localnet %j lets neighbours reach loopback over %j', (on: Readonly<Record<string, string>>, names) => {
    const settings = Object.entries(on).map(([name, value]) => [
      `proc/sys/net/ipv4/conf/${name}/route_localnet`,
      value,
    ]);
    expect(ownOf({ 'proc/net/fib_trie': `Local:\n${loopback}`, ...Object.fromEntries(settings) })?.loopbackOn).toEqual(
      names,
    );
  });
});
