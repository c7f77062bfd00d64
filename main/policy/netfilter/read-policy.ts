// A Linux PC's saved or live policy, read once to be asked about many ports: the programs that a packet must pass, one beside the other. Pure.

import type { Family } from '../../model/address';
import { type Message, message } from '../../model/message';
import type { LinuxPolicy, NotSaved } from '../../model/review';
import { readIptablesSave } from './iptables/read';
import { toldBySave } from './iptables-tables';
import { hiddenConditions } from './nftables/bytecode';
import { readListing } from './nftables/listing-text';
import { readNftables } from './nftables/read';
import { type NftTable, parseRuleset } from './nftables/ruleset';
import { type Prepared, prepare } from './prepare';
import type { FilterProgram, Unsure } from './program';

export type ReadPolicy =
  | {
      readonly kind: 'rules';
      readonly prepared: Prepared;
      readonly unsure: readonly Unsure[];
      /** Parts that were not read; each could let somebody in. */
      readonly missing: readonly NotSaved[];
    }
  | { readonly kind: 'bad'; readonly why: Message };

/**
 * nftables' rules, with iptables' tables in them from iptables' own listing, and the old iptables beside them. Only nftables' own listing
 * is needed; an iptables listing that can't be read is named, and closes nothing.
 */
export function readPolicy(given: LinuxPolicy): ReadPolicy {
  const policy = given.torn ? { ...given, ...nothingBeside } : given;
  const { rulesetJson, rulesetText, rulesetBytecode, ipset } = policy;
  if (rulesetJson === null) return { kind: 'bad', why: message('netfilter.no-rules') };
  const parsed = parseRuleset(rulesetJson);
  if (parsed.kind === 'bad') return parsed;
  const listing = rulesetText === null ? null : readListing(rulesetText);
  const programs: FilterProgram[] = [];
  const unsure: Unsure[] = [];
  const leaveOut = new Set<string>();
  const isPlain = ({ family, name, flagged }: NftTable): boolean =>
    !flagged || listing?.get(`${family} ${name}`)?.flags.includes('dormant') === false;

  const read = (text: string | null, family: Family, legacy: boolean): void => {
    if (text === null || text.trim() === '') return;
    const saved = readIptablesSave(text, family, { legacy, ipset });
    const called = `${family === 'ipv4' ? 'iptables' : 'ip6tables'}${legacy ? '-legacy' : ''}`;
    if (saved.kind === 'bad') {
      unsure.push({
        rule: message('netfilter.all-rules-of', { of: called }),
        why: message('netfilter.not-read', { why: saved.why }),
      });
      return;
    }
    if (legacy) {
      programs.push(saved.program);
      unsure.push(...saved.program.unsure);
      return;
    }
    const told = toldBySave(parsed.tables.filter(isPlain), family, text, saved.program.baseChains);
    for (const table of told) leaveOut.add(`${family === 'ipv4' ? 'ip' : 'ip6'} ${table}`);
    const baseChains = saved.program.baseChains.filter(({ chain }) => told.has(chain.name.split(' ')[1] ?? ''));
    programs.push({ ...saved.program, baseChains });
  };
  read(policy.iptablesSave, 'ipv4', false);
  read(policy.ip6tablesSave, 'ipv6', false);
  const nftables = readNftables(parsed, { listing, hidden: hiddenConditions(rulesetBytecode ?? '') }, leaveOut);
  read(policy.iptablesLegacy, 'ipv4', true);
  read(policy.ip6tablesLegacy, 'ipv6', true);
  return {
    kind: 'rules',
    prepared: prepare([nftables, ...programs]),
    unsure: [...nftables.unsure, ...unsure],
    missing: [...missingLegacy(policy), ...(given.torn ? [ofOneMoment] : [])],
  };
}

/** What must be of the same moment as the JSON. */
const nothingBeside = {
  rulesetText: null,
  rulesetBytecode: null,
  iptablesSave: null,
  ip6tablesSave: null,
  ipset: null,
};

const ofOneMoment: NotSaved = {
  code: 'one-moment',
  what: message('netfilter.all-rules'),
  save: 'breakwater collect --out DIR',
  inUse: true,
};

/** The old iptables, of which nft tells nothing, by family: not read, though it may be, or is, in use. */
function missingLegacy({ iptablesLegacy, ip6tablesLegacy, host }: LinuxPolicy): readonly NotSaved[] {
  const tables = host?.legacyTables;
  if (tables?.length === 0) return [];
  const unread = [
    ...(iptablesLegacy === null ? ['iptables-legacy'] : []),
    ...(ip6tablesLegacy === null ? ['ip6tables-legacy'] : []),
  ];
  return unread.map((name) => ({
    code: 'iptables-legacy',
    what: tables === undefined ? name : message('netfilter.in-use', { of: name, tables }),
    save: `sudo ${name}-save > ${name}.txt`,
    ...(tables === undefined ? {} : { inUse: true }),
  }));
}
