// Reads iptables-save's text (nft back end or legacy) with `ipset save` beside it into the language-neutral form of rules.

import type { Family } from '../../../model/address';
import { type Message, message } from '../../../model/message';
import type { BaseChain, Chain, FilterProgram, Hook, Rule, Step, Unsure, Verdict } from '../program';
import { type Membership, membershipIn, type SetChanges } from './ipset-membership';
import { readIpsetSave } from './ipset-save';
import { stepsOfMatch } from './matches';
import { type Option, type RuleWords, readRuleWords } from './rule-words';
import { readSavedText, type SavedRule, type SavedTable, wordsOf } from './save-text';
import { isTargetName, stepsOfTarget } from './targets';
import { addressCondition, addressesOf, exactly, interfaceConditions, protocolNumber, unsure } from './values';

export type IptablesRules =
  | {
      readonly kind: 'program';
      readonly program: FilterProgram;
      /** The tables the text tells everything about; others, if they exist, are not in it. */
      readonly tables: readonly string[];
      /** Tables that exist and that iptables-save does not show, since nft's own rules stand in them. */
      readonly notShown: readonly string[];
    }
  | { readonly kind: 'bad'; readonly why: Message };

/**
 * The rules of one family's iptables-save text. `ipset` is the text of `ipset save`, null where it could not be had.
 * Every rule line becomes a rule; what can't be judged is "unsure" or "anything" in it. Never throws; bad = not such a text as a whole.
 */
export function readIptablesSave(
  text: string,
  family: Family,
  options: { readonly legacy: boolean; readonly ipset: string | null },
): IptablesRules {
  const saved = readSavedText(text);
  if (saved.kind === 'bad') return { kind: 'bad', why: message('netfilter.iptables.bad', { why: saved.why }) };
  const tool = `${family === 'ipv4' ? 'iptables' : 'ip6tables'}${options.legacy ? '-legacy' : ''}`;
  const sets = options.ipset === null ? null : readIpsetSave(options.ipset);
  const membership: Membership = sets ? membershipIn(sets, setChanges(saved.tables), family) : () => null;
  const baseChains: BaseChain[] = [];
  for (const table of saved.tables) {
    const hooks = builtInChains.get(table.name);
    if (!hooks) return { kind: 'bad', why: message('netfilter.iptables.foreign-table', { table: table.name }) };
    const chains = new Map<string, OpenChain>(
      [...table.chains.keys()].map((name) => [name, { name: `${tool} ${table.name} ${name}`, rules: [] }]),
    );
    for (const [name, { policy, rules }] of table.chains) {
      const chain = chains.get(name);
      if (!chain) continue;
      const place: Place = { family, membership, table, chains, where: chain.name };
      for (const line of rules) chain.rules.push(readRule(line, place));
      if (policy === null) continue;
      const at = hooks.get(name);
      if (!at) return { kind: 'bad', why: message('netfilter.iptables.no-hook', { table: table.name, chain: name }) };
      baseChains.push({ ...at, families: [family], devices: null, policy, chain });
    }
  }
  baseChains.sort((a, b) => path.indexOf(a.hook) - path.indexOf(b.hook) || a.priority - b.priority);
  const program: FilterProgram = {
    language: options.legacy ? 'iptables-legacy' : 'nftables',
    baseChains,
    unsure: saved.notShown.map((name) => notShown(tool, name)),
  };
  return { kind: 'program', program, tables: saved.tables.map(({ name }) => name), notShown: saved.notShown };
}

type OpenChain = Chain & { readonly rules: Rule[] };
type At = Pick<BaseChain, 'hook' | 'priority' | 'type'>;

interface Place {
  readonly family: Family;
  readonly membership: Membership;
  readonly table: SavedTable;
  readonly chains: ReadonlyMap<string, OpenChain>;
  readonly where: string;
}

const path: readonly Hook[] = ['ingress', 'prerouting', 'input', 'forward', 'output', 'postrouting', 'egress'];

/** Where the kernel hangs iptables' built-in chains (linux/netfilter_ipv4.h; nft(8), standard priority names). */
const builtInChains: ReadonlyMap<string, ReadonlyMap<string, At>> = new Map([
  ['raw', chainsAt(-300, ['PREROUTING', 'OUTPUT'])],
  [
    'mangle',
    new Map([
      ...chainsAt(-150, ['PREROUTING', 'INPUT', 'FORWARD', 'POSTROUTING']),
      ['OUTPUT', { hook: 'output', priority: -150, type: 'route' }] as const,
    ]),
  ],
  [
    'nat',
    new Map([...chainsAt(-100, ['PREROUTING', 'OUTPUT'], 'nat'), ...chainsAt(100, ['INPUT', 'POSTROUTING'], 'nat')]),
  ],
  ['filter', chainsAt(0, ['INPUT', 'FORWARD', 'OUTPUT'])],
  ['security', chainsAt(50, ['INPUT', 'FORWARD', 'OUTPUT'])],
]);

function chainsAt(priority: number, names: readonly string[], type: At['type'] = 'filter'): ReadonlyMap<string, At> {
  const hooks = new Map(path.map((hook) => [hook.toUpperCase(), hook]));
  return new Map(names.map((name) => [name, { hook: hooks.get(name) ?? 'input', priority, type }]));
}

/** Which ipsets the rules themselves fill and empty (-j SET); a name too many only makes its set uncertain. */
function setChanges(tables: readonly SavedTable[]): SetChanges {
  const changes = { added: new Set<string>(), removed: new Set<string>() };
  for (const { chains } of tables)
    for (const { rules } of chains.values())
      for (const { options } of rules)
        for (const [, way, name = ''] of options.matchAll(/--(add|del)-set\s+"?([^\s"]+)/g))
          (way === 'add' ? changes.added : changes.removed).add(name);
  return changes;
}

function readRule({ text, options }: SavedRule, place: Place): Rule {
  const words = readRuleWords(wordsOf(options));
  const steps: readonly Step[] = words
    ? [...ownSteps(words, place), ...matchSteps(words, place), ...targetSteps(words, place)]
    : [{ kind: 'anything', why: message('netfilter.iptables.unread-rule') }];
  return { text, where: place.where, steps };
}

function matchSteps({ own, matches }: RuleWords, { family, membership }: Place): readonly Step[] {
  const protocol = own.find(({ name, negated }) => name === '-p' && !negated)?.words[0];
  const context = { family, membership, protocol: protocol === undefined ? null : protocolNumber(protocol) };
  return matches.flatMap((match) => stepsOfMatch(match, context));
}

function ownSteps({ own }: RuleWords, { family }: Place): readonly Step[] {
  return own.flatMap((option) => ownStep(option, family));
}

function ownStep({ name, negated, words }: Option, family: Family): readonly Step[] {
  const [value = ''] = words;
  switch (name) {
    case '-s':
    case '-d': {
      const members = addressesOf(family, value);
      if (!members) return [unsure(message('netfilter.iptables.address', { text: value }))];
      return [addressCondition(name === '-s' ? 'source' : 'destination', exactly(members), negated, null)];
    }
    case '-p': {
      const protocol = protocolNumber(value);
      if (protocol === null) return [unsure(message('netfilter.iptables.protocol', { text: value }))];
      if (protocol === 0) return negated ? [unsure(message('netfilter.iptables.not-any-protocol'))] : [];
      return [{ kind: 'protocol', protocols: [protocol], negated }];
    }
    case '-i':
      return interfaceConditions('in', value, negated);
    case '-o':
      return interfaceConditions('out', value, negated);
    // Second and later fragments: a packet that opens a connection is whole, or its first fragment.
    case '-f':
      return negated ? [] : [{ kind: 'never' }];
    case '-4':
      return family === 'ipv4' ? [] : [{ kind: 'never' }];
    case '-6':
      return family === 'ipv6' ? [] : [{ kind: 'never' }];
    default:
      return [];
  }
}

/** A chain's own name first; a rule without a target only counts. */
function targetSteps({ target }: RuleWords, { family, table, chains }: Place): readonly Step[] {
  if (!target) return [];
  const to = chains.get(target.name);
  if (to) {
    const jumpable = table.chains.get(target.name)?.policy === null && !isTargetName(target.name);
    if (!jumpable || target.options.length > 0 || !target.understood)
      return [{ kind: 'anything', why: message('netfilter.iptables.name-of-else', { name: target.name }) }];
    const verdict: Verdict = { kind: target.way, to };
    return [{ kind: 'verdict', verdict }];
  }
  if (target.way === 'goto')
    return [{ kind: 'anything', why: message('netfilter.iptables.missing-chain', { name: target.name }) }];
  return stepsOfTarget(target, family);
}

function notShown(tool: string, table: string): Unsure {
  return { rule: `${tool} ${table}`, why: message('netfilter.iptables.not-shown', { table }) };
}
