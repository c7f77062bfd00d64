// What reading a Linux PC needs from outside: where its files are, the clock, this process, and the two questions asked elsewhere.
import { arch, endianness, networkInterfaces } from 'node:os';
import type { Fact, Ruleset } from '../../../model/facts';
import type { SmbAnswer } from '../../../model/smb';
import type { RunRpm } from './packages';

/** As `probe` in `main/smb/probe`. */
export type Probe = (
  target: { readonly address: string; readonly port: number },
  options: { timeoutMs?: number; signal?: AbortSignal },
) => Promise<SmbAnswer>;

export interface ReadingTools extends ThisPc {
  now(): Date;
  readonly probe: Probe;
  readRuleset(signal: AbortSignal): Promise<Fact<Ruleset>>;
  /** rpm by its absolute path. */
  readonly runRpm: RunRpm;
}

export interface ThisPc {
  /** The folder that holds proc, etc, usr and run: "/" on a real PC. */
  readonly root: string;
  /** Addresses by interface, as the kernel tells them (netlink): interfaces without a link have none. */
  readonly addresses: typeof networkInterfaces;
  /** As Node names it: "x64", "arm64". */
  readonly architecture: string;
  /** The order in which /proc/net prints the bytes of an address. */
  readonly byteOrder: 'LE' | 'BE';
  /** The effective user; 0 = administrator. */
  readonly uid: number;
}

/** The PC that this process runs on. */
export function thisPc(): ThisPc {
  return {
    root: '/',
    addresses: networkInterfaces,
    architecture: arch(),
    byteOrder: endianness(),
    uid: process.geteuid?.() ?? -1,
  };
}
