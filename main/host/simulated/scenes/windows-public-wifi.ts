// A Windows 10 laptop of early 2020 on public Wi-Fi: SMB1 and compression on, file sharing allowed on public networks, no patch.
import { message } from '../../../model/message';
import { cidr } from '../../../policy/address-sets';
import type { Scene } from '../scene';
import {
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
const link = 'fe80::5c3e:1bff:fe20:4a71';
const global = '2001:db8:20:30::40';

export function windowsPublicWifi(): Scene {
  const answer = (address: string) =>
    windowsAnswer(address, {
      smb1: 'accepted',
      compression: ['LZNT1', 'Pattern_V1'],
      serverGuid: '5f1d7e02-3c55-4b7e-9a10-000000000001',
      systemTime: '2020-03-13T09:30:00.000Z',
      ntlm: {
        computer: 'SIM-LAPTOP',
        domain: 'SIM-LAPTOP',
        dnsComputer: 'SIM-LAPTOP',
        dnsDomain: 'SIM-LAPTOP',
        forest: null,
        version: '10.0.18362',
        time: '2020-03-13T09:30:00.000Z',
      },
    });
  return {
    clock: '2020-03-13T09:30:00.000Z',
    platform: 'windows',
    system: simulatedSystem({
      platform: 'windows',
      name: 'Windows 10 Pro 1909',
      version: '1909',
      build: '10.0.18363.700',
      hostname: 'SIM-LAPTOP',
    }),
    network: {
      interfaces: [
        {
          name: 'Loopback',
          kind: 'loopback',
          profile: null,
          addresses: [own('127.0.0.1', '127.0.0.0/8', 'loopback'), own('::1', '::1/128', 'loopback')],
        },
        {
          name: 'Wi-Fi',
          kind: 'wireless',
          profile: 'public',
          addresses: [
            own('10.20.30.40', '10.20.28.0/22', 'private'),
            own(global, '2001:db8:20:30::/64', 'global'),
            own(link, 'fe80::/64', 'link-local'),
          ],
        },
      ],
      routes: [
        route('0.0.0.0/0', '10.20.28.1', 'Wi-Fi', 50),
        route('10.20.28.0/22', null, 'Wi-Fi', 306),
        route('::/0', 'fe80::1', 'Wi-Fi', 50),
      ],
    },
    listeners: [
      waiting('tcp', 'ipv4', 445, system),
      waiting('tcp', 'ipv6', 445, system),
      { protocol: 'tcp', family: 'ipv4', address: '10.20.30.40', port: 139, owner: system },
      { protocol: 'udp', family: 'ipv4', address: '10.20.30.40', port: 137, owner: system },
      { protocol: 'udp', family: 'ipv4', address: '10.20.30.40', port: 138, owner: system },
    ],
    sessions: [],
    smb: [answer('10.20.30.40'), answer(global)],
    servers: [
      windowsServer(
        [
          {
            name: 'SMB1',
            value: '1',
            isDefault: false,
            from: message('simulated.registry-value.named', { name: 'SMB1' }),
          },
          { name: 'DisableCompression', value: '0', isDefault: true, from: message('simulated.default.compression') },
          { name: 'RequireSecuritySignature', value: '0', isDefault: false, from: message('simulated.registry-value') },
        ],
        { name: 'Holiday', path: 'C:\\Users\\sim\\Holiday', guest: false, readOnly: true },
      ),
    ],
    managers: [windowsFirewall(message('simulated.no-scope'))],
    patch: windowsPatch('10.0.18363.700', 'Professional'),
    rulesReadable: true,
    rules: {
      source: 'windows-firewall',
      verdict: 'open',
      reach: [{ interface: '*', profile: 'public', ipv4: [cidr('0.0.0.0/0')], ipv6: [cidr('::/0')] }],
      because: [
        {
          effect: 'allow',
          rule: 'FPS-SMB-In-TCP-NoScope',
          where: 'the local rules, public profile',
          says: '"File and Printer Sharing (SMB-In)" lets every address in on public networks',
          advice:
            'netsh advfirewall firewall set rule name="File and Printer Sharing (SMB-In)" profile=public new enable=no',
        },
      ],
      unsure: [],
    },
    knocks: [
      { address: '10.20.29.117', packets: 9, until: null },
      { address: '10.20.31.6', packets: 4, until: null },
      { address: '2001:db8:20:30::bad', packets: 2, until: null },
    ],
    nature: 'sound',
  };
}
