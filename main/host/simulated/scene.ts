// What a simulated PC is made of: fixed facts, a fixed clock, and how it behaves when it is changed.
import type {
  FirewallManager,
  Listener,
  NetworkFact,
  PatchFact,
  Platform,
  Session,
  SmbServer,
  SystemFact,
} from '../../model/facts';
import type { Review } from '../../model/review';
import type { Attempt } from '../../model/shield';
import type { SmbAnswer } from '../../model/smb';

export interface Scene {
  /** ISO 8601 UTC: the only moment this PC knows. */
  readonly clock: string;
  readonly platform: Platform;
  readonly system: SystemFact;
  readonly network: NetworkFact;
  readonly listeners: readonly Listener[];
  readonly sessions: readonly Session[];
  readonly smb: readonly SmbAnswer[];
  readonly servers: readonly SmbServer[];
  readonly managers: readonly FirewallManager[];
  readonly patch: PatchFact;
  /** Whether an ordinary user may read the firewall's rules: so on Windows, not on Linux. */
  readonly rulesReadable: boolean;
  /** Who may connect to SMB's ports by the rules that are there without a shield; nothing is passed on to elsewhere. */
  readonly rules: Review;
  /** Who tries to connect once a shield is up. */
  readonly knocks: readonly Attempt[];
  /**
   * sound = does as it is told; denies = nobody is allowed to change it; forgets = new rules never appear;
   * sticks = half of the rules appear and can't be taken away.
   */
  readonly nature: 'sound' | 'denies' | 'forgets' | 'sticks';
}

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
    restart: { state: 'none', because: 'no key RebootPending' },
  };
}
