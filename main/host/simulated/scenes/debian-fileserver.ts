// A Debian 12 file server with Samba on two networks and people at work on it; its rules can be read with permission only.
import { message } from '../../../model/message';
import { cidr } from '../../../policy/address-sets';
import type { Scene } from '../scene';
import { own, route, simulatedSystem, waiting } from '../scene-parts';

const smbd = { name: 'smbd', pid: 812 } as const;
const nmbd = { name: 'nmbd', pid: 799 } as const;

export function debianFileserver(): Scene {
  const session = (local: string, remote: string, port: number) =>
    ({
      direction: 'in',
      family: 'ipv4',
      local: { address: local, port: 445 },
      remote: { address: remote, port },
      owner: smbd,
    }) as const;
  return {
    clock: '2023-07-20T06:45:00.000Z',
    platform: 'linux',
    system: simulatedSystem({
      platform: 'linux',
      name: 'Debian GNU/Linux 12 (bookworm)',
      version: '12',
      build: '6.1.0-10-amd64',
      hostname: 'sim-fileserver',
    }),
    network: {
      interfaces: [
        {
          name: 'lo',
          kind: 'loopback',
          profile: null,
          addresses: [own('127.0.0.1', '127.0.0.0/8', 'loopback')],
        },
        {
          name: 'eth0',
          kind: 'wired',
          profile: null,
          addresses: [own('10.77.1.10', '10.77.1.0/24', 'private'), own('fd77:1::10', 'fd77:1::/64', 'private')],
        },
        {
          name: 'eth1',
          kind: 'wired',
          profile: null,
          addresses: [own('203.0.113.10', '203.0.113.0/24', 'global')],
        },
      ],
      routes: [route('0.0.0.0/0', '203.0.113.1', 'eth1', 0), route('10.77.1.0/24', null, 'eth0', 0)],
    },
    listeners: [
      waiting('tcp', 'ipv4', 445, smbd),
      waiting('tcp', 'ipv4', 139, smbd),
      waiting('tcp', 'ipv6', 445, smbd),
      waiting('tcp', 'ipv6', 139, smbd),
      waiting('udp', 'ipv4', 137, nmbd),
      waiting('udp', 'ipv4', 138, nmbd),
    ],
    sessions: [
      session('10.77.1.10', '10.77.1.20', 51022),
      session('10.77.1.10', '10.77.1.21', 49310),
      session('203.0.113.10', '198.51.100.7', 60155),
    ],
    smb: [
      {
        address: '10.77.1.10',
        port: 445,
        smb1: 'refused',
        dialects: {
          '2.0.2': 'accepted',
          '2.1': 'accepted',
          '3.0': 'accepted',
          '3.0.2': 'accepted',
          '3.1.1': 'accepted',
        },
        chosen: '3.1.1',
        signing: 'offered',
        encryption: 'AES-128-GCM',
        signingAlgorithm: 'AES-GMAC',
        compression: null,
        capabilities: ['DFS', 'LEASING', 'LARGE_MTU'],
        serverGuid: '5f1d7e02-3c55-4b7e-9a10-000000000003',
        systemTime: '2023-07-20T06:45:00.000Z',
        startTime: null,
        maxTransactSize: 8_388_608,
        ntlm: {
          computer: 'SIM-FILESERVER',
          domain: 'SIMGROUP',
          dnsComputer: 'sim-fileserver',
          dnsDomain: null,
          forest: null,
          version: '6.1.0',
          time: '2023-07-20T06:45:00.000Z',
        },
        problems: [],
      },
    ],
    servers: [
      {
        product: 'samba',
        configuration: '/etc/samba/smb.conf',
        settings: [
          {
            name: 'server min protocol',
            value: 'SMB2_02',
            isDefault: true,
            from: message('linux.default.since', { product: 'Samba', version: '4.11' }),
          },
          { name: 'map to guest', value: 'Bad User', isDefault: false, from: '/etc/samba/smb.conf line 31' },
        ],
        shares: [
          { name: 'projects', path: '/srv/projects', guest: false, readOnly: false },
          { name: 'public', path: '/srv/public', guest: true, readOnly: true },
        ],
      },
    ],
    managers: [],
    patch: {
      kind: 'linux',
      distribution: 'debian',
      release: '12',
      packaging: 'dpkg',
      packages: {
        state: 'known',
        value: {
          installed: [
            {
              name: 'samba',
              version: '2:4.17.9+dfsg-0+deb12u3',
              source: 'samba',
              sourceVersion: '2:4.17.9+dfsg-0+deb12u3',
              architecture: 'amd64',
            },
          ],
          lookedFor: ['samba', 'ksmbd-tools'],
        },
      },
      kernel: {
        state: 'known',
        value: { release: '6.1.0-10-amd64', packageVersion: '6.1.37-1', source: 'linux' },
      },
      restart: { state: 'none', because: message('linux.restart.none', { path: '/run/reboot-required' }) },
    },
    rulesReadable: false,
    rules: {
      source: 'nftables',
      verdict: 'open',
      reach: [{ interface: '*', profile: null, ipv4: [cidr('0.0.0.0/0')], ipv6: [cidr('::/0')] }],
      because: [
        {
          effect: 'default',
          rule: 'no rule of any firewall turns new connections away',
          where: 'the whole ruleset',
          says: null,
          advice: null,
        },
      ],
      unsure: [],
    },
    knocks: [
      { address: '198.51.100.7', packets: 12, until: null },
      { address: '10.77.1.20', packets: 5, until: null },
    ],
    nature: 'sound',
  };
}
