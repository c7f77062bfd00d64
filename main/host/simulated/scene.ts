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
