// Reading much: ten times the text beside a tenth of it, and awkward text beside plain text of the same length.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesUnder } from '../../main/host/linux/read/files';
import { readTcpSockets } from '../../main/host/linux/read/sockets';
import { readIptablesSave } from '../../main/policy/netfilter/iptables/read';
import { filter } from '../unit/policy/netfilter/iptables/reading';
import { alternate } from './alternate';
import type { Surroundings } from './bench';
import type { Comparison } from './comparison';

/** Where time grows as the text does, the quotient is 10; where it grows with its square, 100. */
const linear = 20;

export async function compareReading({ folder, tell }: Surroundings): Promise<readonly Comparison[]> {
  tell('reading: connections, rules, sets and awkward text ...');
  const [many, few] = [await connections(folder, 100_000), await connections(folder, 10_000)];
  const set = setOf(500_000);
  return [
    await beside('100,000 connections', many, '10,000 connections', few, linear),
    await beside('100,000 iptables rules', rules(100_000), '10,000 rules', rules(10_000), linear),
    await beside('1,000 rules with a set of 500,000', matches(1000, set), 'one such rule', matches(1, set), 2),
    ...(await awkward(2_000_000)),
  ];
}

/** Reads a PC's table of so many connections, none of them at an SMB port. */
async function connections(folder: string, count: number): Promise<() => unknown> {
  const pc = join(folder, `connections-${count}`);
  const row = (n: number): string =>
    `   0: 0A014D0A:01BB ${n.toString(16).toUpperCase().padStart(8, '0')}:C78E 01 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0\n`;
  const text = Array.from({ length: count }, (_, n) => row(n)).join('');
  await mkdir(join(pc, 'proc/net'), { recursive: true });
  await writeFile(join(pc, 'proc/net/tcp'), `  sl  local_address rem_address   st\n${text}`);
  return () => readTcpSockets(filesUnder(pc), 'LE');
}

const plainRule = (n: number): string =>
  `-s 10.${n % 200}.${n % 251}.0/24 -i eth0 -p tcp -m tcp --dport ${n % 60000} -m comment --comment "rule ${n}" -j DROP`;

const rules = (count: number): (() => unknown) => read(filter(Array.from({ length: count }, (_, n) => plainRule(n))));

function setOf(count: number): string {
  const entries = Array.from({ length: count }, (_, n) => `add big 10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
  return ['create big hash:ip family inet hashsize 1024 maxelem 9999999', ...entries, ''].join('\n');
}

const matches = (count: number, set: string): (() => unknown) =>
  read(filter(Array.from({ length: count }, () => '-m set --match-set big src -j DROP')), set);

/** `length`: about so many characters each. */
async function awkward(length: number): Promise<readonly Comparison[]> {
  const times = (piece: string): readonly string[] => Array.from({ length: length / piece.length }, () => piece);
  const texts = {
    'one long comment': filter([`-m comment --comment "${times('a').join('')}" -j DROP`]),
    'quotations of nothing': filter([`${times('"" ').join('')}-j DROP`]),
    'quotations that never end': filter(times('-m comment --comment "a')).replace('COMMIT', ''),
    'many spaces': filter([`${times(' ').join('')}-j DROP`]),
  };
  const plain = rules(length / plainRule(1000).length);
  const compared: Comparison[] = [];
  for (const [title, text] of Object.entries(texts))
    compared.push(await beside(title, read(text), 'plain rules of that length', plain, 2));
  return compared;
}

const read =
  (text: string, ipset: string | null = null) =>
  (): unknown =>
    readIptablesSave(text, 'ipv4', { legacy: false, ipset });

async function beside(
  title: string,
  ours: () => unknown,
  what: string,
  theirs: () => unknown,
  limit: number,
): Promise<Comparison> {
  const rounds = { warmUp: 1, counted: 5 };
  const times = await alternate({ ours: () => timed(ours), theirs: () => timed(theirs) }, rounds);
  return {
    title: `reading, ${title}`,
    unit: 'ms',
    ours: { what: 'read', values: times.ours },
    theirs: { what, values: times.theirs },
    limit,
  };
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
