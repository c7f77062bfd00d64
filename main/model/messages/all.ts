// All messages there are: what a room says is in the file of its name.
import type { ActMessages } from './act';
import type { AppMessages } from './app';
import type { CatalogueMessages } from './catalogue';
import type { CommandMessages } from './commands';
import type { DoubtMessages } from './doubts';
import type { ExposureMessages } from './exposure';
import type { HelpMessages } from './help';
import type { HostMessages } from './host';
import type { JudgedMessages } from './judged';
import type { KeeperMessages } from './keeper';
import type { LinuxMessages } from './linux';
import type { NetfilterMessages } from './netfilter';
import type { OutcomeMessages } from './outcome';
import type { OwnersMessages } from './owners';
import type { PageMessages } from './pages';
import type { PatchMessages } from './patch';
import type { PlanMessages } from './plan';
import type { ProofMessages } from './proof';
import type { SavedMessages } from './saved';
import type { SelfTestMessages } from './self-test';
import type { ShieldStateMessages } from './shield-state';
import type { SimulatedMessages } from './simulated';
import type { SmbMessages } from './smb';
import type { UsageMessages } from './usage';
import type { WindowsMessages } from './windows';
import type { WindowsRulesMessages } from './windows-rules';

/** What each room says: its messages by their codes. */
export interface MessageRooms {
  readonly act: ActMessages;
  readonly app: AppMessages;
  readonly catalogue: CatalogueMessages;
  readonly commands: CommandMessages;
  readonly doubts: DoubtMessages;
  readonly exposure: ExposureMessages;
  readonly help: HelpMessages;
  readonly host: HostMessages;
  readonly keeper: KeeperMessages;
  readonly linux: LinuxMessages;
  readonly netfilter: NetfilterMessages;
  readonly pages: PageMessages;
  readonly patch: PatchMessages;
  readonly plan: PlanMessages;
  readonly saved: SavedMessages;
  readonly selfTest: SelfTestMessages;
  readonly simulated: SimulatedMessages;
  readonly smb: SmbMessages;
  readonly usage: UsageMessages;
  readonly windows: WindowsMessages;
  readonly windowsRules: WindowsRulesMessages;
  readonly shieldState: ShieldStateMessages;
  readonly judged: JudgedMessages;
  readonly owners: OwnersMessages;
  readonly proof: ProofMessages;
  readonly outcome: OutcomeMessages;
  readonly verbatim: {
    /** The words of another program, a file or a publisher. */
    readonly verbatim: { readonly text: string };
  };
}

type AllOf<Rooms> = (Rooms extends unknown ? (room: Rooms) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** Every message by its code. */
export type Messages = AllOf<MessageRooms[keyof MessageRooms]>;
