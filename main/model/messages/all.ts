// Every message by its code: what a room says is in the file of its name.
import type { ActMessages } from './act';
import type { AppMessages } from './app';
import type { CatalogueMessages } from './catalogue';
import type { CommandMessages } from './commands';
import type { DoubtMessages } from './doubts';
import type { ExposureMessages } from './exposure';
import type { HelpMessages } from './help';
import type { HostMessages } from './host';
import type { KeeperMessages } from './keeper';
import type { LinuxMessages } from './linux';
import type { NetfilterMessages } from './netfilter';
import type { PageMessages } from './pages';
import type { PatchMessages } from './patch';
import type { PlanMessages } from './plan';
import type { SavedMessages } from './saved';
import type { SelfTestMessages } from './self-test';
import type { SimulatedMessages } from './simulated';
import type { SmbMessages } from './smb';
import type { UsageMessages } from './usage';
import type { WindowsMessages } from './windows';
import type { WindowsRulesMessages } from './windows-rules';

export interface Messages
  extends ActMessages,
    AppMessages,
    CatalogueMessages,
    CommandMessages,
    DoubtMessages,
    ExposureMessages,
    HelpMessages,
    HostMessages,
    KeeperMessages,
    LinuxMessages,
    NetfilterMessages,
    PageMessages,
    PatchMessages,
    PlanMessages,
    SavedMessages,
    SelfTestMessages,
    SimulatedMessages,
    SmbMessages,
    UsageMessages,
    WindowsMessages,
    WindowsRulesMessages {
  /** The words of another program, a file or a publisher. */
  readonly verbatim: { readonly text: string };
}
