// A Windows 10 office PC in a domain: files shared in both directions, and group policy that writes firewall rules.
import { message } from '../../../model/message';
import { cidr } from '../../../policy/address-sets';
import type { Scene } from '../scene';
import {
  otherwiseBlocked,
  own,
  route,
  simulatedSystem,
  waiting,
  windowsAnswer,
  windowsFirewall,
  windowsPatch,
  windowsServer,
} from '../scene-parts';

const system = { name: 'System', pid: 4 } as const;

export function windowsOffice(): Scene {
  return {
    clock: '2024-06-12T08:05:00.000Z',
    platform: 'windows',
    system: simulatedSystem({
      platform: 'windows',
      name: 'Windows 10 Enterprise 22H2',
      version: '22H2',
      build: '10.0.19045.4412',
      hostname: 'SIM-OFFICE-07',
    }),
    network: {
      interfaces: [
        {
          name: 'Ethernet',
          kind: 'wired',
          profile: 'domain',
          addresses: [own('10.77.4.107', '10.77.4.0/24', 'private')],
        },
      ],
      routes: [route('0.0.0.0/0', '10.77.4.1', 'Ethernet', 25)],
    },
    listeners: [waiting('tcp', 'ipv4', 445, system), waiting('tcp', 'ipv6', 445, system)],
    sessions: [
      {
        direction: 'in',
        family: 'ipv4',
        local: { address: '10.77.4.107', port: 445 },
        remote: { address: '10.77.4.21', port: 50312 },
        owner: system,
      },
      {
        direction: 'out',
        family: 'ipv4',
        local: { address: '10.77.4.107', port: 49801 },
        remote: { address: '10.77.1.5', port: 445 },
        owner: system,
      },
    ],
    smb: [
      windowsAnswer('10.77.4.107', {
        compression: ['LZNT1', 'Pattern_V1'],
        serverGuid: '5f1d7e02-3c55-4b7e-9a10-000000000002',
        ntlm: {
          computer: 'SIM-OFFICE-07',
          domain: 'SIMCORP',
          dnsComputer: 'sim-office-07.corp.example',
          dnsDomain: 'corp.example',
          forest: 'corp.example',
          version: '10.0.19041',
          time: '2024-06-12T08:05:00.000Z',
        },
      }),
    ],
    servers: [
      windowsServer(
        [
          { name: 'RequireSecuritySignature', value: '0', isDefault: false, from: message('simulated.registry-value') },
          { name: 'DisableCompression', value: '0', isDefault: true, from: message('simulated.default.compression') },
        ],
        { name: 'Scans', path: 'D:\\Scans', guest: false, readOnly: false },
      ),
    ],
    managers: [windowsFirewall(message('simulated.both-apply'))],
    patch: windowsPatch('10.0.19045.4412', 'Enterprise'),
    rulesReadable: true,
    rules: {
      source: 'windows-firewall',
      verdict: 'partly',
      reach: [{ interface: '*', profile: 'domain', ipv4: [cidr('10.77.0.0/16')], ipv6: [] }],
      because: [
        {
          effect: 'allow',
          rule: 'FPS-SMB-In-TCP',
          where: 'group policy, domain profile',
          says: 'Group policy lets 10.77.0.0/16 use "File and Printer Sharing (SMB-In)"',
          advice: 'Ask whoever keeps the group policy "Workstations: file sharing".',
        },
        otherwiseBlocked('domain profile'),
      ],
      unsure: [],
    },
    knocks: [
      { address: '10.77.4.21', packets: 6, until: null },
      { address: '10.77.9.200', packets: 31, until: null },
    ],
    nature: 'sound',
  };
}
