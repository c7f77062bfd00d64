// A laptop with nothing to reach: its SMB server is off, and nothing waits beyond loopback.
import { message } from '../../../model/message';
import type { Scene } from '../scene';
import { otherwiseBlocked, own, simulatedSystem, windowsFirewall, windowsPatch } from '../scene-parts';

export function patchedLaptop(): Scene {
  return {
    clock: '2026-05-13T10:00:00.000Z',
    platform: 'windows',
    system: simulatedSystem({
      platform: 'windows',
      name: 'Windows 11 Pro 24H2',
      version: '24H2',
      build: '10.0.26100.6899',
      hostname: 'SIM-PATCHED',
    }),
    network: {
      interfaces: [
        {
          name: 'Wi-Fi',
          kind: 'wireless',
          profile: 'private',
          addresses: [own('192.168.1.23', '192.168.1.0/24', 'private')],
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
    managers: [windowsFirewall(message('simulated.all-profiles'))],
    patch: windowsPatch('10.0.26100.6899', 'Professional'),
    rulesReadable: true,
    rules: {
      source: 'windows-firewall',
      verdict: 'closed',
      reach: [{ interface: '*', profile: 'private', ipv4: [], ipv6: [] }],
      because: [otherwiseBlocked('private profile')],
      unsure: [],
    },
    knocks: [],
    nature: 'sound',
  };
}
