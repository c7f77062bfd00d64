// A Linux PC made of files: a saved one with changes, in a folder of its own that goes away after the test.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ReadingTools } from '../../../../main/host/linux/read/tools';
import { verbatim } from '../../../../main/model/message';
import type { SmbAnswer } from '../../../../main/model/smb';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'fixtures', 'linux-pc');

/** Text of a file, a link, a folder, or null to take something away. */
export type Change = string | { readonly link: string } | 'folder' | null;

/** An empty PC with these files. */
export function pcOf(changes: Readonly<Record<string, Change>>): string {
  const root = mkdtempSync(join(tmpdir(), 'breakwater-pc-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  change(root, changes);
  return root;
}

/** The saved PC `debian-samba` with these changes; its processes hold the sockets they held. */
export function debianSamba(changes: Readonly<Record<string, Change>> = {}): string {
  const root = pcOf({});
  cpSync(join(fixtures, 'debian-samba'), root, { recursive: true });
  const holders: Record<string, number[]> = JSON.parse(readFileSync(join(root, 'holders.json'), 'utf8'));
  for (const [pid, inodes] of Object.entries(holders))
    change(
      root,
      Object.fromEntries(inodes.map((inode, i) => [`proc/${pid}/fd/${i + 20}`, { link: `socket:[${inode}]` }])),
    );
  // Every process has open files; kernel threads have none.
  for (const pid of ['1', '2', '11668', '11669']) change(root, { [`proc/${pid}/fd/0`]: { link: '/dev/null' } });
  for (const pid of readdirSync(join(root, 'proc')).filter((name) => /^\d+$/.test(name)))
    change(root, { [`proc/${pid}/status`]: statusOf(0) });
  for (const pid of ['11658', '11668', '11669', '11762', '11764', '11767', '11768'])
    change(root, { [`proc/${pid}/exe`]: { link: join(root, 'usr/sbin/smbd') } });
  change(root, { 'proc/11659/exe': { link: join(root, 'usr/sbin/nmbd') } });
  change(root, changes);
  return root;
}

/** /proc/PID/status in short, for a process that this user started, and for whom it acts. */
export function statusOf(user: number, actsFor = user): string {
  return `${endingStatusOf('S (sleeping)', user, actsFor)}VmSize:\t    8212 kB\n`;
}

/** The same of a process that has given up its memory. `state`: it may still be said to run. */
export function endingStatusOf(state: 'S (sleeping)' | 'R (running)' | 'Z (zombie)', user = 0, actsFor = user): string {
  return `Name:\tx\nUmask:\t0022\nState:\t${state}\nUid:\t${user}\t${actsFor}\t${user}\t${actsFor}\n`;
}

export function fixtureText(path: string): string {
  return readFileSync(join(fixtures, 'debian-samba', path), 'utf8');
}

function change(root: string, changes: Readonly<Record<string, Change>>): void {
  for (const [path, to] of Object.entries(changes)) {
    const whole = join(root, path);
    rmSync(whole, { recursive: true, force: true });
    if (to === null) continue;
    mkdirSync(dirname(whole), { recursive: true });
    if (to === 'folder') mkdirSync(whole);
    else if (typeof to === 'string') writeFileSync(whole, to);
    else symlinkSync(to.link, whole);
  }
}

export const clock = new Date('2026-03-01T08:00:00.000Z');

/** The answer of a server about which nothing is known, for tests that only care who was asked. */
export function silent(address: string, port: number): SmbAnswer {
  return {
    address,
    port,
    smb1: 'unknown',
    dialects: { '2.0.2': 'unknown', '2.1': 'unknown', '3.0': 'unknown', '3.0.2': 'unknown', '3.1.1': 'unknown' },
    chosen: null,
    signing: 'unknown',
    encryption: null,
    signingAlgorithm: null,
    compression: null,
    capabilities: [],
    serverGuid: null,
    systemTime: null,
    startTime: null,
    maxTransactSize: null,
    ntlm: null,
    problems: [verbatim('nothing came back')],
  };
}

/** Tools of an administrator on that PC. */
export function toolsFor(root: string, other: Partial<ReadingTools> = {}): ReadingTools {
  return {
    root,
    now: () => clock,
    addresses: () => ({
      lo: [info('127.0.0.1/8'), info('::1/128')],
      eth0: [info('10.77.1.10/24'), info('fe80::a06d:83ff:fe43:960a/64')],
    }),
    architecture: 'x64',
    byteOrder: 'LE',
    uid: 0,
    probe: async ({ address, port }) => silent(address, port),
    readRuleset: async () => ({
      state: 'not-permitted',
      why: verbatim('no'),
      source: { kind: 'command', name: 'nft' },
      at: clock.toISOString(),
    }),
    runRpm: async () => ({ kind: 'not-there' }),
    ...other,
  };
}

/** One entry of `os.networkInterfaces()`. */
export function info(cidr: string): NetworkInterfaceInfo {
  const [address = ''] = cidr.split('/');
  const common = { address, netmask: '', mac: '00:00:00:00:00:00', internal: false, cidr };
  return address.includes(':') ? { ...common, family: 'IPv6', scopeid: 0 } : { ...common, family: 'IPv4' };
}
