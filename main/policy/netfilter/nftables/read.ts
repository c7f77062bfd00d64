// nftables' rules, from `nft -j list ruleset` with the plain listing beside it, as a FilterProgram.

import type { Family } from '../../../model/address';
import { message } from '../../../model/message';
import type { BaseChain, Chain, Condition, FilterProgram, Hook, Rule, Step, Unsure } from '../program';
import { withBlocks } from './blocks';
import { ruleLine } from './compact';
import type { TextTable } from './listing-text';
import { field, type NftChain, type NftTable, type ParsedRuleset } from './ruleset';
import { type RuleReading, readStatements } from './statements';

/** What nft prints beside its JSON, all of the same moment. */
export interface Beside {
  /** The plain `nft list ruleset`; null = not there: chains whose interfaces or whose table's flags only it tells then close nothing. */
  readonly listing: ReadonlyMap<string, TextTable> | null;
  /** Conditions that both listings leave out, by rule. */
  readonly hidden: ReadonlyMap<string, readonly Condition[]>;
}

/** `ruleset`: all of `nft -j list ruleset`. `leaveOut`: tables ("ip filter") that are judged from iptables' own listing. */
export function readNftables(
  ruleset: Extract<ParsedRuleset, { kind: 'ruleset' }>,
  { listing, hidden }: Beside,
  leaveOut: ReadonlySet<string>,
): FilterProgram {
  const unsure: Unsure[] = ruleset.strange.map((kind) => ({
    rule: kind,
    why: message('netfilter.unknown-object'),
  }));
  const baseChains: BaseChain[] = [];
  for (const table of ruleset.tables) {
    if (leaveOut.has(`${table.family} ${table.name}`)) continue;
    const told = listing?.get(`${table.family} ${table.name}`) ?? null;
    if (told?.flags.includes('dormant')) continue;
    baseChains.push(...readTable(table, { told, hidden }, unsure));
  }
  return { language: 'nftables', baseChains, unsure };
}

/** One table's base chains, with all that they lead to. Adds to `unsure` what hooks in a way that is not known. */
export function readTable(
  given: NftTable,
  { told, hidden }: { readonly told: TextTable | null; readonly hidden: Beside['hidden'] },
  unsure: Unsure[],
): readonly BaseChain[] {
  const table = withBlocks(given);
  const families = tableFamilies.get(table.family);
  if (!families) {
    if (!otherFamilies.has(table.family))
      unsure.push({
        rule: `table ${table.family} ${table.name}`,
        why: message('netfilter.unknown-table'),
      });
    return [];
  }
  const name = `${table.family} ${table.name}`;
  const chains = new Map<string, Chain & { readonly rules: Rule[] }>();
  for (const { name: chain } of table.chains.values()) chains.set(chain, { name: `${name} ${chain}`, rules: [] });
  const on: RuleReading = { table, changing: changingSets(table, told), kept: new Map(), chains };
  for (const chain of table.chains.values()) fill(on, chain, { told, hidden }, chains.get(chain.name)?.rules ?? []);

  const doubt = table.flagged && told === null ? message('netfilter.table-switch') : undefined;
  return [...table.chains.values()].flatMap(({ name: chainName, base }): BaseChain[] => {
    const chain = chains.get(chainName);
    if (!base || !chain) return [];
    const hook = hooks.get(base.hook);
    if (!hook) {
      unsure.push({
        rule: `${name} ${chainName}`,
        why: message('netfilter.unknown-hook', { hook: base.hook }),
      });
      return [];
    }
    const unplaced = Number.isNaN(base.priority) ? message('netfilter.when-unread') : doubt;
    const onDevice = hook === 'ingress' || hook === 'egress';
    return [
      {
        hook,
        priority: Number.isNaN(base.priority) ? 0 : base.priority,
        type: base.type === 'nat' || base.type === 'route' ? base.type : 'filter',
        families,
        devices: onDevice ? (base.devices ?? told?.chains.get(chainName)?.devices ?? 'unknown') : null,
        policy: base.policy === 'drop' ? 'drop' : 'accept',
        chain,
        ...(unplaced === undefined ? {} : { doubt: unplaced }),
      },
    ];
  });
}

function fill(
  on: RuleReading,
  chain: NftChain,
  { told, hidden }: { readonly told: TextTable | null; readonly hidden: Beside['hidden'] },
  into: Rule[],
): void {
  const lines = told?.chains.get(chain.name)?.rules;
  const matches = lines?.length === chain.rules.length;
  for (const [index, { handle, text: printed, expressions }] of chain.rules.entries()) {
    const line = matches ? lines[index] : undefined;
    const text = line === undefined ? (printed ?? ruleLine(expressions)) : line.replace(/ packets \d+ bytes \d+/g, '');
    const where = `${on.table.family} ${on.table.name} ${chain.name}${handle === null ? '' : ` handle ${handle}`}`;
    const more = hidden.get(where);
    const variants = readStatements(on, expressions).map((steps) => (more ? withHidden(steps, more) : steps));
    for (const steps of variants)
      into.push(
        variants.length === 1 && handle !== null ? { text, where, steps, alone: true } : { text, where, steps },
      );
  }
}

/** Where in the rule they stood is not told, so a rule that writes something on its way may do anything. */
function withHidden(steps: readonly Step[], hidden: readonly Condition[]): readonly Step[] {
  const writes = steps.some(({ kind }) => writing.has(kind));
  return writes ? [{ kind: 'anything', why: message('netfilter.hidden-condition') }] : [...hidden, ...steps];
}

const writing = new Set<Step['kind']>([
  'set-mark',
  'copy-mark',
  'notrack',
  'set-zone',
  'nat',
  'verdict-map',
  'anything',
]);

/** Sets that rules write to, or that are declared so: what is in them now says nothing about the next moment. */
function changingSets(table: NftTable, told: TextTable | null): ReadonlySet<string> {
  const changing = new Set<string>();
  for (const [set, flags] of told?.setFlags ?? []) if (flags.includes('dynamic')) changing.add(set);
  for (const { rules } of table.chains.values())
    for (const { expressions } of rules)
      for (const { kind, body } of expressions) {
        const written = kind === 'set' || kind === 'map' ? (field(body, kind) ?? field(body, 'set')) : undefined;
        if (typeof written === 'string') changing.add(written.replace('@', ''));
      }
  return changing;
}

const both: readonly Family[] = ['ipv4', 'ipv6'];
const tableFamilies: ReadonlyMap<string, readonly Family[]> = new Map([
  ['inet', both],
  ['netdev', both],
  ['ip', ['ipv4']],
  ['ip6', ['ipv6']],
]);
/** They never see packets that are routed to this PC. */
const otherFamilies = new Set(['arp', 'bridge']);
const hooks: ReadonlyMap<string, Hook> = new Map(
  (['ingress', 'prerouting', 'input', 'forward', 'output', 'postrouting', 'egress'] as const).map((hook) => [
    hook,
    hook,
  ]),
);
