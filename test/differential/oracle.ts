// The kernel to be asked: oracle.py in a namespace of its own, questions sent ahead so that it never waits.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ReviewHost, WayOut } from '../../main/model/review';
import { cidr } from '../../main/policy/address-sets';

/** A new TCP connection or a datagram. */
export interface Probe {
  readonly interface: string;
  readonly source: string;
  readonly destination: string;
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** What is loaded: nftables alone, or what iptables-restore and the others are given, with nftables last. */
export type Rules = { readonly nft: string } | IptablesRules;

export interface IptablesRules {
  readonly save4: string;
  readonly save6: string;
  readonly ipset: string;
  readonly legacy4?: string;
  readonly legacy6?: string;
  readonly nft: string;
}

/** What iptables-legacy-save and `iptables-legacy -v -n -L` print of a table. */
export interface LegacyTable {
  readonly save: string;
  readonly listing: string;
}

export interface Answer {
  readonly json: string;
  /** What `nft --debug=netlink list ruleset` prints. */
  readonly text: string;
  readonly save4?: string | null;
  readonly save6?: string | null;
  readonly legacy4?: readonly LegacyTable[];
  readonly legacy6?: readonly LegacyTable[];
  readonly ipset?: string | null;
  /** One a probe; only "open" came through. */
  readonly results: readonly ('open' | 'reset' | 'icmp' | 'drop')[];
  /** How many of them a container answered. */
  readonly passedOn?: number;
}

export interface Oracle {
  /** Rejects where the namespace is lost; an error text = the rules were refused. */
  ask(rules: Rules, probes: readonly Probe[]): Promise<Answer | { readonly error: string }>;
  close(): Promise<void>;
}

/** The PC whose rules are tried, as oracle.py sets it up. */
export const pc: Readonly<Record<string, readonly string[]>> = {
  eth0: ['10.77.1.10/24', '10.77.1.11/24', 'fd77:1::10/64', 'fd77:1::11/64', 'fe80::ff:fe77:110/64'],
  wlan0: ['10.77.2.10/24', 'fd77:2::10/64'],
  docker0: ['172.17.0.1/16', 'fd17::1/64'],
  've-smb': ['10.0.0.1/28', 'fd10::1/64'],
  lo: ['127.0.0.1/8', '::1/128'],
};

/** What its kernel takes as its own. */
export const local: readonly string[] = [...Object.values(pc).flat(), '127.0.0.0/8'].map((text) =>
  text === '127.0.0.0/8' ? text : (text.split('/')[0] ?? ''),
);

/** Its routes and bridges, as its own reading would tell them. */
export const waysOn: Required<Pick<ReviewHost, 'routes' | 'bridges'>> = {
  routes: {
    ipv4: waysOut({
      '0.0.0.0/0': 'eth0',
      '10.77.1.0/24': 'eth0',
      '10.77.2.0/24': 'wlan0',
      '172.17.0.0/16': 'docker0',
      '10.0.0.0/28': 've-smb',
    }),
    ipv6: waysOut({
      '::/0': 'eth0',
      'fd77:1::/64': 'eth0',
      'fd77:2::/64': 'wlan0',
      'fd17::/64': 'docker0',
      'fd10::/64': 've-smb',
    }),
  },
  bridges: { docker0: ['vc1'] },
};

function waysOut(routes: Readonly<Record<string, string>>): readonly WayOut[] {
  return Object.entries(routes).map(([destination, name]) => ({ destination: cidr(destination), interface: name }));
}

/** Where programs wait on it, for TCP or UDP. */
export const listening: readonly number[] = [137, 138, 139, 445, 8445];

const longestAnswer = 30_000;

interface Waiting {
  readonly resolve: (answer: Answer | { readonly error: string }) => void;
  readonly reject: (problem: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Needs root. The namespace and all in it end with the process. */
export function raiseOracle(): Oracle {
  const program = fileURLToPath(new URL('oracle.py', import.meta.url));
  const child: ChildProcessWithoutNullStreams = spawn('unshare', ['--net', '--mount', 'python3', program]);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const waiting: Waiting[] = [];
  let complaint = '';
  let lost: Error | null = null;

  const lose = (problem: Error): void => {
    lost ??= problem;
    for (const { reject, timer } of waiting.splice(0)) {
      clearTimeout(timer);
      reject(lost);
    }
  };
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaint = (complaint + chunk).slice(-2000);
  });
  child.stdin.on('error', () => {});
  child.once('error', (problem) => lose(problem));
  child.once('close', (code, signal) => lose(new Error(`The oracle ended (${code ?? signal}). ${complaint.trim()}`)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const first = waiting.shift();
    if (first === undefined) return;
    clearTimeout(first.timer);
    first.resolve(JSON.parse(line));
  });

  return {
    ask(rules, probes) {
      if (lost !== null) return Promise.reject(lost);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          lose(new Error(`The oracle gave no answer in ${longestAnswer / 1000} s.`));
          child.kill('SIGKILL');
        }, longestAnswer);
        waiting.push({ resolve, reject, timer });
        const asked = probes.map((probe) => [
          probe.interface,
          probe.source,
          probe.destination,
          probe.protocol,
          probe.port,
        ]);
        child.stdin.write(`${JSON.stringify({ ...rules, probes: asked })}\n`);
      });
    },
    async close() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
  };
}
