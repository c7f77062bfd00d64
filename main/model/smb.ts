// What an SMB server told us without credentials ([MS-SMB2] 2.2.3-2.2.6, [MS-CIFS] 2.2.4.52, [MS-NLMP] 2.2.1.2).

import type { Message } from './message';

export type Smb2Dialect = '2.0.2' | '2.1' | '3.0' | '3.0.2' | '3.1.1';

/** accepted and refused are the server's own words; unknown = no usable answer (`problems` says why). */
export type Acceptance = 'accepted' | 'refused' | 'unknown';

export interface NtlmIdentity {
  readonly computer: string | null;
  readonly domain: string | null;
  readonly dnsComputer: string | null;
  readonly dnsDomain: string | null;
  readonly forest: string | null;
  /** "10.0.19045" on Windows (no revision: it does not tell the patch level); Samba always says 6.1.0. */
  readonly version: string | null;
  /** ISO 8601 UTC. */
  readonly time: string | null;
}

export interface SmbAnswer {
  readonly address: string;
  readonly port: number;
  readonly smb1: Acceptance;
  readonly dialects: Readonly<Record<Smb2Dialect, Acceptance>>;
  /** The highest dialect the server chose when offered all five. */
  readonly chosen: Smb2Dialect | null;
  readonly signing: 'required' | 'offered' | 'off' | 'unknown';
  /** The one cipher it chose from all four ("AES-128-GCM"); null = none or not known. */
  readonly encryption: string | null;
  readonly signingAlgorithm: string | null;
  /** Algorithms it shares with us ("LZNT1", "Pattern_V1"); null = not known. */
  readonly compression: readonly string[] | null;
  readonly capabilities: readonly string[];
  readonly serverGuid: string | null;
  /** ISO 8601 UTC; null when the server sends none (new Windows and Samba send no start time). */
  readonly systemTime: string | null;
  readonly startTime: string | null;
  readonly maxTransactSize: number | null;
  readonly ntlm: NtlmIdentity | null;
  /** One for each reason why questions got no usable answer. */
  readonly problems: readonly Message[];
}
