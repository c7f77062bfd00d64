// What several simulated PCs have in common, written once.
import type { Family } from '../../model/address';
import type {
  FirewallManager,
  InterfaceAddress,
  Listener,
  PatchFact,
  Route,
  SmbServer,
  SystemFact,
} from '../../model/facts';
import { type Message, message } from '../../model/message';
import type { Because } from '../../model/review';
import type { SmbAnswer } from '../../model/smb';
import { cidr } from '../../policy/address-sets';

/** What every simulated PC has in common: nobody on it is administrator, and it never restarts. */
export function simulatedSystem(
  system: Pick<SystemFact, 'platform' | 'name' | 'version' | 'build' | 'hostname'>,
): SystemFact {
  return { ...system, architecture: 'x64', administrator: false, bootId: 'simulated-boot' };
}

const familyOf = (address: string): Family => (address.includes(':') ? 'ipv6' : 'ipv4');

export const own = (address: string, subnet: string, scope: InterfaceAddress['scope']): InterfaceAddress => ({
  family: familyOf(address),
  address,
  subnet: cidr(subnet),
  scope,
});

/** `gateway` null = on-link. */
export const route = (destination: string, gateway: string | null, name: string, metric: number): Route => ({
  family: familyOf(destination),
  destination: cidr(destination),
  gateway,
  interface: name,
  metric,
});

export const windowsFirewall = (because: Message): FirewallManager => ({
  name: 'windows-firewall',
  title: 'Windows Defender Firewall',
  state: 'active',
  because,
});

export const windowsServer = (settings: SmbServer['settings'], share: SmbServer['shares'][number]): SmbServer => ({
  product: 'windows',
  configuration: 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters',
  settings,
  shares: [share],
});

/** What Windows' firewall does with whom no rule speaks of. */
export const otherwiseBlocked = (where: string): Because => ({
  effect: 'default',
  rule: 'Inbound connections that match no rule are blocked',
  where,
  says: null,
  advice: null,
});

/** A TCP or UDP socket that waits on every address of one family. */
export function waiting(
  protocol: Listener['protocol'],
  family: Listener['family'],
  port: number,
  owner: Listener['owner'],
): Listener {
  return { protocol, family, address: family === 'ipv4' ? '0.0.0.0' : '::', port, owner };
}

/** A Windows SMB server's answer on one of the PC's addresses; `more` overrides what differs. */
export function windowsAnswer(address: string, more: Partial<SmbAnswer>): SmbAnswer {
  return {
    address,
    port: 445,
    smb1: 'refused',
    dialects: { '2.0.2': 'accepted', '2.1': 'accepted', '3.0': 'accepted', '3.0.2': 'accepted', '3.1.1': 'accepted' },
    chosen: '3.1.1',
    signing: 'offered',
    encryption: 'AES-128-GCM',
    signingAlgorithm: null,
    compression: null,
    capabilities: ['DFS', 'LEASING', 'LARGE_MTU'],
    serverGuid: null,
    systemTime: null,
    startTime: null,
    maxTransactSize: 8_388_608,
    ntlm: null,
    problems: [],
    ...more,
  };
}

/** What decides whether a Windows PC is patched; `version` with the update's number: "10.0.19045.4412". */
export function windowsPatch(version: string, edition: string): PatchFact {
  const at = version.lastIndexOf('.');
  return {
    kind: 'windows',
    build: version.slice(0, at),
    ubr: Number(version.slice(at + 1)),
    installationType: 'Client',
    edition,
    architecture: 'x64',
    hotpatch: false,
    preview: false,
    updates: null,
    restart: { state: 'none', because: message('simulated.no-restart-key') },
  };
}
