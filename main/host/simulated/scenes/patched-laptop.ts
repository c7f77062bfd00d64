// A laptop with nothing to reach: its SMB server is off, and nothing waits beyond loopback.
import { cidr } from '../../../policy/address-sets';
import { type Scene, windowsPatch } from '../scene';

export function patchedLaptop(): Scene {
  return {
    clock: '2026-05-13T10:00:00.000Z',
    platform: 'windows',
    system: {
      platform: 'windows',
      name: 'Windows 11 Pro 24H2',
      version: '24H2',
      build: '10.0.26100.4061',
      architecture: 'x64',
      hostname: 'SIM-PATCHED',
      administrator: false,
      bootId: 'simulated-boot',
    },
    network: {
      interfaces: [
        {
          name: 'Wi-Fi',
          kind: 'wireless',
          profile: 'private',
          addresses: [{ family: 'ipv4', address: '192.168.1.23', subnet: cidr('192.168.1.0/24'), scope: 'private' }],
        },
      ],
      routes: [],
    },
    listeners: [
      { protocol: 'tcp', family: 'ipv4', address: '127.0.0.1', port: 445, owner: { name: 'System', pid: 4 } },
    ],
    sessions: [],
    smb: [],
    servers: [],
    managers: [
      {
        name: 'windows-firewall',
        title: 'Windows Defender Firewall',
        state: 'active',
        because: 'On in all three profiles; inbound is blocked by default.',
      },
    ],
    patch: windowsPatch('10.0.26100.4061', 'Professional'),
    rulesReadable: true,
    rules: {
      source: 'windows-firewall',
      verdict: 'closed',
      reach: [{ interface: '*', profile: 'private', ipv4: [], ipv6: [] }],
      because: [
        {
          effect: 'default',
          rule: 'Inbound connections that match no rule are blocked',
          where: 'private profile',
          says: null,
          advice: null,
        },
      ],
      unsure: [],
    },
    knocks: [],
    nature: 'sound',
  };
}
