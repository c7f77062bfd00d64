// The privileged half on Linux: reads the whole ruleset, puts our table up and takes it away, in one nft transaction each.
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Ruleset } from '../../model/facts';
import { changesBetween, withoutHandles } from '../../policy/netfilter/nftables/same-moment';
import { shieldTable } from '../../policy/netfilter/nftables/shield';
import { passesConnectionsOn } from '../../policy/netfilter/passing-on';
import type { Administration } from '../host';
import { clearKeeperCommand, startKeeping, stopKeeping } from './keeping';
import { activeLegacyTables } from './legacy-tables';
import { nftIfTableThere, runNft, unlessAbsent } from './nft';
import { nodeCommand } from './node-command';
import { readWaysOn } from './read-ways-on';
import { runLinuxProgram } from './run-linux-program';
import { deleteShieldText, shieldText } from './shield-rules';
import { readWholeRuleset } from './whole-ruleset';

type Nftables = Extract<Ruleset, { kind: 'nftables' }>;

/** Milliseconds: of our own table nft(8) takes some hundredths of a second, on a PC under load some seconds; what can't be had by then is tried again by the next pass half a minute later. */
const soon = 25_000;
const ourTable = [shieldTable.family, shieldTable.name];

export const linuxAdministration: Administration = {
  // The keeper first: it would put the table back.
  clearCommand: `${clearKeeperCommand}; sudo nft delete table ${ourTable.join(' ')}`,
  bootId,
  uptime,
  readRuleset: () => readRuleset(),
  readShield: readShieldTable,
  async putUp(shield, carried, from) {
    await runNft(['-f', '-'], { input: shieldText(shield, carried, from), within: soon });
  },
  async takeDown() {
    await nftIfTableThere(shieldTable, ['-f', '-'], { input: deleteShieldText });
  },
  workarounds: null,
  // timeout(1) ends it also where this process is ended before: nothing of a look outlives it for long.
  apart: (helper, word, seconds) =>
    runLinuxProgram('/usr/bin/timeout', ['-s', 'KILL', String(seconds), ...nodeCommand(), helper, word], {
      within: (seconds + 5) * 1000,
    }),
  startKeeping,
  stopKeeping,
  async readRest() {
    return withoutShield(await runNft(['-s', 'list', 'ruleset']));
  },
};

/** Changes with every start of the PC (random(4)); null where /proc does not tell. */
async function bootId(): Promise<string | null> {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}

/** All rules of all families. Rejects with `NftFailed`. */
export async function readRuleset(signal?: AbortSignal): Promise<Ruleset> {
  const ruleset = await readRules(signal);
  // Where nothing is passed on, nothing depends on it, and two programs are not started.
  return mayPassOn(ruleset) ? withWaysOn(ruleset, signal) : ruleset;
}

const mayPassOn = ({ json, beside }: Nftables): boolean => beside === null || passesConnectionsOn(json, beside);

/** With the routes and bridges, unless they were read with it. Never rejects. */
export async function withWaysOn(ruleset: Nftables, signal?: AbortSignal): Promise<Nftables> {
  if (ruleset.waysOn !== undefined) return ruleset;
  return { ...ruleset, waysOn: await readWaysOn((args, input) => runIp(args, input, signal)) };
}

/** Where distributions have it: Debian in /usr/sbin with a link in /usr/bin, others in one of the two. */
async function runIp(args: readonly string[], input: string, signal: AbortSignal | undefined): Promise<string | null> {
  for (const path of ['/usr/sbin/ip', '/usr/bin/ip', '/sbin/ip']) {
    const ran = await runLinuxProgram(path, args, { input, signal });
    if (ran.kind !== 'not-there') return ran.kind === 'ended' && ran.code === 0 ? ran.stdout : null;
  }
  return null;
}

function readRules(signal?: AbortSignal): Promise<Nftables> {
  return readWholeRuleset({
    nft: (args) => runNft(args, { signal }),
    shieldText: () => nftIfTableThere(shieldTable, ['-a', 'list', 'table', ...ourTable], { signal }),
    async print(program, args) {
      const ran = await runLinuxProgram(`/usr/sbin/${program}`, args, { signal });
      return ran.kind === 'ended' && ran.code === 0 ? ran.stdout : null;
    },
    legacyTables: activeLegacyTables,
    waitForFewRules,
  });
}

/** nft itself starts in about 5 ms. In small steps: after a busy moment of ours, an answer that has come is heard between two of them. */
async function waitForFewRules(): Promise<void> {
  for (let step = 0; step < 5; step++) await new Promise((resolve) => setTimeout(resolve, 5).unref());
}

/** Readings of our table of different moments are repeated, so often in all. */
const mostReadings = 5;

/** Only our table. Rejects with `NftFailed`. */
export async function readShieldTable(): Promise<Ruleset> {
  const table = ['list', 'table', ...ourTable];
  const run = (args: readonly string[]): Promise<string> => runNft(args, { within: soon });
  const readBoth = async (): Promise<readonly [string | null, string | null]> =>
    (await unlessAbsent(shieldTable, () => Promise.all([run(['-j', ...table]), run(['-a', ...table])]), run)) ?? [
      null,
      null,
    ];
  let [json, listing] = await readBoth();
  let isTorn = changesBetween(json ?? '', listing ?? '').length > 0;
  for (let tries = 1; isTorn && tries < mostReadings; tries++) {
    [json, listing] = await readBoth();
    isTorn = changesBetween(json ?? '', listing ?? '').length > 0;
  }
  return {
    kind: 'nftables',
    whole: false,
    json: json ?? '{"nftables": [{"metainfo": {"json_schema_version": 1}}]}',
    shieldText: listing === null ? null : withoutHandles(listing),
    legacyTables: null,
    beside: null,
    torn: isTorn,
  };
}

/** `nft list ruleset` without our table: each table begins and ends at the line's start. */
function withoutShield(ruleset: string): string {
  return ruleset.replace(new RegExp(`^table ${ourTable.join(' ')} \\{[^]*?^\\}\\n?`, 'm'), '');
}
