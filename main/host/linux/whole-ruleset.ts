// Reads all that filters on a Linux PC: nftables' rules, and of what its JSON leaves out as much as matters on this PC.
import { isDeepStrictEqual } from 'node:util';
import type { Family } from '../../model/address';
import type { RulesBeside, Ruleset } from '../../model/facts';
import { withEmptyInterfaces } from '../../policy/netfilter/iptables/empty-interface';
import { readDebugListing } from '../../policy/netfilter/nftables/bytecode';
import { changesBetween, differencesBetween, withoutHandles } from '../../policy/netfilter/nftables/same-moment';
import { shieldTable } from '../../policy/netfilter/nftables/shield';
import { allLegacyTables, type LegacyTables } from './legacy-tables';

/** The PC's own tools; effects are passed in so that every order of events can be tried. */
export interface PolicyTools {
  /** As `runNft`: rejects with `NftFailed`. */
  nft(args: readonly string[]): Promise<string>;
  /** Our own table as `nft -a` lists it; null where it does not exist. Rejects as `nft`. */
  shieldText(): Promise<string | null>;
  /** What a program in /usr/sbin prints; null where it is not there, or did not end well. */
  print(program: string, args: readonly string[]): Promise<string | null>;
  legacyTables(): LegacyTables;
  /** Resolves when a PC with few rules has long answered. */
  waitForFewRules(): Promise<void>;
}

/** Readings of different moments are read again, so often in all. */
const mostReadings = 5;

/**
 * Rejects with `NftFailed`. On a PC without other rules than ours it starts no program but nft. What each program tells must be of the
 * same rules (`changesBetween`); where it is not, all is read again, a bounded number of times.
 */
export async function readWholeRuleset(tools: PolicyTools): Promise<Extract<Ruleset, { kind: 'nftables' }>> {
  let before: Reading | null = null;
  for (let tries = 1; ; tries++) {
    const reading = await readOnce(tools);
    const { changed, unlike } = reading;
    // What differs in the same way each time is how the tools print it, no change meanwhile.
    const isUsual = unlike.length === 0 || (before !== null && isDeepStrictEqual(unlike, before.unlike));
    if (changed.length === 0 && isUsual) return settled(reading);
    before = reading;
    if (tries < mostReadings) continue;
    const { iptablesLegacy, ip6tablesLegacy } = reading.beside;
    return { ...settled(reading), beside: { ...nothingBeside, iptablesLegacy, ip6tablesLegacy }, torn: true };
  }
}

interface Reading {
  readonly json: string;
  readonly shieldText: string | null;
  readonly legacy: LegacyTables;
  readonly beside: RulesBeside;
  /** What has changed while it was read. */
  readonly changed: readonly string[];
  /** What the programs tell differently, though nothing has changed as far as handles and policies tell. */
  readonly unlike: readonly string[];
}

const nothingBeside: RulesBeside = {
  rulesetText: null,
  rulesetBytecode: null,
  iptablesSave: null,
  ip6tablesSave: null,
  iptablesLegacy: null,
  ip6tablesLegacy: null,
  ipset: null,
};

function settled({ json, shieldText, legacy, beside }: Reading): Extract<Ruleset, { kind: 'nftables' }> {
  return {
    kind: 'nftables',
    whole: true,
    json,
    shieldText,
    legacyTables: allLegacyTables(legacy),
    beside,
    torn: false,
  };
}

const ourTable = [shieldTable.family, shieldTable.name] as const;
const wholeText = ['list', 'ruleset'] as const;
/** Costs no more than the plain listing, which stands at its end (nft(8), --debug); with handles. */
const withBytecode = ['-a', '--debug=netlink', ...wholeText] as const;

/**
 * First nft's JSON, last its text, what else tells of rules and sets between the two: if both show the same handles, the rules have been
 * the same all the time. Likewise iptables-legacy, first and last.
 */
async function readOnce(tools: PolicyTools): Promise<Reading> {
  const legacy = tools.legacyTables();
  const oldRules = saveLegacy(tools, legacy);
  const { json, early } = await readJson(tools);
  const { ours, others, iptables, sets } = contentsOf(json);
  const members = sets ? tools.print('ipset', ['save']) : null;
  const [iptablesSave, ip6tablesSave, old] = await Promise.all([
    iptables.ipv4 ? saveNft(tools, 'ipv4') : null,
    iptables.ipv6 ? saveNft(tools, 'ipv6') : null,
    oldRules,
  ]);
  const saves = [iptablesSave, ip6tablesSave, old.ipv4, old.ipv6];
  const ipset = await (members ?? (saves.some(usesSets) ? tools.print('ipset', ['save']) : null));
  // What was asked for early may be older than what was read meanwhile.
  const isEarly = saves.every((save) => save === null || save === '') && ipset === null;
  const [debugListing, shieldAlone, oldAgain] = await Promise.all([
    others ? (isEarly && early !== null ? early : tools.nft(withBytecode)) : null,
    ours && !others ? tools.shieldText() : null,
    saves.slice(2).some((save) => save !== null && save !== '') ? saveLegacy(tools, legacy) : old,
  ]);
  const { listing, bytecode: rulesetBytecode } =
    debugListing === null ? { listing: null, bytecode: null } : readDebugListing(debugListing);
  const seen = listing ?? shieldAlone;
  const switches = listing !== null && mayBeSwitched.test(listing) ? await membersChanged(tools, json) : [];
  const rulesetText = listing === null ? null : withoutHandles(listing);
  return {
    json,
    shieldText: rulesetText === null ? shieldAlone && withoutHandles(shieldAlone) : shieldIn(rulesetText),
    legacy,
    beside: {
      ...{ rulesetText, rulesetBytecode, iptablesSave, ip6tablesSave },
      ...{ iptablesLegacy: old.ipv4, ip6tablesLegacy: old.ipv6, ipset },
    },
    changed: [
      ...(ours || others ? changesBetween(json, seen ?? '') : []),
      ...(isDeepStrictEqual(legacy, tools.legacyTables()) && isSameSave(old, oldAgain)
        ? []
        : ['iptables-legacy: others']),
      ...switches,
    ],
    unlike: differencesBetween(json, { rulesetText, iptablesSave, ip6tablesSave }),
  };
}

/** Only the text tells of these, and they change without a new handle, as members of sets do that only the JSON tells. */
const mayBeSwitched = /^\tflags .*\bdormant\b|^\t\ttype \S+ hook \S+ devices? /m;

async function membersChanged(tools: PolicyTools, json: string): Promise<readonly string[]> {
  const again = await tools.nft(['-j', ...wholeText]);
  return plain(json) === plain(again) ? [] : ['members of sets: others'];
}

const isSameSave = (a: LegacySaves, b: LegacySaves): boolean =>
  (['ipv4', 'ipv6'] as const).every((family) => uncounted(a[family]) === uncounted(b[family]));
const uncounted = (save: string | null): string | null => save?.replace(/^#.*$|\[\d+:\d+\]/gm, '') ?? null;

/** Without what counts by itself. */
const plain = (json: string): string => json.replace(/"(?:packets|bytes|expires|used|last)":\s*\d+/g, '');

/** Many rules take nft a second to print: then their text is asked for meanwhile, not afterwards. */
async function readJson(
  tools: PolicyTools,
): Promise<{ readonly json: string; readonly early: Promise<string> | null }> {
  let early: Promise<string> | null = null;
  let isThere = false;
  void tools.waitForFewRules().then(() => {
    if (isThere) return;
    early = tools.nft(withBytecode);
    // It is looked at later, or never.
    early.catch(() => undefined);
  });
  try {
    const json = await tools.nft(['-j', ...wholeText]);
    return { json, early };
  } finally {
    isThere = true;
  }
}

interface Contents {
  readonly ours: boolean;
  readonly others: boolean;
  /** Whether iptables may have rules in there. */
  readonly iptables: Readonly<Record<Family, boolean>>;
  /** Whether an ipset is asked about. */
  readonly sets: boolean;
}

/** By the words of the JSON, which may be megabytes: in its strings quotes are escaped, so these are objects (libnftables-json(5)). */
function contentsOf(json: string): Contents {
  const tables = [...json.matchAll(/\{"table":\s*\{"family":\s*"(\w+)",\s*"name":\s*"([^"]*)"/g)].map(
    ([, family = '', name = '']) => ({ family, name }),
  );
  const isOurs = ({ family, name }: (typeof tables)[number]): boolean =>
    family === shieldTable.family && name === shieldTable.name;
  const isForeign = json.includes('"xt":');
  const has = (family: string): boolean =>
    isForeign || tables.some((table) => table.family === family && iptablesNames.has(table.name));
  return {
    ours: tables.some(isOurs),
    others: !tables.every(isOurs),
    iptables: { ipv4: has('ip'), ipv6: has('ip6') },
    sets: /"xt":\s*\{"type":\s*"match",\s*"name":\s*"set"/.test(json),
  };
}

/** Tables that iptables has (iptables(8)). */
const iptablesNames = new Set(['filter', 'nat', 'mangle', 'raw', 'security']);

const usesSets = (save: string | null): boolean => save?.includes('--match-set ') ?? false;

const toolOf = { ipv4: 'iptables', ipv6: 'ip6tables' } as const satisfies Record<Family, string>;
/** `iptables-save` says of itself which of the two it is; the old one names no back end. */
const isNftBackEnd = (text: string): boolean => /^#.* \(nf_tables\) /m.test(text.slice(0, 1000));

async function saveNft(tools: PolicyTools, family: Family): Promise<string | null> {
  const own = await tools.print(`${toolOf[family]}-nft-save`, []);
  if (own !== null) return own;
  const usual = await tools.print(`${toolOf[family]}-save`, []);
  return usual !== null && isNftBackEnd(usual) ? usual : null;
}

type LegacySaves = Readonly<Record<Family, string | null>>;

async function saveLegacy(tools: PolicyTools, { ipv4, ipv6 }: LegacyTables): Promise<LegacySaves> {
  const [four, six] = await Promise.all([saveLegacyOf(tools, 'ipv4', ipv4), saveLegacyOf(tools, 'ipv6', ipv6)]);
  return { ipv4: four, ipv6: six };
}

/** One table at a time, by name: saving "all" must not be what creates one. */
async function saveLegacyOf(
  tools: PolicyTools,
  family: Family,
  tables: readonly string[] | null,
): Promise<string | null> {
  if (tables === null) return null;
  const once = (table: string): Promise<string | null> => saveLegacyTable(tools, family, table);
  // What changed between save and listing is read again once.
  const saves = await Promise.all(tables.map(async (table) => (await once(table)) ?? once(table)));
  return saves.includes(null) ? null : saves.join('');
}

async function saveLegacyTable(tools: PolicyTools, family: Family, table: string): Promise<string | null> {
  const tool = toolOf[family];
  const list = (program: string): Promise<string | null> =>
    tools.print(program, ['-w', '5', '-t', table, '-v', '-n', '-L']);
  const [own, ownListing] = await Promise.all([
    tools.print(`${tool}-legacy-save`, ['-t', table]),
    list(`${tool}-legacy`),
  ]);
  const usual = own === null ? await tools.print(`${tool}-save`, ['-t', table]) : null;
  const save = own ?? (usual !== null && isNftBackEnd(usual) ? null : usual);
  if (save === null) return null;
  const listing = own === null ? await list(tool) : ownListing;
  return listing === null ? null : withEmptyInterfaces(save, listing);
}

/** Each table begins and ends at the line's start. */
export function shieldIn(rulesetText: string): string | null {
  return new RegExp(`^table ${ourTable.join(' ')} \\{[^]*?^\\}\\n?`, 'm').exec(rulesetText)?.[0] ?? null;
}
