// Interfaces, addresses and routes.
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../../../main/host/linux/read/files';
import { readNetwork } from '../../../../../main/host/linux/read/network';
import { failureOf } from '../../../in-english';
import { debianSamba, info, pcOf, toolsFor } from '../pc-folder';

const dev = (...names: string[]): string =>
  `Inter-|   Receive   |  Transmit\n face |bytes    packets |bytes\n${names.map((name) => `${name.padStart(6)}:    1460      18    0\n`).join('')}`;

const networkOf = (root: string, addresses = {}) =>
  readNetwork(filesUnder(root), toolsFor(root, { addresses: () => addresses }));

describe('interfaces', () => {
  it('come with the addresses and networks next to them', () => {
    const { interfaces } = networkOf(debianSamba(), {
      lo: [info('127.0.0.1/8'), info('::1/128')],
      eth0: [info('10.77.1.10/24'), info('fd77:1::10/64'), info('fe80::a06d:83ff:fe43:960a/64')],
      'eth0:1': [info('198.51.100.7/28')],
      wg0: [info('10.8.0.2/32')],
    });
    expect(interfaces.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'lo loopback',
      'eth0 wired',
      'wlan0 wireless',
      'docker0 virtual',
      'wg0 virtual',
    ]);
    expect(interfaces[1]?.addresses).toEqual([
      { family: 'ipv4', address: '10.77.1.10', subnet: '10.77.1.0/24', scope: 'private' },
      { family: 'ipv6', address: 'fd77:1::10', subnet: 'fd77:1::/64', scope: 'private' },
      { family: 'ipv6', address: 'fe80::a06d:83ff:fe43:960a', subnet: 'fe80::/64', scope: 'link-local' },
      { family: 'ipv4', address: '198.51.100.7', subnet: '198.51.100.0/28', scope: 'global' },
    ]);
    expect(interfaces[4]?.addresses[0]?.subnet).toBe('10.8.0.2/32');
    // wlan0 has no link: it is there, without addresses.
    expect(interfaces[2]?.addresses).toEqual([]);
  });

  it.each([
    ['127.9.9.9/8', 'loopback'],
    ['::1/128', 'loopback'],
    ['169.254.3.4/16', 'link-local'],
    ['fe80::1/64', 'link-local'],
    ['10.0.0.1/8', 'private'],
    ['172.16.0.1/12', 'private'],
    ['172.31.255.1/16', 'private'],
    ['192.168.0.1/24', 'private'],
    ['100.64.0.1/10', 'private'],
    ['100.127.0.1/10', 'private'],
    ['fd00::1/64', 'private'],
    ['fc12::1/64', 'private'],
    ['172.32.0.1/16', 'global'],
    ['172.15.0.1/16', 'global'],
    ['100.63.0.1/16', 'global'],
    ['100.128.0.1/16', 'global'],
    ['8.8.8.8/24', 'global'],
    ['2001:db8::1/64', 'global'],
  ])('put %s in scope %s', (cidr, scope) => {
    const { interfaces } = networkOf(pcOf({ 'proc/net/dev': dev('eth0') }), { eth0: [info(cidr)] });
    expect(interfaces[0]?.addresses[0]?.scope).toBe(scope);
  });

  it('are told apart by name, and by the kernel where it knows better', () => {
    const root = pcOf({
      'proc/net/dev': dev('enp3s0', 'eno1', 'wlp2s0', 'veth12ab', 'virbr0', 'br-0a1b', 'br0', 'tun0', 'usb0', 'ath0'),
      'proc/net/wireless': 'Inter-| sta-|\n face | tus |\n  ath0: 0000   60.  -50.\n',
    });
    expect(Object.fromEntries(networkOf(root).interfaces.map(({ name, kind }) => [name, kind]))).toEqual({
      enp3s0: 'wired',
      eno1: 'wired',
      wlp2s0: 'wireless',
      veth12ab: 'virtual',
      virbr0: 'virtual',
      'br-0a1b': 'virtual',
      br0: 'other',
      tun0: 'virtual',
      usb0: 'other',
      ath0: 'wireless',
    });
  });
});

describe('routes', () => {
  it('of both families lead to gateways or to the link; local, multicast and rejecting rows are left out', () => {
    const { routes } = networkOf(debianSamba());
    expect(routes).toEqual([
      { family: 'ipv4', destination: '0.0.0.0/0', gateway: '10.77.1.20', interface: 'eth0', metric: 100 },
      { family: 'ipv4', destination: '10.9.0.0/20', gateway: null, interface: 'wg0', metric: 0 },
      { family: 'ipv4', destination: '10.77.1.0/24', gateway: null, interface: 'eth0', metric: 0 },
      { family: 'ipv4', destination: '10.77.2.0/24', gateway: null, interface: 'wlan0', metric: 0 },
      { family: 'ipv4', destination: '172.17.0.0/16', gateway: null, interface: 'docker0', metric: 0 },
      { family: 'ipv6', destination: 'fd77:1::/64', gateway: null, interface: 'eth0', metric: 256 },
      { family: 'ipv6', destination: 'fe80::/64', gateway: null, interface: 'eth0', metric: 256 },
      { family: 'ipv6', destination: 'fe80::/64', gateway: null, interface: 'wlan0', metric: 256 },
      { family: 'ipv6', destination: 'fe80::/64', gateway: null, interface: 'wg0', metric: 256 },
      { family: 'ipv6', destination: 'fe80::/64', gateway: null, interface: 'docker0', metric: 256 },
      { family: 'ipv6', destination: '::/0', gateway: 'fd77:1::20', interface: 'eth0', metric: 100 },
    ]);
  });

  it.each([
    ['proc/net/route', 'Iface Destination\neth0\t0000', 2],
    ['proc/net/route', 'Iface Destination\neth0 00000000 00000000 0001 0 0 0 00FF00FF 0 0 0\n', 2],
    ['proc/net/ipv6_route', 'fd77 40 00 00 00 00000100 1 0 1 eth0\n', 1],
    [
      'proc/net/ipv6_route',
      `${'0'.repeat(32)} FF ${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00000100 1 0 00000001 eth0\n`,
      1,
    ],
    ['proc/net/dev', 'Inter-|\n face |\nnonsense\n', 3],
  ])('and interfaces that do not read as they should are named: %s', (path, text, line) => {
    expect(failureOf(() => networkOf(debianSamba({ [path]: text })))).toContain(
      `Line ${line} of /${path} could not be understood`,
    );
  });

  it('are none where the kernel has no such table', () => {
    expect(networkOf(pcOf({ 'proc/net/dev': dev('lo') })).routes).toEqual([]);
  });
});
