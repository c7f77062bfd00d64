// What every command is handed: where to print, what to ask, and how it is stopped.

import type { Engine } from '../engine/engine';
import type { SavedPc } from '../host/saved/saved-host';
import type { Words } from '../model/message';
import type { SmbAnswer } from '../model/smb';
import type { Interrupts } from './interrupts';

import type { PortAnswer } from './port-check';
import type { Terminal } from './terminal';

export interface Desk {
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
  /** This PC or the simulated one. Rejects with `UsageError` where there is none such. */
  openEngine(): Promise<Engine>;
  /** Another PC, as it was saved. Rejects with `UsageError` where that can't be judged. */
  openSaved(pc: SavedPc): Promise<Pick<Engine, 'inspect'>>;
  /** All addresses of a name; empty = the name is not known. */
  lookUp(host: string): Promise<readonly string[]>;
  checkPort(address: string, port: number): Promise<PortAnswer>;
  probe(address: string, port: number): Promise<SmbAnswer>;
  /** Puts a question; null = the person has left. null itself = there is no terminal to ask on. */
  readonly ask: ((question: Words) => Promise<string | null>) | null;
}
