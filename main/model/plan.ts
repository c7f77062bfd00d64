// The exact list of changes, shown before anything happens.
import type { Message } from './message';
import type { Shield, ShieldEnd } from './shield';

export interface Change {
  /** Plain words: "Turn away new connections to TCP 445 and 139". */
  readonly what: string;
  /** What will be run, as an administrator would type it, and the text it is given. */
  readonly command: string;
  readonly input: string | null;
}

export interface Plan {
  readonly kind: 'shield' | 'lift';
  /** The shield that will be up (kind shield) or come down (kind lift; null = none is on record). */
  readonly shield: Shield | null;
  /** The shield that is up now and will be replaced. */
  readonly replaces: Shield | null;
  /** Empty = nothing to change. */
  readonly changes: readonly Change[];
  /** What people will notice: who is cut off, what keeps working, how it ends. */
  readonly effects: readonly Message[];
  readonly warnings: readonly Message[];
  /** Whether the platform will ask for permission, and how its question looks. */
  readonly permission: string | null;
  /** How the shield would end; null for a lift. */
  readonly end: ShieldEnd | null;
}
